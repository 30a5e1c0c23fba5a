"""What has been written to a member and others in the group. Another app fills it, by the slot "letters_to_member"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from ..models import Member


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter on a member's own page."""

    at: datetime
    title: str
    path: str


def letters_of(member: Member) -> list[LetterRow]:
    """The latest first."""
    rows = [row for path in settings.SLOTS["letters_to_member"] for row in import_string(path)(member)]
    return sorted(rows, key=lambda row: row.at, reverse=True)
