"""The law of an assignment at work: its stages, when one talks, when it is told back, and who is asked what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from samskapa.cocreate.assignments.domain.standing import add_months

#: Where the need names no day of telling back, the host tells so many months after the work began.
TELL_AFTER = 6
#: And once more so many months after the first telling (issue 4: "now and again after six months").
LATER_AFTER = 6
#: The host is asked on the day, then once a fortnight; from the third time on its coordinator is asked too.
REMIND_TO_TELL = timedelta(days=14)
COORDINATOR_FROM = 2
#: So many times at most: after half a year of silence mails help nobody.
MOST_REMINDERS = 12
#: A representative is asked at once, once more after two weeks, and after two more it is closed as no answer.
ASK_AGAIN = timedelta(days=14)
#: Who has not noted a check-in is reminded once, a week after the first reminder.
REMIND_OF_CHECK_IN = timedelta(days=7)
#: Half-way where there is no last day to be half-way to.
MIDWAY = timedelta(days=90)
#: Who has told their own story is called within so many days of the first time: the agreement says so.
CALL_WITHIN = timedelta(days=2)
#: So far ahead a check-in may be at most.
LONGEST_AHEAD = timedelta(days=732)
#: Whose term ended so long before a year was told took part in that year.
YEAR_TOLD = timedelta(days=366)
#: Time is noted in quarters of an hour, each row at most half a day and night.
QUARTER = 15
MOST_QUARTERS = 48
LONGEST_CONTRIBUTION = 4000
LONGEST_REASON = 2000
LONGEST_NOTE = 2000
LONGEST_WORD = 1000
LONGEST_TOLD = 4000


class Stage(StrEnum):
    """How far the work has come. Beside the assignment's own state: agreements may change while it is under way."""

    UNDER_WAY = "under_way"
    CLOSING = "closing"  # the host has told what it led to; the representatives are asked
    DONE = "done"  # every representative has answered, or been asked twice


#: Which stage may follow which.
NEXT: dict[Stage, set[Stage]] = {
    Stage.UNDER_WAY: {Stage.CLOSING},
    Stage.CLOSING: {Stage.DONE},
    Stage.DONE: set(),
}


class Side(StrEnum):
    """Whose word it is: the representative's, or the unit's."""

    PERSON = "person"
    HOST = "host"


class Became(StrEnum):
    """What became of a contribution."""

    TAKEN_IN = "taken_in"
    PARTLY = "partly"
    NOT_TAKEN_IN = "not_taken_in"


class Answer(StrEnum):
    """Of a promise: was it kept? Of what was told: is it so? Of a check-in: does it go well?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


#: Asked twice, and closed. Never counted as yes; can be answered later.
NO_ANSWER = "no_answer"


class Moment(StrEnum):
    """The check-ins that the agreement promises."""

    FIRST = "first"  # after the first time
    CALL = "call"  # the unit calls who has told their own story, and asks how it feels
    MIDWAY = "midway"
    EXTRA = "extra"  # put in by one of the two


class Spent(StrEnum):
    """What the time was spent on."""

    MEETING = "meeting"
    READING = "reading"
    TRAVEL = "travel"
    OTHER = "other"


class Kind(StrEnum):
    """When it was told what the work led to."""

    CLOSING = "closing"
    LATER = "later"
    YEARLY = "yearly"  # of a standing assignment, told each year


class NotNow(Exception):
    """The work has come too far, or not far enough, for that; or it is called off."""


class NothingWritten(ValueError):
    """A word is needed, because others will read it."""


class SaidAlready(Exception):
    """Something else has been said already, and stands: what one side has said to the other is not rewritten."""


class NotedAlready(Exception):
    """The same day has a row of the same kind already, with another time: that row is the one to change."""


class BadDay(ValueError):
    """Of a talk: the day is past, further ahead than two years, or has one already. Of time: it has not come, or one
    did not take part then."""


def check_move(old: str, new: str) -> None:
    """Refuse a step that the order of stages does not have. Raises NotNow."""
    if Stage(new) not in NEXT[Stage(old)]:
        raise NotNow(f"{old} -> {new}")


def check_day(day: date, today: date, others: Iterable[date] = ()) -> None:
    """A day on which one can still talk. others: days on which there is a talk already. Raises BadDay."""
    if not today <= day <= today + LONGEST_AHEAD or day in set(others):
        raise BadDay


def check_time(day: date, quarters: int, *, first: date, last: date) -> None:
    """Refuse time on a day that has not come or when one did not take part, and more than a row may hold.

    first: the day of the agreement: one reads before the work begins. last: today, or the day the term ended. Raises
    BadDay; ValueError for a time that the form does not offer.
    """
    if not first <= day <= last:
        raise BadDay
    if not 1 <= quarters <= MOST_QUARTERS:
        raise ValueError(quarters)


def check_in_days(
    *, occasions: int | None, first: date, last: date | None, tells_story: bool = False
) -> list[tuple[Moment, date]]:
    """When the two talk, as the drafted agreement promises: after the first time, and half-way where there are more
    than two. One occasion: only after it. Who tells their own story is called too.

    first: the day of the first time. last: the day by which the work is over, if it is known.
    """
    days = [(Moment.FIRST, first + timedelta(days=1))]
    if tells_story:
        days.append((Moment.CALL, first + CALL_WITHIN))
    if occasions is not None and occasions <= 2:
        return days
    half = first + ((last - first) // 2 if last and last > first else MIDWAY)
    return [*days, (Moment.MIDWAY, max(half, days[-1][1] + timedelta(days=1)))]


def waited_for(moment: str) -> frozenset[Side]:
    """Who is to note a check-in of that kind: both, but of a call only the unit, who makes it."""
    return frozenset({Side.HOST} if moment == Moment.CALL else Side)


def tell_by(*, is_standing: bool, told_back_on: date | None, begun_on: date) -> date | None:
    """The day on which the host should tell what it led to. None for a standing assignment, which tells each year."""
    if is_standing:
        return None
    return told_back_on or add_months(begun_on, TELL_AFTER)


def later_by(told_on: date) -> date:
    """The day on which the host is asked what became of it in the long run."""
    return add_months(told_on, LATER_AFTER)


def reminder_to_tell(by: date, today: date) -> int | None:
    """Which reminder to tell is due, from 0 on the day; None before, and when there have been enough."""
    number = (today - by) // REMIND_TO_TELL
    return number if 0 <= number < MOST_REMINDERS else None


def asks_coordinator(reminder: int, *, has_host: bool) -> bool:
    """Whether the coordinator is asked too: the host has not answered twice, or nobody is host there any more."""
    return reminder >= COORDINATOR_FROM or not has_host


def asking(since: timedelta, *, asked_again: bool) -> str:
    """What is done with an answer that has been waited for so long since it was last asked for: "wait", "again" or
    "close". Nobody is closed who was asked once only, however long the machine stood still."""
    if since < ASK_AGAIN:
        return "wait"
    return "close" if asked_again else "again"


def is_done(answers: Iterable[str]) -> bool:
    """Whether nobody is waited for: each has answered, or is closed as no answer. "" is one that waits."""
    return all(answers)
