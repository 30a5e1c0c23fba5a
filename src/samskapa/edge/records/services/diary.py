"""Lists for the diary: each document once, and none forgotten."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.organisations.models import Node

from ..domain import NothingNew, as_csv, person_of
from ..models import DiaryExport, DiaryRow
from ..queries import line_of, new_documents


@transaction.atomic
def export_to_diary(node: Node, *, until: datetime, by: Actor, now: datetime) -> DiaryExport:
    """Make a list of all that is to be registered, arose before `until` and is in no list yet. The organisation's row
    is the lock, so that two who press at once make one list. Raises NothingNew."""
    node = Node.objects.select_for_update(no_key=True).get(pk=node.pk)
    since, found = new_documents(node, until=until)
    if not found:
        raise NothingNew
    export = DiaryExport.objects.create(
        node=node,
        since=since,
        until=until,
        count=len(found),
        digest=hashlib.sha256(as_csv(line_of(each) for each in found)).hexdigest(),
        made_at=now,
        made_by_id=person_of(by),
    )
    DiaryRow.objects.bulk_create(DiaryRow(export=export, node=node, number=each.number) for each in found)
    people = sorted({each.record.person_id for each in found if each.record.person_id})
    record("records.diary_exported", by=by, at=now, on=export, count=len(found), people=people)
    return export


@transaction.atomic
def note_export_read(export: DiaryExport, *, by: Actor, now: datetime) -> None:
    """Somebody took the file."""
    record("records.diary_read", by=by, at=now, on=export)
