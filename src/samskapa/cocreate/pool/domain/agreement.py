"""Which points a joining agreement starts from, and when a member is reminded of those that wait for an answer.

The wording is `queries/agreement_words.py`; here is the choice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

#: A week between each: two reminders to the member, then a coordinator calls. More would be nagging.
REMIND_EACH = timedelta(days=7)
REMINDERS, TO_THE_DESK = 2, 3


#: The groups of points, in their order, and who promises what stands there.
SIDES = {"of_us": "care", "of_you": "person", "together": "both"}
#: How many points a group may add to the house's, in its own starting text.
OWN_KEYS = ("own-1", "own-2", "own-3", "own-4")
#: The point that cannot be left out: the law asks for what it says.
MINOR = "minor"


@dataclass(frozen=True, slots=True)
class DraftLine:
    """key: names the wording. heading: the group it stands in, and thereby who promises it."""

    key: str
    heading: str

    @property
    def side(self) -> str:
        return SIDES[self.heading]


@dataclass(frozen=True, slots=True)
class Worded:
    """A point of a starting text with its words."""

    key: str
    heading: str
    text: str


_LINES = (
    DraftLine("asked", "of_us"),
    DraftLine("told", "of_us"),
    DraftLine("introduction", "of_us"),
    DraftLine("contact", "of_us"),
    DraftLine("access", "of_us"),
    DraftLine("pay", "of_us"),
    DraftLine("kept", "of_us"),
    DraftLine("secrecy", "of_you"),
    DraftLine("changes", "of_you"),
    DraftLine("answers", "of_you"),
    DraftLine("respect", "together"),
    DraftLine("ends", "together"),
)
_AT = [line.key for line in _LINES].index("contact") + 1
#: The house's points, in order; the one for somebody under eighteen comes after who the contact person is.
HOUSE = (*_LINES[:_AT], DraftLine(MINOR, "of_us"), *_LINES[_AT:])


def in_order(points: Iterable[Worded]) -> list[Worded]:
    """Points that say something, under their headings, the house's first. The same text is the same list."""
    places = {key: place for place, key in enumerate([*(line.key for line in HOUSE), *OWN_KEYS])}
    said = [replace(point, text=point.text.strip()) for point in points]
    headings = list(SIDES)
    return sorted((p for p in said if p.text), key=lambda p: (headings.index(p.heading), places[p.key]))


def points_for(points: Iterable[Worded], *, is_minor: bool) -> list[Worded]:
    """The points to draft for somebody: for those under eighteen one more is said."""
    return [point for point in points if is_minor or point.key != MINOR]


def next_reminder(told: int, *, waits_since: datetime, told_at: datetime | None, now: datetime) -> int | None:
    """Which step is due: 1 and 2 remind the member, 3 puts it on the coordinators' desk; None where it is too early, or
    where all are taken.

    told: how many steps are taken; told_at: when the last was. waits_since: when the points began to wait, or when the
    member last said something.
    """
    if told >= TO_THE_DESK or now - max(waits_since, told_at or waits_since) < REMIND_EACH:
        return None
    return told + 1
