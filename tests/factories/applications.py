"""Applicants for tests: they apply as anybody does."""

from __future__ import annotations

from datetime import datetime, timedelta

from samskapa.cocreate.assignments.domain import ApplicationState, State
from samskapa.cocreate.assignments.domain.applying import Given
from samskapa.cocreate.assignments.models import Application, Assignment
from samskapa.cocreate.assignments.services.applying import apply
from samskapa.cocreate.assignments.services.closing import close_if_due
from samskapa.ground.core.domain import Actor
from samskapa.ground.people.models import Person

from .organisations import NOW, actor_for
from .people import make_person


def given(**changes) -> Given:
    """What an applicant writes; `changes` replace the usual."""
    return Given(**({"experience": "Jag har fått kallelsen två gånger."} | changes))


def make_application(
    assignment: Assignment, person: Person | None = None, *, by: Actor | None = None, now: datetime = NOW, **changes
) -> Application:
    """Somebody who has applied."""
    by = by or actor_for(person or make_person())
    if assignment.conflict_matter:
        changes.setdefault("has_conflict", False)
    application = apply(assignment, given=given(**changes), by=by, now=now)
    return Application.objects.get(pk=application.pk)


def after_last_day(assignment: Assignment) -> datetime:
    """The morning after the last day to apply."""
    return NOW + (assignment.closes_on - NOW.date()) + timedelta(days=1)


def make_choosing(assignment: Assignment) -> Assignment:
    """The assignment after its last day."""
    close_if_due(assignment.pk, now=after_last_day(assignment))
    assignment.refresh_from_db()
    assert assignment.state == State.CHOOSING
    return assignment


def many_applications(assignment: Assignment, count: int, *, now: datetime = NOW) -> None:
    """Rows made cheaply, for counting queries."""
    start = Application.objects.filter(assignment=assignment).count()
    people = Person.objects.bulk_create(
        Person(email=f"m{assignment.pk}-{start + i}@example.se", name=f"Namn {start + i}") for i in range(count)
    )
    Application.objects.bulk_create(
        Application(
            assignment=assignment,
            person=person,
            number=start + i + 1,
            state=ApplicationState.APPLIED,
            experience="Erfarenhet",
            applied_at=now,
            presented_at=now,
        )
        for i, person in enumerate(people)
    )
