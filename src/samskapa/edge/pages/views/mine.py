"""My involvement: what I applied for, what I agreed to, what I raised, and what waits for me."""

from __future__ import annotations

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samskapa.cocreate.assignments.access.applications import may_nominate
from samskapa.cocreate.assignments.access.need import can_begin
from samskapa.cocreate.pool.queries.desk import own_rows
from samskapa.ground.people.access import signed_in

from .. import queries


@require_safe
@signed_in
def my_page(request):
    mine = queries.mine(request.actor, timezone.localdate())
    groups = own_rows(request.actor)
    context = {
        "mine": mine,
        "groups": groups,
        "group_first": next((row for row in groups if row.todo), None),
        "may_begin": can_begin(request.actor),
        "nominates": may_nominate(request.actor),
    }
    return render(request, "pages/my_page.html", context)
