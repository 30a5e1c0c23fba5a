"""A round of asking: named or anonymous, until when, whom to remind and when. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: A reminder comes so long after the question or the last reminder, and so many times at most.
REMIND_AFTER_DAYS = 7
REMINDERS_MOST = 2
#: Reminding by hand waits so long too: two presses are one.
LEAST_BETWEEN = timedelta(hours=24)
#: How many may be asked in one round. Anonymous answers of a side are written anew with each one (decision 18).
MOST_ASKED = 2000


class Mode(StrEnum):
    """Whose an answer is. The sealed sheets of the check questions will be a third way."""

    NAMED = "named"
    ANONYMOUS = "anonymous"


class NotOpen(Exception):
    """The round has not begun, or is over."""


class AnsweredAlready(Exception):
    """Anonymous answers are handed in once: nobody can find them again to change them."""


class NothingAnswered(Exception):
    """A sheet without a single answer is not handed in."""


class IsAnonymous(Exception):
    """Who said what is not known, so it cannot be told."""


class NotClosed(Exception):
    """Results are told when the round is over."""


class TooMany(Exception):
    """More than MOST_ASKED in one round."""


class ChangedMeanwhile(Exception):
    """Answered in another window meanwhile. `theirs`: the answers as they are kept now; `keys`: the ones that clash."""

    def __init__(self, theirs: dict, keys: list[str]):
        super().__init__(keys)
        self.theirs, self.keys = theirs, keys


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody to ask: a person's id, or an address."""

    person_id: int | None = None
    address: str = ""
    side: str = ""


def is_open(*, opens_at: datetime, closes_at: datetime | None, closed_at: datetime | None, now: datetime) -> bool:
    """Whether one can answer at `now`."""
    return opens_at <= now and closed_at is None and (closes_at is None or now < closes_at)


def reminder_due(
    *, asked_at: datetime, reminded_at: datetime | None, sent: int, most: int, after: timedelta, now: datetime
) -> bool:
    """Whether somebody who has not answered is reminded at `now`: `sent` of `most` reminders have gone."""
    return sent < most and now - (reminded_at or asked_at) >= after
