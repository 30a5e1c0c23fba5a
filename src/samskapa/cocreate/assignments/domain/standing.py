"""The law of a standing assignment: the days of a term, when one is reminded, when the year's telling back is due."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

#: Coordinator, host and representative are reminded this long before the last day of a term.
REMIND_BEFORE = timedelta(weeks=8)
#: The longest a term may be, in months: the same as the need may ask for.
LONGEST_TERM = 120
LONGEST_HAND_OVER = 2000
LONGEST_TOLD_BACK = 4000


class NotStanding(Exception):
    """The assignment has an end of its own: it has no terms, deputies or yearly telling back."""


class BadTerm(ValueError):
    """The days cannot be a term: the last before the first, already past, or further away than a term may be."""


class NoTerm(Exception):
    """No term has been confirmed by both, so there is none to end or to hand over after."""


class TermIsOver(Exception):
    """The agreement has ended with its term already."""


class NotASuccessor(ValueError):
    """Only somebody else with an agreement of their own on the same assignment, which goes on, can take over."""


class AlreadyHandedOver(Exception):
    """The hand-over is done, and is kept as it was."""


class NotDue(Exception):
    """It is not time to tell back, or somebody has told already."""


class TooManyDeputies(Exception):
    """More deputies than the assignment seeks; `most` is how many."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(first: date, months: int) -> date:
    """The last day of a term of `months` that begins on `first`: the day before the same day, so that terms meet."""
    return add_months(first, months) - timedelta(days=1)


def check_term(starts_on: date, ends_on: date, today: date) -> None:
    """Raises BadTerm."""
    if ends_on < starts_on or ends_on < today or ends_on > last_day(starts_on, LONGEST_TERM):
        raise BadTerm


def is_ending(ends_on: date, today: date) -> bool:
    """Whether the term ends so soon that somebody should say what happens then; also when it has passed."""
    return today >= ends_on - REMIND_BEFORE


def telling_due(month: int | None, begun_on: date | None, today: date) -> date | None:
    """The first of the newest month in which the host should have told back; None before the first time.

    month: 1-12, the need's own; where none was chosen, the month in which the group began. begun_on: when the
    first term began; None: none has.
    """
    if begun_on is None:
        return None
    month = month or begun_on.month
    due = date(today.year if today.month >= month else today.year - 1, month, 1)
    return due if due > begun_on else None


def is_late(due: date, today: date) -> bool:
    """Whether the month of telling back has passed."""
    return (today.year, today.month) > (due.year, due.month)
