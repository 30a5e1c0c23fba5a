"""A person's own data in assignments: what they applied with, agreed to, asked and raised; and when its time is out."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskapa.ground.core.domain import Actor
from samskapa.ground.people.domain.my_data import Consent, Fact, Matter, Row
from samskapa.ground.people.models import Person

from ..domain import ApplicationState, State
from ..domain.applying import can_withdraw
from ..models import Agreement, Application, ApplicationAnswer, Assignment, PartComment, PublicQuestion, ToldBack
from .agreements import Seat, history_for, own_agreements, representative_party, sheet_for
from .deciding import kept_by_decision
from .wording import STATE_TO_APPLICANT

#: In these the contact person is needed: somebody else must be named before they go.
NEEDS_CONTACT = [State.OPEN, State.CHOOSING, State.AGREEING]
#: What a need says of its contact person, and of whom it came from.
CONTACT = ("contact_name", "contact_title", "contact_phone", "contact_email", "contact_hours", "came_note")

# --- applications ---------------------------------------------------------------------------------


def applications_of(person_id: int) -> QuerySet[Application]:
    """All the person's own, in whatever state, the oldest first."""
    answers = ApplicationAnswer.objects.select_related("question").order_by("question__position")
    return (
        Application.objects.filter(person_id=person_id)
        .select_related("assignment", "assignment__standing_terms", "organisation", "conflict", "agreement")
        .prefetch_related(Prefetch("answers", queryset=answers), "revisions")
        .order_by("pk")
    )


def nominations_waiting(person_id: int) -> QuerySet[Application]:
    """Nominations to the person's address that nobody has answered."""
    address = Person.objects.filter(pk=person_id).values_list("email", flat=True).first()
    if not address:
        return Application.objects.none()
    return Application.objects.filter(state=ApplicationState.NOMINATED, nominee_email__iexact=address).order_by("pk")


def application_rows_of(person_id: int) -> list[Row]:
    """Every application with what was written in each version, and the nominations that wait for an answer."""
    rows = [Row(application.assignment.title, _facts(application)) for application in applications_of(person_id)]
    for nomination in nominations_waiting(person_id).select_related("assignment", "organisation"):
        rows.append(
            Row(
                nomination.assignment.title,
                (
                    Fact("nominated_by", gettext_lazy("Nominated by"), _organisation(nomination)),
                    Fact("reason", gettext_lazy("Why"), nomination.nomination_reason),
                    Fact("nominated_at", gettext_lazy("When"), nomination.nominated_at),
                    Fact("name", gettext_lazy("Name"), nomination.nominee_name),
                    Fact("email", gettext_lazy("E-mail"), nomination.nominee_email),
                ),
            )
        )
    return rows


def _organisation(application: Application) -> str:
    return application.organisation.name if application.organisation else ""


def _facts(application: Application) -> tuple[Fact, ...]:
    conflict = getattr(application, "conflict", None)
    answers = [f"{answer.question.text} {answer.text}" for answer in application.answers.all()]
    before = [_as_written(revision.values) for revision in application.revisions.all()]
    return (
        Fact("state", gettext_lazy("How it went"), str(STATE_TO_APPLICANT[ApplicationState(application.state)])),
        Fact("number", gettext_lazy("Number"), application.number),
        Fact("applied_at", gettext_lazy("Applied"), application.applied_at),
        Fact("experience", gettext_lazy("Your experience"), application.experience),
        Fact("access_needs", gettext_lazy("What you need to take part"), application.access_needs),
        Fact("answers", gettext_lazy("Your answers"), answers),
        Fact("organisation", gettext_lazy("For which organisation"), _organisation(application)),
        Fact("nomination_reason", gettext_lazy("Why you were nominated"), application.nomination_reason),
        Fact("presented_at", gettext_lazy("Said yes to showing your name"), application.presented_at),
        Fact("withdrawn_at", gettext_lazy("Withdrew"), application.withdrawn_at),
        Fact("answered_at", gettext_lazy("Answered"), application.answered_at),
        Fact("answer_reason", gettext_lazy("The answer's reason"), application.answer_reason),
        Fact("has_conflict", gettext_lazy("Declared a conflict of interest"), conflict and conflict.has_conflict),
        Fact("conflict_text", gettext_lazy("What you said of it"), conflict.text if conflict else ""),
        Fact("conflict_assessment", gettext_lazy("How it was assessed"), conflict.assessment_text if conflict else ""),
        Fact("versions", gettext_lazy("What you wrote, version by version"), before),
    )


def _as_written(values: dict) -> str:
    """One version as one text: each thing that was written, without the names of columns."""
    texts = [values.get("experience"), values.get("access_needs"), values.get("conflict_text")]
    texts += list((values.get("answers") or {}).values())
    return " / ".join(str(text) for text in texts if text)


def matters_of(person_id: int) -> list[Matter]:
    """Applications and agreements that would end or stay; and where the person is the contact that others rely on."""
    found, kept = [], kept_by_decision()
    for application in applications_of(person_id):
        if application.assignment.area_id in kept and application.experience and not application.blanked_at:
            what = _(
                "What you wrote when you applied to “%(title)s” stays, without your name, as long as the region or "
                "municipality has decided that it is kept."
            )
            found.append(Matter(what % {"title": application.assignment.title}, ""))
        if not can_withdraw(application.state, application.assignment.state):
            continue
        what = _("You take part in “%(title)s”. You are withdrawn from it, and the unit is told.")
        if application.state == ApplicationState.APPLIED:
            what = _("You have applied to “%(title)s”. Your application is withdrawn.")
        path = reverse("assignments:my_application", args=[application.pk])
        found.append(Matter(what % {"title": application.assignment.title}, path))
    for assignment in contact_for(person_id).filter(state__in=NEEDS_CONTACT):
        what = _("You are the contact person of “%(title)s”. Name somebody else first.")
        path = reverse("assignments:need_part", args=[assignment.pk, "contact"])
        found.append(Matter(what % {"title": assignment.title}, path, blocks=True))
    return found


def contact_for(person_id: int) -> QuerySet[Assignment]:
    """Assignments whose contact has the person's address."""
    address = Person.objects.filter(pk=person_id).values_list("email", flat=True).first()
    if not address:
        return Assignment.objects.none()
    return Assignment.objects.filter(contact_email__iexact=address).order_by("pk")


# --- consents -------------------------------------------------------------------------------------


def consents_of(person_id: int) -> list[Consent]:
    """What the person has said yes to in applications, and has not taken back."""
    found, kept = [], kept_by_decision()
    for application in applications_of(person_id):
        title, at = application.assignment.title, application.applied_at
        is_kept = application.assignment.area_id in kept
        if may_hide_name(application):
            found.append(
                Consent(
                    "name",
                    application.pk,
                    title,
                    _("The unit sees your name."),
                    _("The unit no longer sees who you are. Your application stays."),
                    application.presented_at,
                )
            )
        if may_leave_mandate(application):
            follows = _("You go on as yourself, and the organisation is told.")
            if is_only_by_nomination(application):
                follows = _("One can only take part here for an organisation, so your application is withdrawn.")
            found.append(
                Consent(
                    "mandate",
                    application.pk,
                    title,
                    _("%(organisation)s has nominated you.") % {"organisation": _organisation(application)},
                    follows,
                    at,
                )
            )
        if application.blanked_at or not application.experience:
            continue
        if not is_kept or application.state == ApplicationState.APPLIED:
            follows = _("What you wrote is blanked. The row stays, so that it can be counted.")
            if is_kept:
                follows = _(
                    "Your application is withdrawn. What you wrote stays as long as the region or municipality has "
                    "decided that it is kept."
                )
            elif application.state == ApplicationState.APPLIED:
                follows = _("Your application is withdrawn, and what you wrote is blanked.")
            elif application.state == ApplicationState.CHOSEN:
                follows = _("What you wrote is blanked, and you are still chosen. The agreement's own points stay.")
            found.append(
                Consent("words", application.pk, title, _("You have told about your experience."), follows, at)
            )
    return found


def may_hide_name(application: Application) -> bool:
    """Whether the yes to showing one's name can be taken back: before the answer. Once chosen, one withdraws."""
    return application.presented_at is not None and application.state == ApplicationState.APPLIED


def may_leave_mandate(application: Application) -> bool:
    """Whether the yes to being nominated can be taken back: before the answer."""
    return application.nominated_by_id is not None and application.state == ApplicationState.APPLIED


def is_only_by_nomination(application: Application) -> bool:
    terms = getattr(application.assignment, "standing_terms", None)
    return bool(terms and terms.by_nomination)


# --- agreements, questions, needs -----------------------------------------------------------------


def agreement_rows_of(person_id: int) -> list[Row]:
    """Every agreement in which the person is a party: its points as they stand, and what was said, by whom."""
    rows = []
    for agreement in own_agreements(Actor(person_id=person_id)).order_by("pk"):
        seat = Seat(representative_party(agreement), is_representative=True)
        lines = sheet_for(agreement, seat).lines
        points = [f"{line.number}. {line.owner}: {line.text or line.proposed_text} ({line.state})" for line in lines]
        said = [
            " ".join(filter(None, (moment.sentence, moment.quote, moment.reason)))
            for moment in history_for(agreement, seat)
        ]
        comments = [
            f"{comment.at:%Y-%m-%d} {comment.who}: {comment.text}" for line in lines for comment in line.comments
        ]
        rows.append(
            Row(
                agreement.root.title,
                (
                    Fact("created_at", gettext_lazy("Drafted"), agreement.created_at),
                    Fact("settled_at", gettext_lazy("Settled"), agreement.settled_at),
                    Fact("ended_at", gettext_lazy("Ended"), agreement.ended_at),
                    Fact("points", gettext_lazy("The points"), points),
                    Fact("said", gettext_lazy("What has happened"), said),
                    Fact("comments", gettext_lazy("Comments"), comments),
                ),
            )
        )
    return rows


def question_rows_of(person_id: int) -> list[Row]:
    """Questions that the person asked or answered in public, and what they told back."""
    questions = PublicQuestion.objects.filter(Q(asked_by=person_id) | Q(answered_by=person_id))
    rows = [
        Row(
            question.assignment.title,
            (
                Fact("asked_at", gettext_lazy("Asked"), question.asked_at),
                Fact("text", gettext_lazy("The question"), question.text),
                Fact("answer", gettext_lazy("The answer"), question.answer),
                Fact("answered_at", gettext_lazy("Answered"), question.answered_at),
                Fact("asked_by_you", gettext_lazy("You asked"), question.asked_by_id == person_id),
            ),
        )
        for question in questions.select_related("assignment").order_by("pk")
    ]
    for told in ToldBack.objects.filter(told_by=person_id).select_related("assignment").order_by("pk"):
        facts = (Fact("told_at", gettext_lazy("Told"), told.told_at), Fact("text", gettext_lazy("Text"), told.text))
        rows.append(Row(told.assignment.title, facts))
    return rows


def need_rows_of(person_id: int) -> list[Row]:
    """Needs that the person raised or wrote, or is the contact of; and what they said of them."""
    own = Assignment.objects.filter(Q(created_by=person_id) | Q(raised_by=person_id)) | contact_for(person_id)
    rows = [
        Row(
            need.title or gettext_lazy("A need without a title yet"),
            (
                Fact("created_at", gettext_lazy("Begun"), need.created_at),
                Fact("why", gettext_lazy("Why"), need.why),
                Fact("contact", gettext_lazy("Contact"), ", ".join(filter(None, _contact_of(need)))),
            ),
        )
        for need in own.distinct().order_by("pk")
    ]
    for comment in PartComment.objects.filter(written_by=person_id).select_related("assignment").order_by("pk"):
        rows.append(
            Row(
                comment.assignment.title or gettext_lazy("A need without a title yet"),
                (
                    Fact("written_at", gettext_lazy("When"), comment.written_at),
                    Fact("text", gettext_lazy("Your comment"), comment.text),
                ),
            )
        )
    return rows


def _contact_of(need: Assignment) -> list[str]:
    return [getattr(need, name) for name in CONTACT]


def kept_agreements(person_id: int) -> QuerySet[Agreement]:
    """Agreements of the person in which something was fixed, and that are not disposed of: the unit's to keep."""
    found = Agreement.objects.filter(application__person_id=person_id, versions__isnull=False, disposed_at=None)
    return found.distinct().order_by("pk")
