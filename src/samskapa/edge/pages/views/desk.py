"""The coordinator's desk and the host's overview: everything going on, the next step first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samskapa.cocreate.assignments.access.need import can_begin
from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.queries.need import needs_to_list
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
    groups, found = groups_run_by(request.actor), needs_to_list(request.actor)
    more = {
        "concerns_waiting": concerns_for(request.actor).filter(handled_at=None).count(),
        "group_waits": desk_sentences(groups, timezone.localdate()),
        "group_place": place_of(request.actor, groups),
        "short_waves": short_rows(request.actor, found),
        "enquiries": enquiry_rows(request.actor, timezone.localdate()),
        "waiting_lists": waiting_lists(groups),
    }
    return _overview(request, "pages/desk.html", found, **more)


@require_safe
@signed_in
def host(request):
    access.require_role(request.actor, *access.OVERVIEW)
    return _overview(request, "pages/host.html", needs_to_list(request.actor))


def _overview(request, template: str, found, **more):
    today, stage = timezone.localdate(), request.GET.get("stage", "")
    stages = queries.stages_of(found)
    paginator = Paginator(queries.chosen_in_desk_order(found, stage), PAGE)
    # Counted already, stage by stage: not once more.
    paginator.count = stages.get(stage, 0) if stage in set(State) else sum(stages.values())
    page = paginator.get_page(request.GET.get("page"))
    rows = queries.rows_of_page(request.actor, today, dict(page))
    todo = [row for row in rows if row.todo]
    context = {
        "rows": rows,
        "first": min(todo, key=lambda row: (not row.is_late, row.by or today.max), default=None),
        "page": page,
        "stage": stage,
        "stages": stages,
        "may_begin": can_begin(request.actor),
        **more,
    }
    return render(request, template, context)
