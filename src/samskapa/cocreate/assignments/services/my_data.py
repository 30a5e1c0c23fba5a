"""What happens to assignments when somebody has died, is forgotten, takes back a yes, or when time has run out.

The assignment's row is the lock, then the application's, as in applying.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.people.domain.my_data import BLANKED, GOES_ON, NotGiven
from samskapa.ground.people.models import Person, display_name

from ..domain import ApplicationState, Mandate, State
from ..domain.applying import can_withdraw
from ..domain.my_data import application_over_at
from ..models import (
    ANSWERED,
    Application,
    ApplicationAnswer,
    ApplicationRevision,
    Assignment,
    ConflictDeclaration,
    PartRevision,
    Party,
    PublicQuestion,
)
from ..queries import my_data as queries
from ..queries import retention
from ..queries.deciding import kept_by_decision
from .applying import lock_application, lock_assignment, take_out, withdraw
from .nominating import let_go
from .telling import coordinators_of, hosts_of, tell, tell_host_side

_NO_CONTACT = dict.fromkeys(queries.CONTACT, "")


# --- what stops -----------------------------------------------------------------------------------


@transaction.atomic
def end_applications(person_id: int, *, died: bool, by: Actor, now: datetime) -> None:
    """Withdraw the person from all they have applied to or take part in; let go of nominations that wait for them.

    Those on the other side are told: that somebody has withdrawn or, kindly and in words, that somebody has died. The
    person is told nothing.
    """
    person = Person.objects.get(pk=person_id)
    for found in queries.applications_of(person_id):
        application = lock_application(found)
        if not can_withdraw(application.state, application.assignment.state):
            continue
        is_known = application.presented_at is not None
        was_chosen = take_out(application, by=by, now=now)
        _tell_other_side(application, person, died=died, is_known=is_known, was_chosen=was_chosen, now=now)
    for waiting in queries.nominations_waiting(person_id):
        nomination = lock_application(waiting)
        if nomination.state == ApplicationState.NOMINATED:
            name = nomination.nominee_name
            let_go(nomination, now=now)
            _tell_organisation(nomination, name, died=died, now=now)


def _tell_other_side(
    application: Application, person: Person, *, died: bool, is_known: bool, was_chosen: bool, now: datetime
) -> None:
    assignment = application.assignment
    key = f"{application.pk}-{application.version}"
    if not died:
        if assignment.state != State.OPEN:
            tell_host_side(
                "somebody_withdrew",
                assignment,
                key=f"somebody-withdrew-{key}",
                now=now,
                number=application.number,
                was_chosen=was_chosen,
            )
        return
    everybody = coordinators_of(assignment)
    if assignment.state != State.OPEN:
        everybody = [*hosts_of(assignment), *everybody]
    tell(
        "somebody_died",
        everybody,
        assignment,
        key=f"somebody-died-{key}",
        now=now,
        path=reverse("assignments:applicants", args=[assignment.pk]),
        # A name that the unit has not been shown is not told by this either.
        name=display_name(person) if is_known else "",
        number=application.number,
        was_chosen=was_chosen,
    )
    if application.nominated_by_id:
        _tell_organisation(application, display_name(person), died=True, now=now)


def _tell_organisation(application: Application, name: str, *, died: bool, now: datetime) -> None:
    """Tell the one who nominated somebody that there is nobody to wait for. They know the name: they wrote it."""
    tell(
        "nomination_gone",
        [application.nominated_by_id],
        application.assignment,
        key=f"nomination-gone-{application.pk}-{application.version}",
        now=now,
        path=reverse("assignments:nominations"),
        name=name if died else "",  # who is forgotten is not named once more
        died=died,
    )


# --- blanking -------------------------------------------------------------------------------------


@transaction.atomic
def blank_applications(person_id: int, *, by: Actor, now: datetime) -> None:
    """Blank what the person wrote in every application. They are withdrawn from it already (`end_applications`).

    What was written to an organisation that has decided how long it is kept stays until then: a public body may not
    dispose of a document but by its decision (arkivlagen 1990:782, 10 §).
    """
    kept = kept_by_decision()
    for application in queries.applications_of(person_id):
        if application.assignment.area_id not in kept:
            blank(lock_application(application), by=by, now=now)


def blank(application: Application, *, by: Actor, now: datetime) -> bool:
    """Blank what was written by and about the person in one application; who, when and how it went stay. The caller
    holds the locks. Returns whether there was something."""
    if application.blanked_at:
        return False
    application.experience = application.access_needs = application.nomination_reason = ""
    application.answer_reason = BLANKED if application.state in ANSWERED else ""
    application.blanked_at = now
    application.save(update_fields=["experience", "access_needs", "nomination_reason", "answer_reason", "blanked_at"])
    ApplicationAnswer.objects.filter(application=application).update(text="")
    ApplicationRevision.objects.filter(application=application).delete()
    ConflictDeclaration.objects.filter(application=application).update(text="", assessment_text="")
    record("assignments.application_blanked", by=by, at=now, on=application)
    return True


@transaction.atomic
def blank_old_application(application_id: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """Blank an application that was over at or before `limit`. Returns whether it was so."""
    application = lock_application(Application.objects.get(pk=application_id))
    over_at = application_over_at(retention.course_of(application))
    if over_at is GOES_ON or over_at > limit or application.assignment.area_id in kept_by_decision():
        return False
    return blank(application, by=by, now=now)


@transaction.atomic
def keep_names(person_id: int, *, by: Actor, now: datetime) -> None:
    """Write the person's name into those of their agreements in which something was fixed: the unit keeps those, and
    the account's own name is about to go. Run before that."""
    person = Person.objects.get(pk=person_id)
    for agreement in queries.kept_agreements(person_id):
        Party.objects.filter(agreement=agreement, name_kept="").update(name_kept=display_name(person)[:150])
        record("assignments.agreement_name_kept", by=by, at=now, on=agreement)


@transaction.atomic
def blank_questions(person_id: int, *, by: Actor, now: datetime) -> None:
    """Take down and blank the person's questions that nobody has answered. An answered one stays: it never said who
    asked, and the answer is for everybody."""
    found = PublicQuestion.objects.select_for_update().filter(asked_by=person_id, answer="").exclude(text=BLANKED)
    for question in found.order_by("pk"):
        question.text = BLANKED
        if question.hidden_at is None:
            question.hidden_at, question.hidden_by_id, question.hidden_reason = now, person_id, BLANKED
        question.save(update_fields=["text", "hidden_at", "hidden_by", "hidden_reason"])
        record("assignments.question_blanked", by=by, at=now, on=question)


@transaction.atomic
def blank_contacts(person_id: int, *, by: Actor, now: datetime) -> None:
    """Blank the contact details that are the person's, wherever their address stands as a contact's."""
    for assignment in queries.contact_for(person_id):
        blank_contact(lock_assignment(assignment.pk), by=by, now=now)


def blank_contact(assignment: Assignment, *, by: Actor, now: datetime) -> None:
    """Blank the contact person, and from whom the need came, with every version of it. The caller holds the lock."""
    for name, empty in _NO_CONTACT.items():
        setattr(assignment, name, empty)
    assignment.contact_blanked_at = now
    assignment.save(update_fields=[*_NO_CONTACT, "contact_blanked_at"])
    for revision in PartRevision.objects.filter(part__assignment=assignment, part__key="contact"):
        revision.values = dict.fromkeys(revision.values, "")
        revision.save(update_fields=["values"])
    record("assignments.contact_blanked", by=by, at=now, on=assignment)


@transaction.atomic
def blank_old_contact(assignment_id: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """Blank the contact of an assignment whose work was over at or before `limit`. Returns whether it was so."""
    assignment = lock_assignment(assignment_id)
    over_at = retention.work_over(assignment)
    if assignment.contact_blanked_at or over_at is GOES_ON or over_at > limit:
        return False
    blank_contact(assignment, by=by, now=now)
    return True


# --- taking back a yes ----------------------------------------------------------------------------


@transaction.atomic
def take_back(person_id: int, *, key: str, thing_id: int, by: Actor, now: datetime) -> None:
    """Take back a consent, as `queries.my_data.consents_of` names it: "name", "mandate" or "words".

    Raises NotGiven, also where it is somebody else's.
    """
    mine = Application.objects.filter(pk=thing_id, person_id=person_id).first()
    if mine is None or key not in {"name", "mandate", "words"}:
        raise NotGiven
    application = lock_application(mine)
    if key == "name":
        _hide_name(application, by=by, now=now)
    elif key == "mandate":
        _leave_mandate(application, by=by, now=now)
    else:
        _take_back_words(application, by=by, now=now)


def _hide_name(application: Application, *, by: Actor, now: datetime) -> None:
    if not queries.may_hide_name(application):
        raise NotGiven
    application.presented_at = None
    application.version += 1
    application.save(update_fields=["presented_at", "version"])
    record("assignments.presented_taken_back", by=by, at=now, on=application)


def _leave_mandate(application: Application, *, by: Actor, now: datetime) -> None:
    if not queries.may_leave_mandate(application):
        raise NotGiven
    nominator = application.nominated_by_id
    if queries.is_only_by_nomination(application):
        withdraw(application, by=by, now=now)
    else:
        application.mandate, application.organisation = Mandate.INDIVIDUAL, None
        application.nominated_by = application.nominated_at = None
        application.nomination_reason = ""
        application.version += 1
        application.save(
            update_fields=["mandate", "organisation", "nominated_by", "nominated_at", "nomination_reason", "version"]
        )
    record("assignments.nomination_taken_back", by=by, at=now, on=application)
    tell(
        "nomination_answered",
        [nominator],
        application.assignment,
        key=f"nomination-taken-back-{application.pk}-{application.version}",
        now=now,
        path=reverse("assignments:nominations"),
        said_yes=False,
    )


def _take_back_words(application: Application, *, by: Actor, now: datetime) -> None:
    is_kept = application.assignment.area_id in kept_by_decision()
    if application.blanked_at or (is_kept and application.state != ApplicationState.APPLIED):
        raise NotGiven
    if application.state == ApplicationState.APPLIED:
        withdraw(application, by=by, now=now)
        application = lock_application(application)
    if not is_kept:
        blank(application, by=by, now=now)
