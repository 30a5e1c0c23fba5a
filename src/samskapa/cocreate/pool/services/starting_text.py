"""Coordinators write the starting text of their group's joining agreements. What is agreed already is not touched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain import GroupChangedMeanwhile
from ..domain.agreement import Worded, in_order
from ..models import Group, StartingPoint, StartingText
from ..queries.starting_text import newest, points_of


@transaction.atomic
def save_starting_text(
    group: Group, points: Iterable[Worded], *, based_on: int, by: Actor, now: datetime
) -> StartingText | None:
    """A new version of the starting text, for who is welcomed from now on. The same again changes nothing.

    points: those without words are left out. based_on: the version that the page showed, 0 for the house's own words.
    Returns the version that counts. Raises GroupChangedMeanwhile.
    """
    Group.objects.select_for_update(of=("self",)).get(pk=group.pk)  # the lock: of two who save, the later one is told
    before, said = newest(group), in_order(points)
    if said == points_of(before):
        return before
    number = before.number if before else 0
    if number != based_on:
        raise GroupChangedMeanwhile
    starting = StartingText.objects.create(group=group, number=number + 1, saved_at=now)
    StartingPoint.objects.bulk_create(
        StartingPoint(starting=starting, position=position, key=point.key, heading=point.heading, text=point.text)
        for position, point in enumerate(said, start=1)
    )
    record("pool.starting_text_saved", by=by, at=now, on=group, number=starting.number)
    return starting
