"""Once a month: what others than the coordinators are told of a group, as it stands then."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from samskapa.cocreate.pool.models import Group
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain import World, tell
from ..models import Snapshot, Told
from ..queries.people import world_of


def freeze_group(group: Group, month: date, *, world: World | None = None, by: Actor, now: datetime) -> Snapshot:
    """Count the group, decide what is told, and keep that; never what was counted. A second time in the month changes
    nothing.

    month: its first day. world: what is counted in the place of the group (the demo's made-up people). What is told is
    worked out before anything is written: with a large group it takes a while, and nobody else should wait.
    """
    found = Snapshot.objects.filter(group=group, month=month).first()
    return found or _keep(group, month, tell(world or world_of(group, now)), by=by, now=now)


@transaction.atomic
def _keep(group: Group, month: date, told: dict, *, by: Actor, now: datetime) -> Snapshot:
    snapshot, is_new = Snapshot.objects.get_or_create(group=group, month=month, defaults={"frozen_at": now})
    if is_new:  # else somebody was quicker
        Told.objects.bulk_create(
            Told(snapshot=snapshot, column=column, feature=feature, part=part, fives=fives)
            for (column, feature, part), fives in sorted(told.items())
        )
        record("coverage.frozen", by=by, at=now, on=snapshot, group=group.pk)
    return snapshot
