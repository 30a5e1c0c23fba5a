"""The fixed days of an assignment: what one is, in which order they stand, and what no list of them may hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

#: So many days an assignment has at most. Beyond them it is a council, which says when it meets in words.
MOST_DAYS = 30


class WrongDays(ValueError):
    """Too many days, one that ends before it begins or says only one hour, or two that begin at the same time."""


@dataclass(frozen=True, slots=True)
class DayAndHours:
    """A day on which one meets. starts, ends: both or none; without them it may be any part of the day."""

    day: date
    starts: time | None = None
    ends: time | None = None

    @property
    def is_possible(self) -> bool:
        """Whether the hours are both there, and in their order, or none is."""
        if self.starts is None or self.ends is None:
            return self.starts is self.ends
        return self.starts < self.ends

    @property
    def begins(self) -> tuple[date, time | None]:
        """What no two days of an assignment have in common."""
        return self.day, self.starts


def in_order(days: Iterable[DayAndHours]) -> list[DayAndHours]:
    """The first one first; of a day, what has no hours before what has."""
    return sorted(days, key=lambda each: (each.day, each.starts is not None, each.starts or time.min))


def check_days(days: Iterable[DayAndHours]) -> None:
    """Raises WrongDays for what no assignment may have."""
    days = list(days)
    if len(days) > MOST_DAYS or not all(each.is_possible for each in days):
        raise WrongDays
    if len({each.begins for each in days}) < len(days):
        raise WrongDays


def as_rows(days: Iterable[DayAndHours]) -> list[dict[str, str]]:
    """The days in their order, as text that a revision of the part "time" can keep; "" where an hour is not said."""
    return [
        {"day": each.day.isoformat(), "starts": _hour(each.starts), "ends": _hour(each.ends)} for each in in_order(days)
    ]


def from_rows(rows: Iterable[Mapping[str, Any]]) -> list[DayAndHours]:
    """The days that `as_rows` wrote."""
    return [
        DayAndHours(
            date.fromisoformat(row["day"]),
            time.fromisoformat(row["starts"]) if row["starts"] else None,
            time.fromisoformat(row["ends"]) if row["ends"] else None,
        )
        for row in rows
    ]


def _hour(hour: time | None) -> str:
    return f"{hour:%H:%M}" if hour else ""
