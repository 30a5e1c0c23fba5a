"""Asking in waves: some at a time, with a day to answer by, and without having to say why one says no."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

#: Fewer than so many at a time is questioned: who is alone among professionals easily goes unheard
#: (docs/decisions/0027-matching.md).
FEWEST = 2
#: So many can be asked at a time: what one page shows.
MOST = 50
#: Who was asked to something else within this time is not asked again unless the coordinator says so.
RECENT = timedelta(days=14)
#: So many days there are at least to answer, when the clock opens a wave.
LEAST_DAYS = 2
#: So many are offered on the page.
USUAL_DAYS = 7


class Reply(StrEnum):
    """What became of an invitation. "" waits."""

    YES = "yes"
    NO = "no"
    LAPSED = "lapsed"  # no answer by the day; nothing follows of it
    TAKEN_BACK = "taken_back"  # by the coordinator, before there was an answer


class WrongDay(ValueError):
    """The day to answer by is past, or later than one can apply. `args[0]` says which: past, closed."""


class OnlyOne(ValueError):
    """One alone is asked, and it has not been said that it is meant."""


class CannotBeAsked(ValueError):
    """Some of them rest, have left, have applied, or may not be asked yet. `ids` are members."""

    def __init__(self, ids: Iterable[int]):
        self.ids = sorted(ids)
        super().__init__(self.ids)


class AskedAlready(Exception):
    """Another coordinator, or the clock, has just asked some of them to the same assignment. `ids` are members."""

    def __init__(self, ids: Iterable[int]):
        self.ids = sorted(ids)
        super().__init__(self.ids)


class AskedElsewhere(Exception):
    """Some of them were just asked to another assignment, and it has not been said that they are asked anyway.
    `titles`: member's id -> to what."""

    def __init__(self, titles: dict[int, str]):
        super().__init__(sorted(titles))
        self.titles = titles


class AnsweredAlready(Exception):
    """The invitation has an answer, has lapsed or was taken back. `reply` says which."""

    def __init__(self, reply: str):
        super().__init__(reply)
        self.reply = reply


def check_answer_by(day: date, *, today: date, closes_on: date) -> None:
    """Raises WrongDay."""
    if day < today:
        raise WrongDay("past")
    if day > closes_on:
        raise WrongDay("closed")


def day_of_next(opened_on: date, answer_by: date, *, today: date, closes_on: date) -> date | None:
    """By when a wave that the clock opens today is answered: as many days as the one before had, and not later than
    one can apply. None where that leaves less than LEAST_DAYS: then nobody is asked."""
    days = max((answer_by - opened_on).days, LEAST_DAYS)
    day = min(today + timedelta(days=days), closes_on)
    return day if (day - today).days >= LEAST_DAYS else None


def still_wanted(wanted: int, yes: int) -> int:
    """How many more are needed; 0 where there are enough."""
    return max(wanted - yes, 0)
