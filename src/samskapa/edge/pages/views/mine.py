"""My involvement: what I applied for, what I agreed to, what I raised, and what waits for me."""

from __future__ import annotations

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samskapa.ground.organisations.access import signed_in

from .. import queries


@require_safe
@signed_in
def my_page(request):
    return render(request, "pages/my_page.html", {"mine": queries.mine(request.actor, timezone.localdate())})
