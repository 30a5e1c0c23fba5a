"""A list comes in, and somebody says what its columns are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from samskapa.cocreate.pool.models import Group
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.documents.domain import Received
from samskapa.ground.documents.models import Upload
from samskapa.ground.documents.services import attach_upload, keep_upload

from ..domain import NotNow, Stage, State
from ..models import Import, Row
from .lifting import lock, set_to_work


def receive(group: Group, *, file: Received, by: Actor, now: datetime) -> Import:
    """Keep the file and have it read. The same file by the same person, while the first one is not finished, is a
    button pressed twice. Raises Infected, ScannerSilent (`keep_upload`)."""
    known = _same(group, file, by=by)
    return known or _put(group, keep_upload(file, by=by, now=now), file, by=by, now=now)


def _same(group: Group, file: Received, *, by: Actor) -> Import | None:
    digest = sha256(file.content).hexdigest()
    open_ones = Import.objects.filter(group=group, made_by=by.person_id, closed_at=None).exclude(stage=Stage.BROKEN)
    return open_ones.filter(upload__digest=digest).first()


@transaction.atomic
def _put(group: Group, upload: Upload, file: Received, *, by: Actor, now: datetime) -> Import:
    Group.objects.select_for_update(of=("self",)).get(pk=group.pk)  # two clicks make one list
    known = _same(group, file, by=by)
    if known:
        return known
    one = Import(group=group, upload=attach_upload(upload, by=by, now=now), made_at=now)
    one.made_by_id = by.person_id or 0
    one.save()
    record("importing.received", by=by, at=now, on=one, group=group.pk)
    set_to_work(one, now=now)
    return one


@transaction.atomic
def say_columns(one: Import, *, mapping: Sequence[str], source: str, by: Actor, now: datetime) -> Import:
    """What each column is, and where the list comes from. Every row is looked at anew. The same again while it is
    looked at changes nothing. Raises NotNow."""
    one = lock(one)
    said = (list(mapping), source.strip())
    if one.stage == Stage.CHECKING and said == (one.mapping, one.source):
        return one
    if one.stage not in (Stage.MAPPING, Stage.CHECKED):
        raise NotNow(one.stage)
    one.mapping, one.source = said
    one.stage = Stage.CHECKING
    one.save(update_fields=["mapping", "source", "stage"])
    Row.objects.filter(of=one).update(
        state=State.NEW, told=[], email_mark="", phone_mark="", name_mark="", twin=None, twin_row=None,
        is_same_address=False, choice="",
    )  # fmt: skip
    record("importing.columns_said", by=by, at=now, on=one)
    set_to_work(one, now=now)
    return one
