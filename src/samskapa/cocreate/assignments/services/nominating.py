"""An organisation nominates somebody, who says yes or no. The assignment's row is the lock, as in applying."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.services import publish, record
from samskapa.ground.organisations.models import Node
from samskapa.ground.organisations.services import invite
from samskapa.ground.people.domain import reference_to, referred_to
from samskapa.ground.people.models import Person
from samskapa.ground.people.queries import kept_address
from samskapa.ground.people.services import lock_person

from ..domain import ApplicationState, Mandate
from ..domain.applying import (
    AlreadyApplied,
    AlreadyNominated,
    CannotChange,
    Given,
    Incomplete,
    NotWaitingForAnswer,
)
from ..models import Application, Assignment
from ..queries.applications import is_nominee
from .applying import (
    answers_of,
    check_open,
    lock_application,
    lock_assignment,
    next_number,
    own_row,
    tell_received,
    write_given,
)
from .telling import tell


@transaction.atomic
def nominate(
    assignment: Assignment,
    *,
    organisation: Node,
    name: str,
    email: str,
    reason: str,
    by: Actor,
    now: datetime,
) -> Application:
    """An organisation proposes somebody, who is asked by mail. The host sees nothing before the person's yes.

    Whether the person has applied on their own is not told to the organisation.
    Raises NotOpen, Incomplete, AlreadyNominated.
    """
    assignment = lock_assignment(assignment.pk)
    check_open(assignment, now)
    asked, email = email.strip(), kept_address(email.strip())
    missing = [field for field, value in (("name", name), ("email", email), ("reason", reason)) if not value.strip()]
    if missing:
        raise Incomplete(missing)
    if Application.objects.filter(
        assignment=assignment,
        organisation=organisation,
        state=ApplicationState.NOMINATED,
        nominee_email__iexact=email,
    ).exists():
        raise AlreadyNominated
    nomination = Application.objects.create(
        assignment=assignment,
        state=ApplicationState.NOMINATED,
        mandate=Mandate.ORGANISATION,
        organisation=organisation,
        nominated_by_id=by.person_id,
        nominated_at=now,
        nomination_reason=reason.strip(),
        nominee_email=email,
        # Neutral from the start for somebody whose identity is protected, and without the tag: it would tie the two.
        nominee_name=_("Protected person") if referred_to(email) else " ".join(name.split()),
    )
    record("assignments.nominated", by=by, at=now, on=nomination, assignment_id=assignment.pk)
    invite(
        asked,
        name=nomination.nominee_name,
        next_path=reverse("assignments:nomination", args=[nomination.pk]),
        by=by,
        now=now,
        key=f"assignments.nomination:{nomination.pk}",
    )
    publish("assignments.nominated", now=now, key=str(nomination.pk), application_id=nomination.pk)
    return nomination


def _own_nomination(nomination: Application, by: Actor) -> tuple[Application, Person]:
    if not by.whose:
        raise NotWaitingForAnswer
    person = lock_person(by.whose)
    nomination = lock_application(nomination)
    if nomination.state != ApplicationState.NOMINATED or not is_nominee(nomination, person):
        raise NotWaitingForAnswer
    return nomination, person


@transaction.atomic
def accept_nomination(nomination: Application, *, given: Given, by: Actor, now: datetime) -> Application:
    """The nominated person says yes and completes the application, which is then like any other.

    Raises NotWaitingForAnswer, NotOpen, AlreadyApplied, Incomplete.
    """
    nomination, person = _own_nomination(nomination, by)
    assignment = nomination.assignment
    check_open(assignment, now)
    mine = own_row(assignment, person.pk)
    if mine and mine.state != ApplicationState.WITHDRAWN:
        raise AlreadyApplied(mine.pk)
    answers = answers_of(assignment, given)
    if mine:
        # Withdrawn before, nominated now: the same person keeps row and number, and comes back with a mandate.
        mine.assignment = assignment
        mine.organisation, mine.nominated_by_id = nomination.organisation, nomination.nominated_by_id
        mine.nominated_at, mine.nomination_reason = nomination.nominated_at, nomination.nomination_reason
        mine.mandate, mine.withdrawn_at, mine.presented_at = Mandate.ORGANISATION, None, None
        mine.version += 1
        nomination_id = nomination.pk
        nomination.delete()
        nomination = mine
    else:
        nomination_id = nomination.pk
        nomination.number = next_number(assignment)
        nomination.person = person
    nomination.state, nomination.applied_at = ApplicationState.APPLIED, now
    nomination.nominee_email = nomination.nominee_name = ""
    write_given(nomination, given, answers, by=by, now=now)
    record("assignments.nomination_accepted", by=by, at=now, on=nomination, nomination_id=nomination_id)
    tell_received(nomination, now=now)
    _tell_nominator(nomination, now=now)
    return nomination


@transaction.atomic
def join_nomination(nomination: Application, *, by: Actor, now: datetime) -> Application:
    """One who had applied already says yes to being nominated: the first application gets the mandate; no second.

    Raises NotWaitingForAnswer, CannotChange (no application of one's own, or it has a mandate already).
    """
    nomination, person = _own_nomination(nomination, by)
    mine = own_row(nomination.assignment, person.pk)
    if mine is None or mine.state != ApplicationState.APPLIED or mine.nominated_by_id:
        raise CannotChange
    nomination_id, mine.assignment = nomination.pk, nomination.assignment
    mine.mandate, mine.organisation = Mandate.ORGANISATION, nomination.organisation
    mine.nominated_by_id, mine.nominated_at = nomination.nominated_by_id, nomination.nominated_at
    mine.nomination_reason = nomination.nomination_reason
    mine.save(update_fields=["mandate", "organisation", "nominated_by_id", "nominated_at", "nomination_reason"])
    nomination.delete()
    record("assignments.nomination_accepted", by=by, at=now, on=mine, nomination_id=nomination_id)
    _tell_nominator(mine, now=now)
    return mine


@transaction.atomic
def decline_nomination(nomination: Application, *, by: Actor, now: datetime) -> Application:
    """The nominated person says no; name and address are blanked at once. No twice is no.

    Raises NotWaitingForAnswer.
    """
    nomination, _ = _own_nomination(nomination, by)
    nomination.state = ApplicationState.DECLINED
    nomination.nominee_email = nomination.nominee_name = nomination.nomination_reason = ""
    nomination.version += 1
    nomination.save(update_fields=["state", "nominee_email", "nominee_name", "nomination_reason", "version"])
    record("assignments.nomination_declined", by=by, at=now, on=nomination)
    _tell_nominator(nomination, now=now)
    return nomination


@transaction.atomic
def hide_nominations(person: Person, address: str, *, by: Actor, now: datetime) -> None:
    """The person's identity is protected from now on: nominations that wait for them no longer say who they are.

    Fills a row of the slot "hide_address".
    """
    theirs = Application.objects.filter(Q(nominee_email__iexact=address), ~Q(nominee_email=""))
    if count := theirs.update(nominee_email=reference_to(person.pk), nominee_name=_("Protected person")):
        record("assignments.nominations_hidden", by=by, at=now, on=person, count=count)


def _tell_nominator(nomination: Application, *, now: datetime) -> None:
    tell(
        "nomination_answered",
        [nomination.nominated_by_id],
        nomination.assignment,
        key=f"nomination-answered-{nomination.pk}-{nomination.version}",
        now=now,
        path=reverse("assignments:nominations"),
        said_yes=nomination.state == ApplicationState.APPLIED,
    )


def lapse_nominations(assignment: Assignment, *, now: datetime) -> None:
    """When one can no longer apply: those who have not answered are let go, and the organisation is told.

    Runs in the transaction of what closes the assignment.
    """
    for nomination in Application.objects.select_for_update().filter(
        assignment=assignment, state=ApplicationState.NOMINATED
    ):
        let_go(nomination, now=now)
        tell(
            "nomination_lapsed",
            [nomination.nominated_by_id],
            assignment,
            key=f"nomination-lapsed-{nomination.pk}",
            now=now,
            path=reverse("assignments:nominations"),
        )


def let_go(nomination: Application, *, now: datetime) -> None:
    """A nomination that will have no answer: name and address are blanked. The caller holds the locks and tells."""
    nomination.state = ApplicationState.LAPSED
    nomination.nominee_email = nomination.nominee_name = nomination.nomination_reason = ""
    nomination.save(update_fields=["state", "nominee_email", "nominee_name", "nomination_reason"])
    record("assignments.nomination_lapsed", by=SYSTEM, at=now, on=nomination)
