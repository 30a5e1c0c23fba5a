"""Pages that tell about the service itself."""

from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def accessibility(request):
    return render(request, "pages/accessibility.html")


@require_safe
def your_data(request):
    return render(request, "pages/your_data.html")
