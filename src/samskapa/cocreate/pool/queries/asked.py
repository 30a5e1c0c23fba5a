"""When a member was asked or proposed. Other apps fill it, by the slot "asked_or_proposed"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string


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
