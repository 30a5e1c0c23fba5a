"""Assignments that have come far: sent, closed with applicants, chosen, with agreements. Made by the services."""

from __future__ import annotations

from datetime import datetime

from samskapa.cocreate.assignments.domain import ApplicationState, State
from samskapa.cocreate.assignments.models import Agreement, Application, Assignment
from samskapa.cocreate.assignments.services.applying import say_yes_to_being_presented
from samskapa.cocreate.assignments.services.choosing import answer_applicant, finish_choosing, make_choice
from samskapa.cocreate.assignments.services.closing import close_early
from samskapa.cocreate.assignments.services.drafting import draft_agreements
from samskapa.cocreate.assignments.services.publishing import send_need
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import Person

from .applications import make_application
from .assignments import make_open, make_ready_need

WHY = "Du har varit med om just det som vi behöver förstå bättre."


def make_sent(*, unit: Node, host: Actor, now: datetime, **changes) -> Assignment:
    """A need in which everything is answered, in the coordinator's hands."""
    need = make_ready_need(unit=unit, by=host, now=now, **changes)
    send_need(need, by=host, now=now)
    need.refresh_from_db()
    return need


def make_closed(
    people: list[Person], *, unit: Node, host: Actor, coordinator: Actor, now: datetime, **changes
) -> Assignment:
    """An assignment that `people` have applied to, closed by the coordinator: in the stage of choosing."""
    assignment = make_open(unit=unit, by=host, coordinator=coordinator, now=now, **changes)
    for person in people:
        make_application(assignment, person, by=Actor(person_id=person.pk), now=now)
    close_early(assignment, by=coordinator, now=now)
    assignment.refresh_from_db()
    assert assignment.state == State.CHOOSING
    return assignment


def make_agreeing(assignment: Assignment, *, chosen: int, coordinator: Actor, now: datetime) -> list[Agreement]:
    """Everybody answered, the first `chosen` with a yes; they show their name, and their agreements are drafted."""
    applications = list(Application.objects.filter(assignment=assignment).order_by("number"))
    yes = applications[:chosen]
    make_choice(assignment, chosen=[a.pk for a in yes], reason=WHY, method="by_hand", by=coordinator, now=now)
    for application in applications:
        outcome = ApplicationState.CHOSEN if application in yes else ApplicationState.NOT_CHOSEN
        answer_applicant(
            application,
            outcome=outcome,
            reason=WHY,
            expected_version=application.version,
            by=coordinator,
            now=now,
        )
    finish_choosing(assignment, by=coordinator, now=now)
    for application in yes:
        say_yes_to_being_presented(application, by=Actor(person_id=application.person_id), now=now)
    draft_agreements(assignment, by=SYSTEM, now=now)
    return list(Agreement.objects.filter(root=assignment).order_by("pk"))
