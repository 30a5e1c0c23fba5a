"""Apply, change, withdraw, be nominated. The assignment's row is the lock: all of it waits for all of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.services import publish, record
from samskapa.ground.organisations.models import Node
from samskapa.ground.organisations.services import invite
from samskapa.ground.people.models import Person

from ..domain import ApplicationState, Mandate, State
from ..domain.applying import (
    AlreadyApplied,
    AlreadyNominated,
    CannotChange,
    CannotWithdraw,
    ChangedMeanwhile,
    Given,
    Incomplete,
    NotOpen,
    NotWaitingForAnswer,
    OnlyByNomination,
    can_change,
    can_withdraw,
    check_given,
    is_open,
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


def _lock(assignment_id: int) -> Assignment:
    return Assignment.objects.select_for_update(of=("self",)).select_related("unit", "area").get(pk=assignment_id)


def _lock_application(application: Application) -> Application:
    """The assignment first, then the application: always in this order, so that nobody waits in a ring."""
    assignment = _lock(application.assignment_id)
    application = Application.objects.select_for_update().get(pk=application.pk)
    application.assignment = assignment
    return application


def _check_open(assignment: Assignment, now: datetime) -> None:
    if not is_open(assignment.state, assignment.closes_on, timezone.localdate(now)):
        raise NotOpen


def _active(assignment: Assignment, person_id: int) -> Application | None:
    """The person's own row, withdrawn or not; there is at most one."""
    return (
        Application.objects.select_for_update()
        .filter(assignment=assignment, person_id=person_id)
        .exclude(state__in=ONLY_NOMINATED)
        .first()
    )


def _check_given(assignment: Assignment, given: Given) -> dict[int, str]:
    """Refuse what is incomplete; the answers to this assignment's own questions, and no others."""
    questions = list(ApplicantQuestion.objects.filter(assignment=assignment))
    check_given(
        given, required=[q.pk for q in questions if q.is_required], ask_conflict=bool(assignment.conflict_matter)
    )
    return {q.pk: given.answers.get(q.pk, "").strip() for q in questions}


def _write(application: Application, given: Given, answers: dict[int, str], *, now: datetime) -> None:
    """Store what the applicant says, and keep this version of it."""
    assignment = application.assignment
    application.experience = given.experience.strip()
    application.access_needs = given.access_needs.strip()
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


def _next_number(assignment: Assignment) -> int:
    highest = Application.objects.filter(assignment=assignment).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _tell_received(application: Application, *, now: datetime) -> None:
    assignment = application.assignment
    tell(
        "application_received",
        [application.person_id],
        assignment,
        key=f"application-received-{application.pk}-{application.version}",
        now=now,
        path=reverse("assignments:my_application", args=[application.pk]),
        closes_on=assignment.closes_on.isoformat(),
        answer_by=assignment.answer_by.isoformat(),
    )


@transaction.atomic
def apply(assignment: Assignment, *, given: Given, by: Actor, now: datetime) -> Application:
    """Apply to take part. One who has withdrawn may apply again, in the same row and with the same number.

    Raises NotOpen, OnlyByNomination, AlreadyApplied (with the first), Incomplete.
    """
    assignment = _lock(assignment.pk)
    mine = _active(assignment, by.person_id)
    if mine and mine.state != ApplicationState.WITHDRAWN:
        raise AlreadyApplied(mine.pk)
    _check_open(assignment, now)
    if mine is None and StandingTerms.objects.filter(assignment=assignment, by_nomination=True).exists():
        raise OnlyByNomination
    answers = _check_given(assignment, given)
    if mine is None:
        mine = Application(
            assignment=assignment, person_id=by.person_id, number=_next_number(assignment), applied_at=now
        )
    else:
        mine.assignment = assignment
        mine.version += 1
        mine.state, mine.withdrawn_at, mine.applied_at, mine.presented_at = ApplicationState.APPLIED, None, now, None
    _write(mine, given, answers, now=now)
    record("assignments.applied", by=by, at=now, on=mine, assignment_id=assignment.pk, version=mine.version)
    _tell_received(mine, now=now)
    return mine


@transaction.atomic
def change_application(
    application: Application, *, given: Given, expected_version: int, by: Actor, now: datetime
) -> Application:
    """Change one's own application while one can still apply; what it said before is kept.

    Raises CannotChange, ChangedMeanwhile, Incomplete.
    """
    application = _lock_application(application)
    assignment = application.assignment
    today = timezone.localdate(now)
    if application.person_id != by.person_id or not can_change(
        application.state, assignment.state, assignment.closes_on, today
    ):
        raise CannotChange
    if application.version != expected_version:
        raise ChangedMeanwhile(application.version)
    answers = _check_given(assignment, given)
    application.version += 1
    _write(application, given, answers, now=now)
    record("assignments.application_changed", by=by, at=now, on=application, version=application.version)
    return application


@transaction.atomic
def withdraw(application: Application, *, by: Actor, now: datetime) -> Application:
    """Withdraw, without a reason, at any time before the agreement is fixed. Twice is once.

    Raises CannotWithdraw.
    """
    application = _lock_application(application)
    assignment = application.assignment
    if application.person_id != by.person_id:
        raise CannotWithdraw
    if application.state == ApplicationState.WITHDRAWN:
        return application
    if not can_withdraw(application.state, assignment.state):
        raise CannotWithdraw
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
    application = _lock_application(application)
    if application.person_id != by.person_id:
        raise CannotChange
    if application.presented_at:
        return application
    if application.state not in {ApplicationState.APPLIED, ApplicationState.CHOSEN}:
        raise CannotChange
    application.presented_at = now
    application.save(update_fields=["presented_at"])
    record("assignments.presented", by=by, at=now, on=application)
    publish("assignments.presented", now=now, key=str(application.pk), application_id=application.pk)
    if application.state == ApplicationState.CHOSEN:
        tell(
            "presented",
            hosts_of(application.assignment),
            application.assignment,
            key=f"presented-{application.pk}",
            now=now,
            path=reverse("assignments:applicant", args=[application.assignment_id, application.pk]),
            number=application.number,
        )
    return application


# --- nominations ----------------------------------------------------------------------------------


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
    assignment = _lock(assignment.pk)
    _check_open(assignment, now)
    email = email.strip()
    missing = [
        field
        for field, value in (("name", name), ("email", email), ("reason", reason))
        if not value.strip()
    ]
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
        nominee_name=" ".join(name.split()),
    )
    record("assignments.nominated", by=by, at=now, on=nomination, assignment_id=assignment.pk)
    invite(
        email,
        name=nomination.nominee_name,
        next_path=reverse("assignments:nomination", args=[nomination.pk]),
        by=by,
        now=now,
        key=f"assignments.nomination:{nomination.pk}",
    )
    return nomination


def _own_nomination(nomination: Application, by: Actor) -> tuple[Application, Person]:
    nomination = _lock_application(nomination)
    person = Person.objects.get(pk=by.person_id)
    if nomination.state != ApplicationState.NOMINATED:
        raise NotWaitingForAnswer
    if not person.email or person.email.casefold() != nomination.nominee_email.casefold():
        raise NotWaitingForAnswer
    return nomination, person


@transaction.atomic
def accept_nomination(nomination: Application, *, given: Given, by: Actor, now: datetime) -> Application:
    """The nominated person says yes and completes the application, which is then like any other.

    Raises NotWaitingForAnswer, NotOpen, AlreadyApplied, Incomplete.
    """
    nomination, person = _own_nomination(nomination, by)
    assignment = nomination.assignment
    _check_open(assignment, now)
    mine = _active(assignment, person.pk)
    if mine and mine.state != ApplicationState.WITHDRAWN:
        raise AlreadyApplied(mine.pk)
    answers = _check_given(assignment, given)
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
        nomination.number = _next_number(assignment)
        nomination.person = person
    nomination.state, nomination.applied_at = ApplicationState.APPLIED, now
    nomination.nominee_email = nomination.nominee_name = ""
    _write(nomination, given, answers, now=now)
    record("assignments.nomination_accepted", by=by, at=now, on=nomination, nomination_id=nomination_id)
    _tell_received(nomination, now=now)
    _tell_nominator(nomination, now=now)
    return nomination


@transaction.atomic
def join_nomination(nomination: Application, *, by: Actor, now: datetime) -> Application:
    """One who had applied already says yes to being nominated: the first application gets the mandate; no second.

    Raises NotWaitingForAnswer, CannotChange (no application of one's own, or it has a mandate already).
    """
    nomination, person = _own_nomination(nomination, by)
    mine = _active(nomination.assignment, person.pk)
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
    nomination.save(
        update_fields=["state", "nominee_email", "nominee_name", "nomination_reason", "version"]
    )
    record("assignments.nomination_declined", by=by, at=now, on=nomination)
    _tell_nominator(nomination, now=now)
    return nomination


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
        nomination.state = ApplicationState.LAPSED
        nomination.nominee_email = nomination.nominee_name = nomination.nomination_reason = ""
        nomination.save(update_fields=["state", "nominee_email", "nominee_name", "nomination_reason"])
        record("assignments.nomination_lapsed", by=SYSTEM, at=now, on=nomination)
        tell(
            "nomination_lapsed",
            [nomination.nominated_by_id],
            assignment,
            key=f"nomination-lapsed-{nomination.pk}",
            now=now,
            path=reverse("assignments:nominations"),
        )
