"""The plan and the posters of the region's resource group, made by the same services that people use."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.recruiting.services import channels, planning
from samskapa.ground.core.domain import Actor

from ..domain.people import COORDINATOR
from ..domain.recruiting import HUNG, PLAN
from .cast import Cast


def hang_posters(cast: Cast, group: Group, *, now: datetime) -> dict[str, str]:
    """Make the posters and links, opened as they have been. Returns whom each brought: key of the cast -> code."""
    maja = cast.actor(COORDINATOR)
    brought: dict[str, str] = {}
    for hung in HUNG:
        said = {"name": hung.name, "kind": hung.kind, "audience": hung.audience, "municipality_id": None}
        made = channels.make_channel(
            group, said | {"contact_id": maja.person_id}, by=maja, now=now - timedelta(days=60)
        )
        for days, times in hung.opened:
            for _time in range(times):
                channels.count_opened(made, by=Actor(), now=now - timedelta(days=days))
        brought |= dict.fromkeys(hung.brought, made.code)
    return brought


def make_plan(cast: Cast, group: Group, *, now: datetime) -> None:
    """What is done to find those who are missing, and what is left."""
    maja, today = cast.actor(COORDINATOR), timezone.localdate(now)
    for planned in PLAN:
        said = {
            "audience": planned.audience,
            "municipality_id": None,
            "place": planned.place,
            "how": planned.how,
            "doer_id": maja.person_id,
            "by_day": today + timedelta(days=planned.by) if planned.by is not None else None,
            "done_on": today - timedelta(days=planned.done) if planned.done is not None else None,
            "note": planned.note,
        }
        planning.add_sought(group, said, by=maja, now=now - timedelta(days=40))
