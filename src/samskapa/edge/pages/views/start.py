"""The start page, open to everybody."""

from __future__ import annotations

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samskapa.cocreate.assignments.access.need import can_begin
from samskapa.cocreate.assignments.queries.open import open_assignments

SHOWN = 3


@require_safe
def start(request):
    found = open_assignments(timezone.localdate())
    context = {
        "assignments": list(found[:SHOWN]),
        "open_count": found.count(),
        # A visitor is asked to log in first.
        "may_begin": request.actor.is_visitor or can_begin(request.actor),
    }
    return render(request, "pages/start.html", context)
