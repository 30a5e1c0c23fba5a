"""The coordinator's desk and the host's overview: everything going on, the next step first."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samskapa.cocreate.assignments.access.need import can_begin
from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.queries.need import needs_to_list
from samskapa.cocreate.assignments.queries.waiting import first_of
from samskapa.cocreate.importing.queries.desk import waiting_lists
from samskapa.cocreate.matching.queries.desk import enquiry_rows, short_rows
from samskapa.cocreate.pool.access import place_of
from samskapa.cocreate.pool.queries.desk import desk_sentences, groups_run_by
from samskapa.ground.concerns.queries import concerns_for
from samskapa.ground.people.access import signed_in

from .. import access, queries

PAGE = 25


@require_safe
@signed_in
def desk(request):
    access.require_role(request.actor, *access.DESK)
    today = timezone.localdate()
    groups, found = groups_run_by(request.actor), needs_to_list(request.actor)
    group_waits = desk_sentences(groups, today)
    short, enquiries = short_rows(request.actor, found), enquiry_rows(request.actor, today)
    lists = waiting_lists(groups)
    longest = [sentence.longest for sentence in group_waits]
    context = _overview(request, found) | {
        # Of everything that waits, on whatever page of the assignments one is.
        "first": queries.oldest([*longest, *short, *enquiries, *lists, *first_of(found, today)]),
        "concerns_waiting": concerns_for(request.actor).filter(handled_at=None).count(),
        "group_waits": group_waits,
        "group_place": place_of(request.actor, groups),
        "short_waves": short,
        "enquiries": enquiries,
        "waiting_lists": lists,
    }
    return render(request, "pages/desk.html", context)


@require_safe
@signed_in
def host(request):
    access.require_role(request.actor, *access.OVERVIEW)
    context = _overview(request, needs_to_list(request.actor))
    todo, last = [row for row in context["rows"] if row.todo], timezone.localdate().max
    context["first"] = min(todo, key=lambda row: (not row.is_late, row.by or last), default=None)
    return render(request, "pages/host.html", context)


def _overview(request, found) -> dict[str, Any]:
    """What the list of assignments says, for both."""
    today, stage = timezone.localdate(), request.GET.get("stage", "")
    stages = queries.stages_of(found)
    paginator = Paginator(queries.chosen_in_desk_order(found, stage), PAGE)
    # Counted already, stage by stage: not once more.
    paginator.count = stages.get(stage, 0) if stage in set(State) else sum(stages.values())
    page = paginator.get_page(request.GET.get("page"))
    return {
        "rows": queries.rows_of_page(request.actor, today, dict(page)),
        "page": page,
        "stage": stage,
        "stages": stages,
        "may_begin": can_begin(request.actor),
    }
