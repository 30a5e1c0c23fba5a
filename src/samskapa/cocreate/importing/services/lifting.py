"""What every step of a list begins and ends with: the lock, the news that there is work, and the end of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import publish, record
from samskapa.ground.documents.services import remove_upload

from ..domain import Stage
from ..models import Import, Row


def lock(one: Import) -> Import:
    """The list as it is now, and nobody else's until we are done."""
    return Import.objects.select_for_update(of=("self",)).select_related("group__node", "upload").get(pk=one.pk)


def set_to_work(one: Import, *, now: datetime) -> None:
    """The worker goes on with the list."""
    publish("importing.goes_on", now=now, import_id=one.pk)


@transaction.atomic
def go_on(one: Import, *, by: Actor, now: datetime) -> None:
    """A list that stands still goes on from where it was. Pressed while it goes on, it does nothing twice."""
    set_to_work(one, now=now)
    record("importing.gone_on", by=by, at=now, on=one)


@transaction.atomic
def close_import(one: Import, *, by: Actor, now: datetime) -> Import:
    """Nothing of the list is needed any more: rows that were not taken in go, and the file, where it is still there.
    Twice is once."""
    one = lock(one)
    if one.stage == Stage.CLOSED:
        return one
    Row.objects.filter(of=one).delete()
    one.headings, one.stage, one.closed_at = [], Stage.CLOSED, now
    one.save(update_fields=["headings", "stage", "closed_at"])
    remove_upload(one.upload, by=by, now=now)
    record("importing.closed", by=by, at=now, on=one)
    return one
