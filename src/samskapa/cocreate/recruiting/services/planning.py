"""The plan: a row is added, changed, done or taken away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from samskapa.cocreate.pool.models import Group
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain import ChangedMeanwhile
from ..models import Sought

#: What a coordinator writes of a row.
FIELDS = ("audience", "municipality_id", "place", "how", "doer_id", "by_day", "done_on", "note")


@transaction.atomic
def add_sought(group: Group, values: Mapping[str, Any], *, by: Actor, now: datetime) -> Sought:
    """Put a row in the plan. The same row again, while it is not done, is the one that is there: two clicks add once.

    values: each of FIELDS.
    """
    Group.objects.select_for_update(of=("self",)).get(pk=group.pk)  # the lock
    said = {name: values[name] for name in FIELDS}
    if known := Sought.objects.filter(group=group, removed_at=None, **said).first():
        return known
    row = Sought.objects.create(group=group, made_at=now, changed_at=now, **said)
    record("recruiting.sought_added", by=by, at=now, on=row, group_id=group.pk)
    return row


def _lock(row: Sought) -> Sought:
    """As it is now, and nobody else's until we are done."""
    return Sought.objects.select_for_update(of=("self",)).get(pk=row.pk)


@transaction.atomic
def change_sought(row: Sought, values: Mapping[str, Any], *, based_on: int, by: Actor, now: datetime) -> Sought:
    """Write a row anew; one that was taken out is in the plan again. The same again changes nothing. based_on: the
    version that the page showed. Raises ChangedMeanwhile."""
    held = _lock(row)
    if held.removed_at is None and all(getattr(held, name) == values[name] for name in FIELDS):
        return held
    if held.version != based_on:
        raise ChangedMeanwhile(held.version)
    for name in FIELDS:
        setattr(held, name, values[name])
    held.removed_at = None
    _save(held, now)
    record("recruiting.sought_changed", by=by, at=now, on=held, version=held.version)
    return held


@transaction.atomic
def set_done(row: Sought, day: date | None, *, by: Actor, now: datetime) -> Sought:
    """It is done, or after all it is not (day None). Twice is once: the first day stands."""
    held = _lock(row)
    if (held.done_on is None) == (day is None):
        return held
    held.done_on = day
    _save(held, now)
    record("recruiting.sought_done", by=by, at=now, on=held, is_done=day is not None)
    return held


@transaction.atomic
def remove_sought(row: Sought, *, by: Actor, now: datetime) -> Sought:
    """Take a row out of the plan. Twice is once."""
    held = _lock(row)
    if held.removed_at is None:
        held.removed_at = now
        _save(held, now)
        record("recruiting.sought_removed", by=by, at=now, on=held)
    return held


def _save(held: Sought, now: datetime) -> None:
    held.version += 1
    held.changed_at = now
    held.save()
