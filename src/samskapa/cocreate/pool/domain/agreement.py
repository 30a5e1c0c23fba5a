"""Which points a joining agreement is drafted with, and when a member is reminded of those that wait for an answer.

The wording is `queries/agreement_words.py`; here is the choice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

#: A week between each: two reminders to the member, then a coordinator calls. More would be nagging.
REMIND_EACH = timedelta(days=7)
REMINDERS, TO_THE_DESK = 2, 3


@dataclass(frozen=True, slots=True)
class DraftLine:
    """key: names the wording. heading: the group it stands in. side: who promises it ("person", "care", "both")."""

    key: str
    heading: str
    side: str


_LINES = (
    DraftLine("asked", "of_us", "care"),
    DraftLine("told", "of_us", "care"),
    DraftLine("introduction", "of_us", "care"),
    DraftLine("contact", "of_us", "care"),
    DraftLine("access", "of_us", "care"),
    DraftLine("pay", "of_us", "care"),
    DraftLine("kept", "of_us", "care"),
    DraftLine("secrecy", "of_you", "person"),
    DraftLine("changes", "of_you", "person"),
    DraftLine("answers", "of_you", "person"),
    DraftLine("respect", "together", "both"),
    DraftLine("ends", "together", "both"),
)
_MINOR = DraftLine("minor", "of_us", "care")


def lines_for(*, is_minor: bool) -> tuple[DraftLine, ...]:
    """The points to draft, in order. For somebody under eighteen one more is said, after who the contact person is."""
    if not is_minor:
        return _LINES
    at = [line.key for line in _LINES].index("contact") + 1
    return (*_LINES[:at], _MINOR, *_LINES[at:])


def next_reminder(told: int, *, waits_since: datetime, told_at: datetime | None, now: datetime) -> int | None:
    """Which step is due: 1 and 2 remind the member, 3 puts it on the coordinators' desk; None where it is too early, or
    where all are taken.

    told: how many steps are taken; told_at: when the last was. waits_since: when the points began to wait, or when the
    member last said something.
    """
    if told >= TO_THE_DESK or now - max(waits_since, told_at or waits_since) < REMIND_EACH:
        return None
    return told + 1
