"""The documents that arise in assignments, for a public body's diary and for somebody who asks to read them.

Each answers (path of the region or municipality, since, until) -> list[Record] in a fixed number of queries, the oldest
first. Whoever has not said
yes to showing their name is a number here too.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskapa.ground.documents.domain.records import Passage, PastDue, Record, Watch, Way
from samskapa.ground.people.domain.my_data import BLANKED, GOES_ON
from samskapa.ground.people.models import display_name

from ..domain import ApplicationState, Assessment
from ..models import (
    ONLY_NOMINATED,
    Agreement,
    Application,
    Assignment,
    Choice,
    Comment,
    ConflictDeclaration,
    HandOver,
    PartComment,
    PublicQuestion,
    Revision,
    Statement,
    ToldBack,
    Version,
)
from .agreements import called
from .paper import fixed_version
from .retention import work_over
from .wording import ASSESSMENT

#: What a need says in whole sentences, in the order of its questions.
_NEED = {
    "why": gettext_lazy("Why"),
    "expected": gettext_lazy("What is expected"),
    "influence_how": gettext_lazy("How much one can influence"),
    "influence_reason": gettext_lazy("Why it is information alone"),
    "sources_note": gettext_lazy("Sources of knowledge"),
    "harm": gettext_lazy("Who might lose"),
    "harm_action": gettext_lazy("What is done about it"),
    "experience": gettext_lazy("Experience that is wanted"),
    "when_text": gettext_lazy("When"),
    "access": gettext_lazy("Accessibility"),
    "pay_note": gettext_lazy("Pay"),
    "result_use": gettext_lazy("How the result is used"),
    "cancelled_reason": gettext_lazy("Why it was called off"),
    "sent_back_reason": gettext_lazy("Why it was sent back"),
}


def _at(node_path: str, since: datetime, until: datetime, column: str, to: str = "assignment__") -> Q:
    return Q(**{f"{to}area__path": node_path, f"{column}__gte": since, f"{column}__lt": until})


def _said(*passages: Passage) -> tuple[Passage, ...]:
    return tuple(passage for passage in passages if passage.text)


def _applicant(application: Application) -> str:
    """The name where it is shown, else the number. A nomination that nobody has answered has neither. Who withdrew is
    a number again, as on the unit's own pages."""
    if application.presented_at and application.person and application.state != ApplicationState.WITHDRAWN:
        return display_name(application.person)
    if application.number:
        return called(application)
    return _("Somebody who is nominated")


def _title(assignment: Assignment) -> str:
    return assignment.title or _("A need without a title yet")


# --- the need and what is asked in the open -------------------------------------------------------


def need_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """Needs that were sent, from the moment they were; one that is only being written is no public document yet."""
    found = (
        Assignment.objects.filter(_at(node_path, since, until, "sent_at", ""))
        .select_related("unit", "raised_for")
        .order_by("sent_at", "pk")
    )
    records = []
    for need in found:
        if need.sent_at is None:
            continue
        contact = ", ".join(filter(None, (need.contact_name, need.contact_phone, need.contact_email, need.came_note)))
        texts = [Passage(label, getattr(need, name)) for name, label in _NEED.items()]
        sender = need.raised_for or need.unit
        records.append(
            Record(
                ref=str(need.pk),
                at=need.sent_at,
                way=Way.IN if need.raised_by_id else Way.MADE,
                who=sender.name if sender else "",
                about=_title(need),
                passages=_said(*texts, Passage(gettext_lazy("Contact person"), contact, Watch.NAME)),
                assignment_id=need.pk,
            )
        )
    return records


def need_comment_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """What was said of a need while it was written."""
    found = PartComment.objects.filter(_at(node_path, since, until, "written_at")).select_related(
        "assignment", "written_by"
    )
    return [
        Record(
            ref=str(comment.pk),
            at=comment.written_at,
            way=Way.MADE,
            who=display_name(comment.written_by),
            about=_title(comment.assignment),
            passages=_said(Passage(gettext_lazy("Comment"), comment.text)),
            assignment_id=comment.assignment_id,
        )
        for comment in found.order_by("written_at", "pk")
    ]


def question_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """Questions that came in, and answers that were given. Who asked is never named."""
    in_time = _at(node_path, since, until, "asked_at") | _at(node_path, since, until, "answered_at")
    records = []
    for question in PublicQuestion.objects.filter(in_time).select_related("assignment", "assignment__unit"):
        about = _title(question.assignment)
        asked = Passage(gettext_lazy("The question"), question.text, Watch.HEALTH)
        if since <= question.asked_at < until:
            who = _("Somebody who asked")
            records.append(
                Record(str(question.pk), question.asked_at, Way.IN, who, about, _said(asked), question.assignment_id)
            )
        if question.answered_at and since <= question.answered_at < until:
            answer = Passage(gettext_lazy("The answer"), question.answer)
            records.append(
                Record(
                    f"{question.pk}-S",
                    question.answered_at,
                    Way.OUT,
                    _("Everybody"),
                    about,
                    _said(asked, answer),
                    question.assignment_id,
                )
            )
    return sorted(records, key=lambda record: (record.at, record.ref))


# --- who applied, and what they were answered -----------------------------------------------------


def _applications(**wanted: Any) -> QuerySet[Application]:
    return Application.objects.filter(**wanted).select_related("assignment", "person", "organisation")


def application_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """Applications, and nominations beside them: two documents, from two senders. What was blanked says nothing any
    more."""
    applied = _applications().filter(_at(node_path, since, until, "applied_at")).exclude(state__in=ONLY_NOMINATED)
    records = [
        _application_record(application, application.applied_at)
        for application in applied.prefetch_related("answers", "answers__question").order_by("applied_at", "pk")
        if application.applied_at
    ]
    nominated = _applications().filter(_at(node_path, since, until, "nominated_at"))
    for nomination in nominated.order_by("nominated_at", "pk"):
        if nomination.nominated_at is None:
            continue
        reason = Passage(gettext_lazy("Why the person was nominated"), nomination.nomination_reason, Watch.BOTH)
        records.append(
            Record(
                ref=f"{nomination.pk}-N",
                at=nomination.nominated_at,
                way=Way.IN,
                who=nomination.organisation.name if nomination.organisation else "",
                about=_title(nomination.assignment),
                passages=_said(reason, Passage(gettext_lazy("Name"), nomination.nominee_name, Watch.NAME)),
                assignment_id=nomination.assignment_id,
                person_id=nomination.person_id,
            )
        )
    return sorted(records, key=lambda record: (record.at, record.ref))


def _application_record(application: Application, at: datetime) -> Record:
    answers = (
        Passage(answer.question.text, answer.text, Watch.BOTH)
        for answer in sorted(application.answers.all(), key=lambda each: each.question.position)
    )
    return Record(
        ref=str(application.pk),
        at=at,
        way=Way.IN,
        who=_applicant(application),
        about=_title(application.assignment),
        person_id=application.person_id,
        passages=_said(
            Passage(gettext_lazy("Own experience"), application.experience, Watch.BOTH),
            Passage(gettext_lazy("What the person needs to take part"), application.access_needs, Watch.HEALTH),
            Passage(gettext_lazy("Why the person was nominated"), application.nomination_reason, Watch.BOTH),
            *answers,
        ),
        assignment_id=application.assignment_id,
    )


def conflict_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """What applicants declared of conflicts of interest, and how it was assessed."""
    found = ConflictDeclaration.objects.filter(
        _at(node_path, since, until, "declared_at", "application__assignment__")
    ).select_related("application", "application__assignment", "application__person")
    return [
        Record(
            ref=str(declared.pk),
            at=declared.declared_at,
            way=Way.IN,
            who=_applicant(declared.application),
            about=_title(declared.application.assignment),
            passages=_said(
                Passage(
                    gettext_lazy("Conflict of interest"), _("Yes") if declared.has_conflict else _("No"), Watch.NOTHING
                ),
                Passage(gettext_lazy("What was declared"), declared.text, Watch.BOTH),
                Passage(
                    gettext_lazy("Assessment"),
                    str(ASSESSMENT[Assessment(declared.assessment)]) if declared.assessment else "",
                ),
                Passage(gettext_lazy("Reason of the assessment"), declared.assessment_text, Watch.BOTH),
            ),
            assignment_id=declared.application.assignment_id,
            person_id=declared.application.person_id,
        )
        for declared in found.order_by("declared_at", "pk")
    ]


def choice_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """Choices with their reasons. The chosen are numbers: names stand in the agreements."""
    found = Choice.objects.filter(_at(node_path, since, until, "chosen_at")).select_related("assignment", "chosen_by")
    records = []
    for choice in found.prefetch_related("chosen").order_by("chosen_at", "pk"):
        numbers = ", ".join(str(number) for number in sorted(each.number or 0 for each in choice.chosen.all()))
        records.append(
            Record(
                ref=str(choice.pk),
                at=choice.chosen_at,
                way=Way.MADE,
                who=display_name(choice.chosen_by),
                about=_title(choice.assignment),
                passages=_said(
                    Passage(gettext_lazy("Chosen, by number"), numbers),
                    Passage(gettext_lazy("Reason"), choice.reason, Watch.BOTH),
                ),
                assignment_id=choice.assignment_id,
            )
        )
    return records


def answer_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """What each applicant was answered."""
    found = _applications().filter(_at(node_path, since, until, "answered_at")).exclude(answer_reason="")
    return [
        Record(
            ref=str(application.pk),
            at=application.answered_at,
            way=Way.OUT,
            who=_applicant(application),
            about=_title(application.assignment),
            passages=_said(Passage(gettext_lazy("The answer"), application.answer_reason, Watch.BOTH)),
            assignment_id=application.assignment_id,
            person_id=application.person_id,
        )
        for application in found.order_by("answered_at", "pk")
        if application.answered_at
    ]


# --- agreements -----------------------------------------------------------------------------------


def version_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """Fixed versions of agreements. Their points are on the paper, which is the document."""
    found = Version.objects.filter(_at(node_path, since, until, "fixed_at", "agreement__root__")).select_related(
        "agreement__root", "agreement__application__person"
    )
    return [
        Record(
            ref=str(version.pk),
            at=version.fixed_at,
            way=Way.MADE,
            who=_applicant(version.agreement.application),
            about=_("%(title)s, version %(number)s")
            % {"title": _title(version.agreement.root), "number": version.number},
            passages=(),
            assignment_id=version.agreement.root_id,
            person_id=version.agreement.application.person_id,
            paper_id=version.pk,
        )
        for version in found.order_by("fixed_at", "pk")
    ]


def version_passages(version_id: int) -> tuple[Passage, ...]:
    """The points of a fixed version, one by one: to read, and to hand out where only a part may be."""
    version = Version.objects.select_related(
        "agreement__root__unit", "agreement__root__area", "agreement__application__person"
    ).get(pk=version_id)
    return tuple(
        Passage(f"{point.number}. {point.heading}".rstrip(), point.text, Watch.BOTH)
        for point in fixed_version(version.agreement, version).points
        if point.text
    )


def talk_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """What was said on the way to an agreement: comments, reasons, and what one hands over to the next."""
    root = "agreement__root__"
    comments = Comment.objects.filter(_at(node_path, since, until, "at", root)).select_related(
        "agreement__root", "agreement__application__person", "party"
    )
    statements = Statement.objects.filter(_at(node_path, since, until, "at", root)).exclude(reason="")
    handed = HandOver.objects.filter(_at(node_path, since, until, "named_at", root)).select_related(
        "agreement__root", "agreement__application__person"
    )
    records = [
        _talk(f"{comment.pk}-K", comment.at, comment.agreement, gettext_lazy("Comment"), comment.text)
        for comment in comments
    ]
    records += [
        _talk(f"{word.pk}-U", word.at, word.agreement, gettext_lazy("Reason"), word.reason)
        for word in statements.select_related("agreement__root", "agreement__application__person")
        if word.agreement
    ]
    records += [
        _talk(f"{each.pk}-O", each.named_at, each.agreement, gettext_lazy("What is handed over"), each.what)
        for each in handed
    ]
    return sorted(records, key=lambda record: (record.at, record.ref))


def _talk(ref: str, at: datetime, agreement: Agreement, label: Any, text: str) -> Record:
    about, who = _title(agreement.root), _applicant(agreement.application)
    said = _said(Passage(label, text, Watch.BOTH))
    return Record(ref, at, Way.MADE, who, about, said, agreement.root_id, person_id=agreement.application.person_id)


def told_back_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """What was told back of what an assignment led to."""
    found = ToldBack.objects.filter(_at(node_path, since, until, "told_at")).select_related("assignment")
    return [
        Record(
            ref=str(told.pk),
            at=told.told_at,
            way=Way.OUT,
            who=_("Everybody"),
            about=_title(told.assignment),
            passages=_said(Passage(gettext_lazy("What it led to"), told.text)),
            assignment_id=told.assignment_id,
        )
        for told in found.order_by("told_at", "pk")
    ]


# --- what a disposal decision reaches -------------------------------------------------------------


def agreements_past(node_path: str, limit: datetime) -> list[PastDue]:
    """Assignments whose work was over at or before `limit`, and whose agreements still say something."""
    with_words = Agreement.objects.filter(disposed_at=None, root__area__path=node_path)
    return _past(Assignment.objects.filter(pk__in=with_words.values("root")), limit)


def choices_past(node_path: str, limit: datetime) -> list[PastDue]:
    """Assignments whose work was over at or before `limit`, and in which a choice still gives its reason."""
    with_reason = Choice.objects.filter(assignment__area__path=node_path).exclude(reason=BLANKED)
    return _past(Assignment.objects.filter(pk__in=with_reason.values("assignment")), limit)


def _past(assignments: QuerySet[Assignment], limit: datetime) -> list[PastDue]:
    return [
        PastDue(each.pk, at, _title(each))
        for each in assignments.prefetch_related("agreements").order_by("pk").iterator(chunk_size=500)
        if (at := work_over(each)) is not GOES_ON and at <= limit
    ]


def words_of_agreements(assignment: Assignment) -> tuple[QuerySet[Any], QuerySet[Any], QuerySet[Any]]:
    """All wordings, reasons and comments of the assignment's agreements."""
    lines = assignment.lines.all()
    return (
        Revision.objects.filter(line__in=lines),
        Statement.objects.filter(revision__line__in=lines),
        Comment.objects.filter(line__in=lines),
    )
