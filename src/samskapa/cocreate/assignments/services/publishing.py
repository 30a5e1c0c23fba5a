"""From need to open assignment: send, take back, send back, publish, give up."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import publish as publish_event
from samskapa.ground.core.services import queue_mail, record
from samskapa.ground.organisations.domain import Role
from samskapa.ground.people.models import Person

from ..domain import NEXT, EmptyReason, NothingWritten, NotReady, NotThatState, NoUnit, State
from ..domain.moving import publishing_days
from ..domain.parts import WRITING
from ..models import Assignment
from ..queries import need as queries
from .need import _locked, note_all_that_is_unclear
from .telling import matter_of


@transaction.atomic
def send_need(assignment: Assignment, *, by: Actor, now: datetime) -> Assignment:
    """Hand the need to the coordinator, however far it has come. Sending what is sent changes nothing.

    Raises NothingWritten before any question is answered, NotThatState once published or called off.
    """
    assignment = _locked(assignment)
    if assignment.state == State.SENT:
        return assignment
    _check_move(assignment, State.SENT)
    if not assignment.parts.filter(version__gt=0).exists():
        raise NothingWritten
    assignment.state, assignment.sent_at = State.SENT, now
    assignment.save(update_fields=["state", "sent_at"])
    note_all_that_is_unclear(assignment, now=now)
    record("assignments.need_sent", by=by, at=now, on=assignment)
    readiness = queries.readiness_of(_whole(assignment), timezone.localdate(now))
    _mail(
        "need_sent",
        queries.coordinators_of(assignment),
        assignment,
        at=now,
        by=by,
        answered=readiness.answered,
        important=readiness.important,
    )
    return assignment


@transaction.atomic
def take_back(assignment: Assignment, *, by: Actor, now: datetime) -> Assignment:
    """The one who sent it wants to write more. Taking back what is not sent changes nothing."""
    assignment = _locked(assignment)
    if assignment.state == State.NEED:
        return assignment
    _check_move(assignment, State.NEED)
    assignment.state = State.NEED
    assignment.save(update_fields=["state"])
    record("assignments.need_taken_back", by=by, at=now, on=assignment)
    return assignment


@transaction.atomic
def send_back(assignment: Assignment, reason: str, *, by: Actor, now: datetime) -> Assignment:
    """The coordinator asks for more. One mail to everybody who co-owns the text, with all open comments.

    Raises EmptyReason, and NotThatState for what has not been sent.
    """
    reason = reason.strip()
    if not reason:
        raise EmptyReason
    assignment = _locked(assignment)
    if assignment.state == State.NEED and assignment.sent_back_at and assignment.sent_back_reason == reason:
        return assignment  # the second click
    if assignment.state != State.SENT:
        raise NotThatState
    assignment.state, assignment.sent_back_at, assignment.sent_back_reason = State.NEED, now, reason
    assignment.save(update_fields=["state", "sent_back_at", "sent_back_reason"])
    record("assignments.need_sent_back", by=by, at=now, on=assignment)
    comments = [{"part": c.key, "text": c.text} for c in queries.open_comments(assignment)]
    _mail(
        "need_sent_back",
        queries.owners_of(assignment),
        assignment,
        at=now,
        by=by,
        reason=reason,
        comments=comments,
    )
    return assignment


@transaction.atomic
def publish(
    assignment: Assignment,
    *,
    by: Actor,
    now: datetime,
    closes_on: date | None = None,
    answer_by: date | None = None,
) -> Assignment:
    """Open the assignment to everybody. Publishing what is open changes nothing.

    closes_on: the last day to apply, two weeks from today unless given; answer_by: the day everybody is promised
    an answer, two weeks later unless given. Both before the work begins.
    Raises NoUnit, NotReady(findings), NotThatState, ClosesTooEarly, AnswersTooEarly.
    """
    assignment = _locked(assignment)
    if assignment.state == State.OPEN:
        return assignment
    # What somebody else still writes is theirs until they send it; the coordinator's own needs no sending.
    is_own = assignment.state == State.NEED and assignment.created_as == Role.COORDINATOR
    if assignment.state != State.SENT and not is_own:
        raise NotThatState
    if assignment.unit_id is None:
        raise NoUnit
    today = timezone.localdate(now)
    readiness = queries.readiness_of(_whole(assignment), today)
    if not readiness.is_ready:
        raise NotReady(readiness.blocking)
    closes_on, answer_by = publishing_days(
        today=today, closes_on=closes_on, answer_by=answer_by, starts_on=assignment.starts_on
    )
    assignment.closes_on, assignment.answer_by = closes_on, answer_by
    assignment.state, assignment.published_at = State.OPEN, now
    assignment.save(update_fields=["state", "published_at", "closes_on", "answer_by"])
    note_all_that_is_unclear(assignment, now=now)
    record(
        "assignments.published",
        by=by,
        at=now,
        on=assignment,
        closes_on=closes_on.isoformat(),
        answer_by=answer_by.isoformat(),
    )
    publish_event("assignments.published", now=now, key=str(assignment.pk), assignment_id=assignment.pk)
    changed = (
        assignment.sent_at is not None
        and assignment.parts.filter(
            revisions__saved_at__gt=assignment.sent_at, revisions__saved_as=Role.COORDINATOR
        ).exists()
    )
    _mail(
        "need_published",
        queries.owners_of(assignment),
        assignment,
        at=now,
        by=by,
        closes_on=closes_on.isoformat(),
        answer_by=answer_by.isoformat(),
        changed_by_coordinator=changed,
    )
    return assignment


@transaction.atomic
def cancel(assignment: Assignment, reason: str, *, by: Actor, now: datetime) -> Assignment:
    """Give up a need that is not published, with a reason that everybody who wrote is told. Twice is once.

    Raises EmptyReason; NotThatState once published: then `closing.call_off` answers those who applied.
    """
    reason = reason.strip()
    if not reason:
        raise EmptyReason
    assignment = _locked(assignment)
    if assignment.state == State.CANCELLED:
        return assignment
    if State(assignment.state) not in WRITING:
        raise NotThatState
    was = assignment.state
    assignment.state, assignment.cancelled_at, assignment.cancelled_reason = State.CANCELLED, now, reason
    assignment.save(update_fields=["state", "cancelled_at", "cancelled_reason"])
    record("assignments.cancelled", by=by, at=now, on=assignment, was=was)
    tell_cancelled(assignment, reason, by=by, now=now)
    return assignment


def tell_cancelled(assignment: Assignment, reason: str, *, by: Actor, now: datetime) -> None:
    """Tell those who wrote the text, and the coordinators, that it is called off."""
    people = {person.pk: person for person in queries.owners_of(assignment) + queries.coordinators_of(assignment)}
    _mail("need_cancelled", people.values(), assignment, at=now, by=by, reason=reason)


def _check_move(assignment: Assignment, to: State) -> None:
    if to not in NEXT[State(assignment.state)]:
        raise NotThatState


def _whole(assignment: Assignment) -> Assignment:
    return queries.need_page(Assignment.objects.filter(pk=assignment.pk)).get()


def _mail(kind: str, people, assignment: Assignment, *, at: datetime, by: Actor, **params) -> None:
    """One mail each, but none to the one who did it."""
    for person in people:
        if isinstance(person, Person) and person.pk != by.person_id:
            queue_mail(
                f"assignments/{kind}",
                to=person.pk,
                key=f"assignments.{kind}:{assignment.pk}:{at.isoformat()}",
                now=at,
                matter=matter_of(assignment.pk),
                title=assignment.title,
                unit=assignment.unit.name if assignment.unit else "",
                need_id=assignment.pk,
                **params,
            )
