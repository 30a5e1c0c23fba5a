"""The documents that arise in the work, for a public body's diary and for somebody who asks to read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskapa.cocreate.assignments.models import Agreement
from samskapa.cocreate.assignments.queries.records.naming import applicant, in_time, said_of, title_of
from samskapa.cocreate.assignments.queries.wording import duration
from samskapa.ground.documents.domain.records import Passage, Record, Watch, Way

from ..domain import Kind
from ..models import CheckInNote, Confirmation, Contribution, Outcome, Promise, Telling, TimeNote
from .wording import BECAME, GOES_WELL, IS_SO_OR_NOT, KEPT, SPENT

_WHOSE = ("agreement__root", "agreement__application__person")


def _of(ref: str, at: datetime, way: Way, agreement: Agreement, *passages: Passage) -> Record:
    about, who = title_of(agreement.root), applicant(agreement.application)
    said = said_of(*passages)
    return Record(ref, at, way, who, about, said, agreement.root_id, person_id=agreement.application.person_id)


def _words(label: Any, text: str) -> Passage:
    return Passage(label, text, Watch.BOTH)


def contribution_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """What representatives contributed, and what they were answered."""
    root = "agreement__root__"
    contributions = Contribution.objects.filter(in_time(node_path, since, until, "added_at", root))
    records = [
        _of(
            str(each.pk), each.added_at, Way.IN, each.agreement, _words(gettext_lazy("What was contributed"), each.text)
        )
        for each in contributions.select_related(*_WHOSE)
    ]
    outcomes = Outcome.objects.filter(in_time(node_path, since, until, "said_at", f"contribution__{root}"))
    records += [
        _of(
            f"{said.contribution_id}-{said.pk}",
            said.said_at,
            Way.OUT,
            said.contribution.agreement,
            Passage(gettext_lazy("What became of it"), str(BECAME[said.became])),
            _words(gettext_lazy("Reason"), said.reason),
        )
        for said in outcomes.select_related(*(f"contribution__{path}" for path in _WHOSE))
    ]
    return sorted(records, key=lambda record: (record.at, record.ref))


def check_in_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """What was noted of check-ins, and of whether promises were kept."""
    root = "agreement__root__"
    notes = CheckInNote.objects.filter(in_time(node_path, since, until, "noted_at", f"check_in__{root}"))
    records = [
        _of(
            f"{note.pk}-A",
            note.noted_at,
            Way.MADE,
            note.check_in.agreement,
            Passage(gettext_lazy("How it went"), str(GOES_WELL[note.goes_well])),
            _words(gettext_lazy("Note"), note.text),
        )
        for note in notes.select_related(*(f"check_in__{path}" for path in _WHOSE))
    ]
    promises = Promise.objects.filter(in_time(node_path, since, until, "said_at", root))
    records += [
        _of(
            f"{promise.pk}-L",
            promise.said_at,
            Way.MADE,
            promise.agreement,
            Passage(gettext_lazy("Was the promise kept"), str(KEPT[promise.kept])),
            _words(gettext_lazy("Note"), promise.word),
        )
        for promise in promises.select_related(*_WHOSE)
    ]
    return sorted(records, key=lambda record: (record.at, record.ref))


def time_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """The time that representatives noted, row by row."""
    notes = TimeNote.objects.filter(in_time(node_path, since, until, "noted_at", "agreement__root__"))
    return [
        _of(
            str(note.pk),
            note.noted_at,
            Way.IN,
            note.agreement,
            Passage(gettext_lazy("Day"), note.day.isoformat()),
            Passage(gettext_lazy("What took the time"), str(SPENT[note.what])),
            Passage(gettext_lazy("How much time"), duration(note.minutes)),
        )
        for note in notes.select_related(*_WHOSE).order_by("noted_at", "pk")
    ]


def telling_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """What was told of what it led to, and what each representative answered. A year's telling is among those of
    `assignments`."""
    told = Telling.objects.filter(in_time(node_path, since, until, "told_at", "work__assignment__"))
    records = [
        Record(
            ref=str(each.pk),
            at=each.told_at,
            way=Way.OUT,
            who=_("Everybody"),
            about=title_of(each.work.assignment),
            passages=said_of(Passage(gettext_lazy("What it led to"), each.text)),
            assignment_id=each.work.assignment_id,
        )
        for each in told.exclude(kind=Kind.YEARLY).select_related("work__assignment")
    ]
    given = Confirmation.objects.filter(in_time(node_path, since, until, "answered_at", "agreement__root__"))
    records += [
        _of(
            f"{each.telling_id}-{each.pk}",
            each.answered_at,
            Way.IN,
            each.agreement,
            Passage(gettext_lazy("Is it as the unit told"), str(IS_SO_OR_NOT[each.answer])),
            _words(gettext_lazy("In their own words"), each.word),
        )
        for each in given.exclude(answer="no_answer").select_related(*_WHOSE)
        if each.answered_at
    ]
    return sorted(records, key=lambda record: (record.at, record.ref))
