"""Apply, change, withdraw. The assignment's row is the lock: all of it waits for all of it. Who applies is locked
before it, as in being forgotten, so that neither waits for the other in a ring."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import publish, record
from samskapa.ground.people.services import lock_person

from ..domain import ApplicationState, Mandate, State
from ..domain.applying import (
    AlreadyApplied,
    CannotChange,
    CannotWithdraw,
    ChangedMeanwhile,
    Given,
    NotOpen,
    OnlyByNomination,
    can_change,
    can_withdraw,
    check_given,
    is_open,
    person_of,
)
from ..models import (
    ONLY_NOMINATED,
    ApplicantQuestion,
    Application,
    ApplicationAnswer,
    ApplicationRevision,
    Assignment,
    ConflictDeclaration,
    StandingTerms,
)
from .telling import hosts_of, tell, tell_host_side


def lock_assignment(assignment_id: int) -> Assignment:
    """The assignment with unit and area, locked until the transaction ends."""
    return Assignment.objects.select_for_update(of=("self",)).select_related("unit", "area").get(pk=assignment_id)


def lock_application(application: Application) -> Application:
    """The assignment first, then the application: always in this order, so that nobody waits in a ring."""
    assignment = lock_assignment(application.assignment_id)
    application = Application.objects.select_for_update().get(pk=application.pk)
    application.assignment = assignment
    return application


def check_open(assignment: Assignment, now: datetime) -> None:
    """Raises NotOpen."""
    if not is_open(assignment.state, assignment.closes_on, timezone.localdate(now)):
        raise NotOpen


def own_row(assignment: Assignment, person_id: int) -> Application | None:
    """The person's own row, withdrawn or not; there is at most one."""
    return (
        Application.objects.select_for_update()
        .filter(assignment=assignment, person_id=person_id)
        .exclude(state__in=ONLY_NOMINATED)
        .first()
    )


def answers_of(assignment: Assignment, given: Given) -> dict[int, str]:
    """Refuse what is incomplete; the answers to this assignment's own questions, and no others."""
    questions = list(ApplicantQuestion.objects.filter(assignment=assignment))
    check_given(
        given, required=[q.pk for q in questions if q.is_required], ask_conflict=bool(assignment.conflict_matter)
    )
    return {q.pk: given.answers.get(q.pk, "").strip() for q in questions}


def write_given(application: Application, given: Given, answers: dict[int, str], *, by: Actor, now: datetime) -> None:
    """Store what the applicant says, and keep this version of it."""
    assignment = application.assignment
    if by.for_person_id:  # stays: those who choose see that a coordinator wrote here
        application.helped_by_id = by.person_id
    application.experience = given.experience.strip()
    application.access_needs = given.access_needs.strip()
    application.blanked_at = None  # who applies again tells anew
    if application.nominated_by_id is None:
        application.organisation_id = given.organisation_id
        application.mandate = Mandate.ORGANISATION if given.organisation_id else Mandate.INDIVIDUAL
    if given.present_now and application.presented_at is None:
        application.presented_at = now
    application.save()
    for question_id, text in answers.items():
        ApplicationAnswer.objects.update_or_create(
            application=application, question_id=question_id, defaults={"text": text}
        )
    if assignment.conflict_matter:
        text = given.conflict_text.strip() if given.has_conflict else ""
        before = ConflictDeclaration.objects.filter(application=application).first()
        if before is None or (before.has_conflict, before.text) != (given.has_conflict, text):
            # What is declared anew is assessed anew.
            ConflictDeclaration.objects.update_or_create(
                application=application,
                defaults={
                    "has_conflict": bool(given.has_conflict),
                    "text": text,
                    "declared_at": now,
                    "assessment": "",
                    "assessment_text": "",
                    "assessed_at": None,
                    "assessed_by": None,
                },
            )
    ApplicationRevision.objects.create(
        application=application,
        version=application.version,
        values={
            "experience": application.experience,
            "access_needs": application.access_needs,
            "answers": {str(pk): text for pk, text in answers.items()},
            "has_conflict": given.has_conflict,
            "conflict_text": given.conflict_text.strip(),
            "organisation_id": application.organisation_id,
        },
        saved_at=now,
    )


def next_number(assignment: Assignment) -> int:
    """The number of the next applicant. The caller holds the assignment's lock."""
    highest = Application.objects.filter(assignment=assignment).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def tell_received(application: Application, *, now: datetime) -> None:
    """Mail the applicant that it has arrived, what happens next and when."""
    assignment = application.assignment
    tell(
        "application_received",
        [application.person_id],
        assignment,
        key=f"application-received-{application.pk}-{application.version}",
        now=now,
        path=reverse("assignments:my_application", args=[application.pk]),
        closes_on=assignment.closes_on.isoformat() if assignment.closes_on else "",
        answer_by=assignment.answer_by.isoformat() if assignment.answer_by else "",
    )


@transaction.atomic
def apply(assignment: Assignment, *, given: Given, by: Actor, now: datetime) -> Application:
    """Apply to take part. One who has withdrawn may apply again, in the same row and with the same number.

    Raises NotOpen (to who is being forgotten in another window too), OnlyByNomination, AlreadyApplied (with the first),
    Incomplete.
    """
    person = lock_person(person_of(by.whose))
    if person.forgotten_at:
        raise NotOpen
    assignment = lock_assignment(assignment.pk)
    mine = own_row(assignment, person.pk)
    if mine and mine.state != ApplicationState.WITHDRAWN:
        raise AlreadyApplied(mine.pk)
    check_open(assignment, now)
    if mine is None and StandingTerms.objects.filter(assignment=assignment, by_nomination=True).exists():
        raise OnlyByNomination
    answers = answers_of(assignment, given)
    if mine is None:
        mine = Application(assignment=assignment, person=person, number=next_number(assignment), applied_at=now)
    else:
        mine.assignment = assignment
        mine.version += 1
        mine.state, mine.withdrawn_at, mine.applied_at, mine.presented_at = ApplicationState.APPLIED, None, now, None
    write_given(mine, given, answers, by=by, now=now)
    record("assignments.applied", by=by, at=now, on=mine, assignment_id=assignment.pk, version=mine.version)
    tell_received(mine, now=now)
    return mine


@transaction.atomic
def change_application(
    application: Application, *, given: Given, expected_version: int, by: Actor, now: datetime
) -> Application:
    """Change one's own application while one can still apply; what it said before is kept.

    Raises CannotChange, ChangedMeanwhile, Incomplete.
    """
    application = lock_application(application)
    assignment = application.assignment
    today = timezone.localdate(now)
    if application.person_id != by.whose or not can_change(
        application.state, assignment.state, assignment.closes_on, today
    ):
        raise CannotChange
    if application.version != expected_version:
        raise ChangedMeanwhile(application.version)
    answers = answers_of(assignment, given)
    application.version += 1
    write_given(application, given, answers, by=by, now=now)
    record("assignments.application_changed", by=by, at=now, on=application, version=application.version)
    return application


def take_out(application: Application, *, by: Actor, now: datetime) -> bool:
    """The application no longer counts, and an agreement ends when the worker comes to it. Returns whether the person
    was chosen. The caller holds the locks, has decided, and tells whom it concerns."""
    was_chosen = application.state == ApplicationState.CHOSEN
    application.state, application.withdrawn_at = ApplicationState.WITHDRAWN, now
    application.version += 1
    application.save(update_fields=["state", "withdrawn_at", "version"])
    record("assignments.application_withdrawn", by=by, at=now, on=application, was_chosen=was_chosen)
    publish(
        "assignments.application_withdrawn",
        now=now,
        key=f"{application.pk}-{application.version}",
        application_id=application.pk,
    )
    return was_chosen


@transaction.atomic
def withdraw(application: Application, *, by: Actor, now: datetime) -> Application:
    """Withdraw, without a reason, at any time; an agreement ends and what was fixed is kept. Twice is once.

    Raises CannotWithdraw.
    """
    application = lock_application(application)
    assignment = application.assignment
    if application.person_id != by.whose:
        raise CannotWithdraw
    if application.state == ApplicationState.WITHDRAWN:
        return application
    if not can_withdraw(application.state, assignment.state):
        raise CannotWithdraw
    was_chosen = take_out(application, by=by, now=now)
    key = f"{application.pk}-{application.version}"
    tell("withdrawn", [application.person_id], assignment, key=f"withdrawn-{key}", now=now)
    if assignment.state != State.OPEN:
        tell_host_side(
            "somebody_withdrew",
            assignment,
            key=f"somebody-withdrew-{key}",
            now=now,
            number=application.number,
            was_chosen=was_chosen,
        )
    return application


@transaction.atomic
def say_yes_to_being_presented(application: Application, *, by: Actor, now: datetime) -> Application:
    """Let the host see one's name from now on. Saying yes twice changes nothing.

    Raises CannotChange.
    """
    application = lock_application(application)
    if application.person_id != by.whose:
        raise CannotChange
    if application.presented_at:
        return application
    if application.state not in {ApplicationState.APPLIED, ApplicationState.CHOSEN}:
        raise CannotChange
    application.presented_at = now
    application.save(update_fields=["presented_at"])
    record("assignments.presented", by=by, at=now, on=application)
    # The version: who withdrew, applied again and says yes anew is news again.
    key = f"{application.pk}-{application.version}"
    publish("assignments.presented", now=now, key=key, application_id=application.pk)
    if application.state == ApplicationState.CHOSEN:
        tell(
            "presented",
            hosts_of(application.assignment),
            application.assignment,
            key=f"presented-{key}",
            now=now,
            path=reverse("assignments:applicant", args=[application.assignment_id, application.pk]),
            number=application.number,
        )
    return application
