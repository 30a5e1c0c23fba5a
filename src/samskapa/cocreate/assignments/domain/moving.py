"""Refusals, and the dates of publishing."""

from __future__ import annotations

from datetime import date, timedelta

from .readiness import Finding
from .words import OPEN_DAYS

#: Everybody is answered within this many days after the last day to apply, unless somebody says otherwise.
ANSWER_DAYS = 14
#: So far ahead one may publish at most: a year.
LONGEST_DAYS = 366


class NotThatState(Exception):
    """The assignment has come too far, or not far enough, for that."""


class AlreadyDone(NotThatState):
    """Somebody did it already: nothing to do, nothing lost."""


class NotYours(Exception):
    """The capacity one acts in may not do that."""


class WrongUnit(ValueError):
    """The unit is not one that can have this need, or not within reach of who acts."""


class NoUnit(Exception):
    """The unit with the need is not found yet."""


class NothingWritten(Exception):
    """No question has been answered yet: there is nothing to send."""


class EmptyReason(ValueError):
    """A reason is needed, because others will read it."""


class NotReady(Exception):
    """Something must be mended first. `findings` names it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(f"{f.part}: {f.code}" for f in findings))
        self.findings = findings


class ClosesTooEarly(ValueError):
    """The last day to apply is past, before the one already promised, or after the work has begun."""


class AnswersTooEarly(ValueError):
    """The day of answer is before the last day to apply, or after the work has begun."""


def publishing_days(
    *, today: date, closes_on: date | None = None, answer_by: date | None = None, starts_on: date | None = None
) -> tuple[date, date]:
    """The last day to apply and the day everybody is answered: what was asked for, or two weeks each.

    Where the work starts sooner, the usual days shrink to fit. Raises ClosesTooEarly, AnswersTooEarly for days
    that were asked for and cannot be: past, in the wrong order, after the start, or more than a year away.
    """
    if closes_on is None:
        closes_on = today + timedelta(days=OPEN_DAYS)
        if starts_on and starts_on > today:
            closes_on = min(closes_on, starts_on - timedelta(days=1))
    elif closes_on < today or closes_on > today + timedelta(days=LONGEST_DAYS) or (starts_on and closes_on > starts_on):
        raise ClosesTooEarly
    if answer_by is None:
        answer_by = closes_on + timedelta(days=ANSWER_DAYS)
        if starts_on:
            answer_by = max(closes_on, min(answer_by, starts_on))
    elif (
        answer_by < closes_on
        or answer_by > closes_on + timedelta(days=LONGEST_DAYS)
        or (starts_on and answer_by > max(starts_on, closes_on))
    ):
        raise AnswersTooEarly
    return closes_on, answer_by
