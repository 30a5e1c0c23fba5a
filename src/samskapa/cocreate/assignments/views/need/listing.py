"""The needs and assignments one sees."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from samskapa.ground.people.access import PersonRequest, signed_in

from ...access import need as access
from ...domain import State
from ...queries import need as queries

PER_PAGE = 25


@signed_in
@require_GET
def needs(request: PersonRequest) -> HttpResponse:
    """The needs and assignments one sees in the capacity chosen."""
    page = Paginator(queries.need_list(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        (a, queries.readiness_of(a, timezone.localdate()) if a.state in (State.NEED, State.SENT) else None)
        for a in page
    ]
    return render(
        request,
        "assignments/need/list.html",
        {"page": page, "rows": rows, "may_begin": access.can_begin(request.actor)},
    )
