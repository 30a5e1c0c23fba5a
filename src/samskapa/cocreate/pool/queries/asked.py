"""When a member was asked or proposed, and who never was. Other apps know: the slots "asked_or_proposed" and
"never_asked"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from ..domain import Status
from ..models import Member


@dataclass(frozen=True, slots=True)
class AskedRow:
    """Once that somebody was asked, or proposed to something. what: a sentence. path: "" where there is no page."""

    at: datetime
    what: str
    path: str = ""


def asked_of(person_id: int) -> list[AskedRow]:
    """All of it, the latest first. The person sees it on a page that they open themselves, and nobody else does."""
    rows = [row for path in settings.SLOTS["asked_or_proposed"] for row in import_string(path)(person_id)]
    return sorted(rows, key=lambda row: row.at, reverse=True)


def never_asked(members: QuerySet[Member], today: date) -> QuerySet[Member]:
    """Those of them who can be asked, whom nobody has asked, and who were chosen to nothing in a year."""
    found: QuerySet[Member] = import_string(settings.SLOTS["never_asked"])(members, today)
    return found.filter(status=Status.ACTIVE)
