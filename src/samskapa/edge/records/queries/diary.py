"""What has not gone to the diary yet, and what an export says."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone, translation

from samskapa.ground.documents.domain.records import Handling
from samskapa.ground.organisations.models import Node

from ..domain import LOOKS_BACK, SETTLED_AFTER, DiaryLine
from ..models import DiaryExport, DiaryRow
from .table import BEGINNING, Found, documents, kinds

#: The diary is Swedish, whoever makes the file.
LANGUAGE = "sv"


def exports_at(node: Node) -> QuerySet[DiaryExport]:
    """Exports that were made, the newest first."""
    return DiaryExport.objects.filter(node=node).select_related("made_by").order_by("-pk")


def until_day(day: date | None, *, now: datetime) -> datetime:
    """The end of that day in Sweden, but never so late that something could still be under way."""
    settled = now - SETTLED_AFTER
    if day is None:
        return settled
    return min(settled, timezone.make_aware(datetime.combine(day + timedelta(days=1), time())))


def _registered() -> set[str]:
    return {kind.key for kind in kinds() if kind.handling is Handling.REGISTERED}


def new_documents(node: Node, *, until: datetime) -> tuple[datetime, list[Found]]:
    """From when it was looked, and what is to be registered, arose before `until` and is in no export yet."""
    last = DiaryExport.objects.filter(node=node).order_by("-until").first()
    since = last.until - LOOKS_BACK if last else BEGINNING
    known = set(DiaryRow.objects.filter(node=node, export__until__gte=since).values_list("number", flat=True))
    with translation.override(LANGUAGE):
        found = documents(node.path, since, until, keys=_registered())
    return since, [each for each in found if each.number not in known]


def lines_of(export: DiaryExport, *, now: datetime) -> list[DiaryLine]:
    """The rows of an export as they read now, the oldest first. What has been blanked since says so."""
    numbers = set(export.rows.values_list("number", flat=True))
    with translation.override(LANGUAGE):
        found = documents(export.node.path, export.since, now, keys=_registered())
        return [line_of(each) for each in found if each.number in numbers]


def line_of(found: Found) -> DiaryLine:
    """One document as a row for the diary, in Swedish."""
    record, kind = found.record, found.kind
    with translation.override(LANGUAGE):
        return DiaryLine(
            date=timezone.localtime(record.at).date().isoformat(),
            number=found.number,
            way=record.way.value,
            who=record.who,
            about=record.about,
            kind=str(kind.title),
            secrecy=str(kind.secrecy),
        )
