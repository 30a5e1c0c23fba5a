"""Agreements, what was said on the way to them, and what was told back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskapa.ground.documents.domain.records import Passage, Record, Watch, Way

from ...models import (
    Agreement,
    Comment,
    HandOver,
    Statement,
    ToldBack,
    Version,
)
from ..paper import fixed_version
from .naming import applicant, in_time, said_of, title_of


def version_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """Fixed versions of agreements. Their points are on the paper, which is the document."""
    found = Version.objects.filter(in_time(node_path, since, until, "fixed_at", "agreement__root__")).select_related(
        "agreement__root", "agreement__application__person"
    )
    return [
        Record(
            ref=str(version.pk),
            at=version.fixed_at,
            way=Way.MADE,
            who=applicant(version.agreement.application),
            about=_("%(title)s, version %(number)s")
            % {"title": title_of(version.agreement.root), "number": version.number},
            passages=(),
            assignment_id=version.agreement.root_id,
            person_id=version.agreement.application.person_id,
            paper_id=version.pk,
        )
        for version in found.order_by("fixed_at", "pk")
    ]


def version_passages(version_id: int) -> tuple[Passage, ...]:
    """The points of a fixed version, one by one: to read, and to hand out where only a part may be."""
    version = Version.objects.select_related(
        "agreement__root__unit", "agreement__root__area", "agreement__application__person"
    ).get(pk=version_id)
    return tuple(
        Passage(f"{point.number}. {point.heading}".rstrip(), point.text, Watch.BOTH)
        for point in fixed_version(version.agreement, version).points
        if point.text
    )


def talk_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """What was said on the way to an agreement: comments, reasons, and what one hands over to the next."""
    root = "agreement__root__"
    comments = Comment.objects.filter(in_time(node_path, since, until, "at", root)).select_related(
        "agreement__root", "agreement__application__person", "party"
    )
    statements = Statement.objects.filter(in_time(node_path, since, until, "at", root)).exclude(reason="")
    handed = HandOver.objects.filter(in_time(node_path, since, until, "named_at", root)).select_related(
        "agreement__root", "agreement__application__person"
    )
    records = [
        _talk(f"{comment.pk}-K", comment.at, comment.agreement, gettext_lazy("Comment"), comment.text)
        for comment in comments
    ]
    records += [
        _talk(f"{word.pk}-U", word.at, word.agreement, gettext_lazy("Reason"), word.reason)
        for word in statements.select_related("agreement__root", "agreement__application__person")
        if word.agreement
    ]
    records += [
        _talk(f"{each.pk}-O", each.named_at, each.agreement, gettext_lazy("What is handed over"), each.what)
        for each in handed
    ]
    return sorted(records, key=lambda record: (record.at, record.ref))


def _talk(ref: str, at: datetime, agreement: Agreement, label: Any, text: str) -> Record:
    about, who = title_of(agreement.root), applicant(agreement.application)
    said = said_of(Passage(label, text, Watch.BOTH))
    return Record(ref, at, Way.MADE, who, about, said, agreement.root_id, person_id=agreement.application.person_id)


def told_back_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """What was told back of what an assignment led to."""
    found = ToldBack.objects.filter(in_time(node_path, since, until, "told_at")).select_related("assignment")
    return [
        Record(
            ref=str(told.pk),
            at=told.told_at,
            way=Way.OUT,
            who=_("Everybody"),
            about=title_of(told.assignment),
            passages=said_of(Passage(gettext_lazy("What it led to"), told.text)),
            assignment_id=told.assignment_id,
        )
        for told in found.order_by("told_at", "pk")
    ]
