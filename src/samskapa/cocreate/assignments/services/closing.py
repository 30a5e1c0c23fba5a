"""The end of the time to apply: by itself, early, later, or called off. And reminders of the promised day."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.services import publish, record

from ..domain import ApplicationState, State
from ..domain.applying import is_due_to_close
from ..domain.choosing import CannotMove, NotChoosing, ReasonMissing, check_move, reminder
from ..domain.informed import News
from ..domain.moving import ClosesTooEarly, publishing_days
from ..models import Application, Assignment, Choice
from .applying import lock_assignment
from .choosing import give_answer
from .informed import publish_news
from .nominating import lapse_nominations
from .publishing import tell_cancelled
from .telling import tell, tell_host_side


def _close(assignment: Assignment, *, by: Actor, now: datetime) -> None:
    check_move(assignment.state, State.CHOOSING)
    assignment.state, assignment.closed_at = State.CHOOSING, now
    assignment.save(update_fields=["state", "closed_at", "closes_on"])
    lapse_nominations(assignment, now=now)
    record("assignments.closed", by=by, at=now, on=assignment)
    publish("assignments.closed", now=now, assignment_id=assignment.pk)
    publish_news(assignment, News.CLOSED, key=f"{assignment.pk}-{now:%Y%m%d%H%M%S}", now=now)
    tell_host_side(
        "closed",
        assignment,
        key=f"closed-{assignment.pk}-{now:%Y%m%d%H%M%S}",
        now=now,
        number=Application.objects.filter(assignment=assignment, state=ApplicationState.APPLIED).count(),
        answer_by=assignment.answer_by.isoformat() if assignment.answer_by else "",
    )


@transaction.atomic
def close_if_due(assignment_id: int, *, now: datetime) -> bool:
    """Close an assignment whose last day has passed. Returns whether it was this call that did."""
    assignment = lock_assignment(assignment_id)
    if not is_due_to_close(assignment.state, assignment.closes_on, timezone.localdate(now)):
        return False
    _close(assignment, by=SYSTEM, now=now)
    return True


@transaction.atomic
def close_early(assignment: Assignment, *, by: Actor, now: datetime) -> Assignment:
    """Close before the last day. Raises CannotMove where it is not open."""
    assignment = lock_assignment(assignment.pk)
    # A day that has not come must not stand as the last day to apply.
    assignment.closes_on = min(assignment.closes_on or timezone.localdate(now), timezone.localdate(now))
    _close(assignment, by=by, now=now)
    return assignment


@transaction.atomic
def extend(assignment: Assignment, *, closes_on: date, answer_by: date, by: Actor, now: datetime) -> Assignment:
    """Give more time to apply, also to one that has closed but where no choice is made. Applicants are told.

    The days keep the same rules as when it was published, and what was promised is never made shorter: raises
    CannotMove, ClosesTooEarly, AnswersTooEarly.
    """
    assignment = lock_assignment(assignment.pk)
    if assignment.state not in {State.OPEN, State.CHOOSING}:
        raise CannotMove(assignment.state)
    if assignment.state == State.CHOOSING and Choice.objects.filter(assignment=assignment).exists():
        raise CannotMove(assignment.state)
    today = timezone.localdate(now)
    # Work that has begun already binds no days any more.
    starts_on = assignment.starts_on if assignment.starts_on and assignment.starts_on > today else None
    publishing_days(today=today, closes_on=closes_on, answer_by=answer_by, starts_on=starts_on)
    if assignment.state == State.OPEN and assignment.closes_on and closes_on < assignment.closes_on:
        raise ClosesTooEarly
    if assignment.state == State.CHOOSING:
        check_move(assignment.state, State.OPEN)
    before = (assignment.closes_on, assignment.answer_by)
    if before == (closes_on, answer_by) and assignment.state == State.OPEN:
        return assignment
    assignment.state, assignment.closed_at = State.OPEN, None
    assignment.closes_on, assignment.answer_by = closes_on, answer_by
    assignment.save(update_fields=["state", "closed_at", "closes_on", "answer_by"])
    record(
        "assignments.extended",
        by=by,
        at=now,
        on=assignment,
        before=[day.isoformat() if day else None for day in before],
        after=[closes_on.isoformat(), answer_by.isoformat()],
    )
    waiting = Application.objects.filter(assignment=assignment, state=ApplicationState.APPLIED)
    tell(
        "moved",
        list(waiting.values_list("person_id", flat=True)),
        assignment,
        key=f"moved-{assignment.pk}-{closes_on.isoformat()}-{answer_by.isoformat()}",
        now=now,
        closes_on=closes_on.isoformat(),
        answer_by=answer_by.isoformat(),
    )
    days = f"{closes_on.isoformat()}-{answer_by.isoformat()}"
    publish_news(assignment, News.MOVED, key=f"{assignment.pk}-{days}", now=now)
    return assignment


@transaction.atomic
def call_off(assignment: Assignment, *, reason: str, by: Actor, now: datetime) -> Assignment:
    """Call off an assignment that has been published. Everybody who applied is answered with the reason; those chosen,
    and those who wrote the need, are told it too.

    Raises NotChoosing where it was never open or is called off already, ReasonMissing.
    """
    assignment = lock_assignment(assignment.pk)
    if assignment.state not in {State.OPEN, State.CHOOSING, State.AGREEING}:
        raise NotChoosing
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    check_move(assignment.state, State.CANCELLED)
    assignment.state, assignment.cancelled_at, assignment.cancelled_reason = State.CANCELLED, now, reason
    assignment.save(update_fields=["state", "cancelled_at", "cancelled_reason"])
    lapse_nominations(assignment, now=now)
    record("assignments.called_off", by=by, at=now, on=assignment)
    publish("assignments.called_off", now=now, key=str(assignment.pk), assignment_id=assignment.pk)
    applications = Application.objects.select_for_update().filter(assignment=assignment)
    for application in applications:
        application.assignment = assignment
        if application.state == ApplicationState.APPLIED:
            give_answer(application, outcome=ApplicationState.NOT_CHOSEN, reason=reason, by=by, now=now)
    tell(
        "called_off",
        [a.person_id for a in applications if a.state == ApplicationState.CHOSEN and a.person_id],
        assignment,
        key=f"called-off-{assignment.pk}",
        now=now,
        reason=reason,
    )
    tell_cancelled(assignment, reason, by=by, now=now)
    publish_news(assignment, News.CALLED_OFF, key=str(assignment.pk), now=now)
    return assignment


@transaction.atomic
def remind_if_due(assignment_id: int, *, now: datetime) -> bool:
    """Remind host and coordinator of those who wait, in the last days and every day after the promised one.

    Returns whether a reminder is due; the same one is mailed once.
    """
    assignment = lock_assignment(assignment_id)
    if assignment.state != State.CHOOSING or assignment.answer_by is None:
        return False
    which = reminder(assignment.answer_by, timezone.localdate(now))
    waiting = Application.objects.filter(assignment=assignment, state=ApplicationState.APPLIED).count()
    if not which or not waiting:
        return False
    tell_host_side(
        "unanswered",
        assignment,
        # The promised day is in the key, so that a promise that was moved is reminded of anew.
        key=f"unanswered-{assignment.pk}-{assignment.answer_by.isoformat()}-{which}",
        now=now,
        number=waiting,
        answer_by=assignment.answer_by.isoformat(),
        is_late=which != "before",
    )
    return True
