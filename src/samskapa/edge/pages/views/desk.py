"""The coordinator's desk and the host's overview: everything going on, the next step first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samskapa.cocreate.assignments.access.need import can_begin
from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.queries.need import need_list
from samskapa.cocreate.importing.queries.desk import waiting_lists
from samskapa.cocreate.matching.queries.desk import enquiry_rows, short_rows
from samskapa.cocreate.pool.access import own_place
from samskapa.cocreate.pool.queries.desk import desk_sentences
from samskapa.ground.concerns.queries import concerns_for
from samskapa.ground.people.access import signed_in

from .. import access, queries

PAGE = 25


@require_safe
@signed_in
def desk(request):
    access.require_role(request.actor, *access.DESK)
    waiting = concerns_for(request.actor).filter(handled_at=None).count()
    more = {
        "concerns_waiting": waiting,
        "group_waits": desk_sentences(request.actor, timezone.localdate()),
        "group_place": own_place(request.actor),
        "short_waves": short_rows(request.actor),
        "enquiries": enquiry_rows(request.actor, timezone.localdate()),
        "waiting_lists": waiting_lists(request.actor),
    }
    return _overview(request, "pages/desk.html", **more)


@require_safe
@signed_in
def host(request):
    access.require_role(request.actor, *access.OVERVIEW)
    return _overview(request, "pages/host.html")


def _overview(request, template: str, **more):
    today, stage = timezone.localdate(), request.GET.get("stage", "")
    found = need_list(request.actor)
    stages = queries.stages_of(found)
    paginator = Paginator(queries.ids_in_desk_order(found, stage), PAGE)
    # Counted already, stage by stage: not once more.
    paginator.count = stages.get(stage, 0) if stage in set(State) else sum(stages.values())
    page = paginator.get_page(request.GET.get("page"))
    shown = queries.desk_list(request.actor, found=found.filter(pk__in=list(page)))
    rows = [queries.row_of(assignment, request.actor, today) for assignment in shown]
    todo = [row for row in rows if row.todo]
    context = {
        "rows": rows,
        "first": min(todo, key=lambda row: (not row.is_late, row.by or timezone.localdate().max), default=None),
        "page": page,
        "stage": stage,
        "stages": stages,
        "may_begin": can_begin(request.actor),
        **more,
    }
    return render(request, template, context)
