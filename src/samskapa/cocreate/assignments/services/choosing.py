"""Choose with a reason, and answer everybody. The assignment's row is the lock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import publish, record

from ..domain import ApplicationState, Assessment, State
from ..domain.applying import person_of
from ..domain.choosing import (
    AlreadyAnswered,
    Candidate,
    NoChoiceYet,
    NotAsChosen,
    NotChoosing,
    NotWaiting,
    OwnMatter,
    ReasonMissing,
    Reply,
    check_choice,
    check_finish,
    check_move,
)
from ..models import ANSWERED, Application, Assignment, Choice, ConflictDeclaration, StandingTerms
from .telling import tell


def _lock_choosing(assignment_id: int) -> Assignment:
    assignment = Assignment.objects.select_for_update(of=("self",)).select_related("unit", "area").get(pk=assignment_id)
    if assignment.state != State.CHOOSING:
        raise NotChoosing
    return assignment


def check_not_own(assignment: Assignment, by: Actor) -> None:
    """Raises OwnMatter where `by` has applied, in whatever capacity they act now. The caller holds the lock."""
    if by.person_id is None:
        return
    theirs = Application.objects.filter(assignment=assignment, person_id=by.person_id, number__isnull=False)
    if theirs.exclude(state=ApplicationState.WITHDRAWN).exists():
        raise OwnMatter


def candidates_of(assignment: Assignment) -> list[Candidate]:
    """The applications of an assignment, as choosing needs them."""
    rows = Application.objects.filter(assignment=assignment, number__isnull=False).values_list(
        "pk", "state", "conflict__has_conflict", "conflict__assessment", "is_deputy"
    )
    return [
        Candidate(pk, ApplicationState(state), bool(has_conflict), assessment or "", is_deputy)
        for pk, state, has_conflict, assessment, is_deputy in rows
    ]


@transaction.atomic
def assess_conflict(
    application: Application, *, assessment: Assessment | str, text: str, by: Actor, now: datetime
) -> ConflictDeclaration:
    """The coordinator's assessment of what was declared; may be made anew until the person has an answer.

    Raises OwnMatter, ReasonMissing, AlreadyAnswered, ConflictDeclaration.DoesNotExist where nothing was declared.
    """
    assignment = Assignment.objects.select_for_update().get(pk=application.assignment_id)
    check_not_own(assignment, by)
    application = Application.objects.select_for_update().get(pk=application.pk)
    if not text.strip():
        raise ReasonMissing
    if application.state in ANSWERED:
        raise AlreadyAnswered(_reply(application))
    conflict = ConflictDeclaration.objects.select_for_update().get(application=application)
    conflict.assessment, conflict.assessment_text = Assessment(assessment), text.strip()
    conflict.assessed_at, conflict.assessed_by_id = now, by.person_id
    conflict.save(update_fields=["assessment", "assessment_text", "assessed_at", "assessed_by_id"])
    record("assignments.conflict_assessed", by=by, at=now, on=application, assessment=conflict.assessment)
    return conflict


@transaction.atomic
def make_choice(
    assignment: Assignment,
    *,
    chosen: Iterable[int],
    reason: str,
    method: str,
    by: Actor,
    now: datetime,
    deputies: Iterable[int] = (),
) -> Choice:
    """Say who is chosen, how and why. Nobody is told before they are answered; a new choice replaces the former.

    The same choice by the same person once more is a button pressed twice, and nothing new.

    chosen: ids of applications. method: the key of a way of choosing (config/slots.py). deputies: ids of those who
    are chosen as deputies of a standing assignment, in `chosen` or not.
    Raises NotChoosing, ReasonMissing, NobodyChosen, OnlyDeputies, TooManyDeputies, NotAmongApplicants,
    ExcludedByConflict, ConflictNotAssessed, AnsweredOtherwise, OwnMatter.
    """
    assignment = _lock_choosing(assignment.pk)
    check_not_own(assignment, by)
    deputies = sorted(set(deputies))
    chosen = sorted({*chosen, *deputies})
    terms = StandingTerms.objects.filter(assignment=assignment).first()
    check_choice(
        candidates_of(assignment),
        chosen,
        reason,
        deputies=deputies,
        most_deputies=terms.deputies if terms else 0,
    )
    latest = Choice.objects.filter(assignment=assignment).order_by("-number").first()
    is_same = latest and (latest.method, latest.reason, latest.chosen_by_id) == (method, reason.strip(), by.person_id)
    if latest and is_same and _picked(latest) == (chosen, deputies):
        return latest
    choice = Choice.objects.create(
        assignment=assignment,
        number=latest.number + 1 if latest else 1,
        method=method,
        reason=reason.strip(),
        chosen_at=now,
        chosen_by_id=person_of(by.person_id),
        chosen_as=by.role,
    )
    choice.chosen.set(chosen)
    choice.deputies.set(deputies)
    record(
        "assignments.choice_made",
        by=by,
        at=now,
        on=assignment,
        choice_id=choice.pk,
        chosen=chosen,
        deputies=deputies,
        method=method,
        # Whom the one who chooses has written the application for: it shows.
        helped_by_chooser=sorted(
            Application.objects.filter(pk__in=chosen, helped_by_id=by.person_id).values_list("pk", flat=True)
        ),
    )
    return choice


def _picked(choice: Choice) -> tuple[list[int], list[int]]:
    """Ids of the chosen, and of the deputies among them."""
    return (
        sorted(choice.chosen.values_list("pk", flat=True)),
        sorted(choice.deputies.values_list("pk", flat=True)),
    )


def _reply(application: Application) -> Reply:
    return Reply(
        ApplicationState(application.state),
        application.answer_reason,
        application.answered_by_id or 0,
        application.is_deputy,
    )


@transaction.atomic
def answer_applicant(
    application: Application,
    *,
    outcome: ApplicationState | str,
    reason: str,
    expected_version: int,
    by: Actor,
    now: datetime,
    as_deputy: bool | None = None,
) -> Application:
    """Tell an applicant the outcome, with the reason, by mail and on their page. Once.

    The same answer by the same person once more is a button pressed twice.

    expected_version: the application's version when the answer was begun. as_deputy: what the page said of it, so
    that nothing is sent if the choice has changed since; None: as the choice says.
    Raises NotChoosing, AlreadyAnswered (with what was sent), NotWaiting, ReasonMissing, NoChoiceYet, NotAsChosen,
    OwnMatter.
    """
    assignment = (
        Assignment.objects.select_for_update(of=("self",)).select_related("unit").get(pk=application.assignment_id)
    )
    application = Application.objects.select_for_update().get(pk=application.pk)
    application.assignment = assignment
    if application.state in ANSWERED:
        given = _reply(application)
        deputy = given.is_deputy if as_deputy is None else as_deputy
        if given == Reply(ApplicationState(outcome), reason.strip(), by.person_id or 0, deputy):
            return application
        raise AlreadyAnswered(given)
    if assignment.state != State.CHOOSING:
        raise NotChoosing
    check_not_own(assignment, by)
    if application.state != ApplicationState.APPLIED or application.version != expected_version:
        raise NotWaiting
    if not reason.strip():
        raise ReasonMissing
    choice = Choice.objects.filter(assignment=assignment).order_by("-number").first()
    if choice is None:
        raise NoChoiceYet
    outcome = ApplicationState(outcome)
    picked = choice.chosen.filter(pk=application.pk).exists()
    if outcome not in ANSWERED or picked != (outcome == ApplicationState.CHOSEN):
        raise NotAsChosen
    is_deputy = choice.deputies.filter(pk=application.pk).exists()
    if as_deputy is not None and as_deputy != is_deputy:
        raise NotAsChosen
    give_answer(application, outcome=outcome, is_deputy=is_deputy, reason=reason, by=by, now=now)
    return application


def give_answer(
    application: Application,
    *,
    outcome: ApplicationState,
    reason: str,
    by: Actor,
    now: datetime,
    is_deputy: bool = False,
) -> None:
    """Store and mail the answer. The caller holds the locks and has decided."""
    application.state, application.answer_reason, application.is_deputy = outcome, reason.strip(), is_deputy
    application.answered_at, application.answered_by_id = now, by.person_id
    application.version += 1
    application.save(update_fields=["state", "answer_reason", "answered_at", "answered_by_id", "version", "is_deputy"])
    record("assignments.applicant_answered", by=by, at=now, on=application, outcome=outcome.value, is_deputy=is_deputy)
    tell(
        f"answered_{outcome.value}",
        [application.person_id],
        application.assignment,
        key=f"answered-{application.pk}-{application.version}",
        now=now,
        path=reverse("assignments:my_application", args=[application.pk]),
        reason=application.answer_reason,
        is_presented=application.presented_at is not None,
        is_deputy=is_deputy,
    )
    if application.nominated_by_id:
        tell(
            "nominee_answered",
            [application.nominated_by_id],
            application.assignment,
            key=f"nominee-answered-{application.pk}-{application.version}",
            now=now,
            path=reverse("assignments:nominations"),
            chosen=outcome == ApplicationState.CHOSEN,
            is_deputy=is_deputy,
        )


@transaction.atomic
def finish_choosing(assignment: Assignment, *, by: Actor, now: datetime) -> Assignment:
    """Everybody has an answer: go on to the agreements. Twice is once.

    Raises NotChoosing, StillUnanswered, NobodyChosen.
    """
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if assignment.state == State.AGREEING:
        return assignment
    if assignment.state != State.CHOOSING:
        raise NotChoosing
    check_finish(candidates_of(assignment))
    check_move(assignment.state, State.AGREEING)
    assignment.state = State.AGREEING
    assignment.save(update_fields=["state"])
    record("assignments.choosing_finished", by=by, at=now, on=assignment)
    publish("assignments.choosing_finished", now=now, key=str(assignment.pk), assignment_id=assignment.pk)
    return assignment
