"""From which moment the time counts for which what somebody wrote is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from samskapa.ground.people.domain.my_data import GOES_ON, latest

from .words import ApplicationState, State


@dataclass(frozen=True, slots=True)
class Course:
    """How an application has gone. told_back_at: the end of the day on which the result is to be told, if there is one.
    settled_at, ended_at: of the agreement; None where there is none, or where it is not so (yet). done_at: when the
    work had been told back and was done."""

    state: str
    answered_at: datetime | None = None
    withdrawn_at: datetime | None = None
    cancelled_at: datetime | None = None
    is_standing: bool = False
    told_back_at: datetime | None = None
    has_agreement: bool = False
    settled_at: datetime | None = None
    ended_at: datetime | None = None
    done_at: datetime | None = None


def application_over_at(course: Course) -> datetime | None:
    """When the application was over for the person; GOES_ON while it waits, or while what it led to lasts."""
    if course.state == ApplicationState.WITHDRAWN:
        return _last(course.withdrawn_at, course.ended_at)
    if course.state == ApplicationState.NOT_CHOSEN:
        return course.answered_at
    if course.state != ApplicationState.CHOSEN:
        return GOES_ON
    if course.ended_at or course.cancelled_at or course.done_at:
        return _last(course.answered_at, course.ended_at, course.cancelled_at, course.done_at)
    if course.is_standing or (course.has_agreement and course.settled_at is None):
        return GOES_ON
    return _last(course.answered_at, course.settled_at, course.told_back_at)


def work_over_at(
    state: str,
    *,
    cancelled_at: datetime | None,
    done_at: datetime | None = None,
    told_back_at: datetime | None,
    is_standing: bool,
    agreements: list[tuple[datetime | None, datetime | None]],
) -> datetime | None:
    """When the work of an assignment was over, so that nobody needs its contact person any more; else GOES_ON.

    agreements: (settled_at, ended_at) of each.
    """
    if state == State.CANCELLED:
        return cancelled_at
    if state == State.DONE:
        return done_at
    if state != State.AGREED or not agreements:
        return GOES_ON
    over = latest([ended or (None if is_standing else settled) for settled, ended in agreements])
    return _last(over, told_back_at) if over else GOES_ON


def _last(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=GOES_ON)
