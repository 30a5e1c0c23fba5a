"""Pages that tell about the service itself."""

from datetime import date

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

#: When the pages were last gone through by machine and by eye, and when the statement was last written over.
ASSESSED_ON = date(2026, 11, 25)
CHANGED_ON = date(2026, 11, 25)


@require_safe
def accessibility(request):
    """The accessibility statement: what 13 § lagen (2018:1937) om tillgänglighet till digital offentlig service and
    the authority's list ask for (https://www.digg.se/tdosanmalan is where one complains)."""
    facts = {"operator": settings.OPERATOR, "assessed_on": ASSESSED_ON, "changed_on": CHANGED_ON}
    return render(request, "pages/accessibility.html", facts)


@require_safe
def your_data(request):
    return render(request, "pages/your_data.html")
