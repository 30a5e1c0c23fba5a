"""Days that a clinic would choose: the demo's dates move with the clock, and never fall on a Sunday or at Christmas."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag")


def work_days(days: Iterable[date], words: str = "") -> list[date]:
    """Each as `work_day` has it, none of them the same as the one before."""
    found: list[date] = []
    for day in days:
        found.append(work_day(max(day, found[-1] + timedelta(days=1)) if found else day, words))
    return found


def work_day(day: date, words: str = "") -> date:
    """The first working day from `day` on; of the weekday that `words` name ("tre tisdagar"), if they name one.

    Nobody begins anything from 20 December to 7 January.
    """
    wanted = [number for number, name in enumerate(_WEEKDAYS) if name in words.casefold()] or range(5)
    while day.weekday() not in wanted or not (1, 7) < (day.month, day.day) < (12, 20):
        day += timedelta(days=1)
    return day
