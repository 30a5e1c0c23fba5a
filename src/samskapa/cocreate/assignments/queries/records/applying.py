"""Who applied, what they declared, how it was chosen, and what they were answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskapa.ground.documents.domain.records import Passage, Record, Watch, Way
from samskapa.ground.people.models import display_name

from ...domain import Assessment
from ...models import (
    ONLY_NOMINATED,
    Application,
    Choice,
    ConflictDeclaration,
)
from ..wording import ASSESSMENT
from .naming import applicant, in_time, said_of, title_of


def _applications(**wanted: Any) -> QuerySet[Application]:
    return Application.objects.filter(**wanted).select_related("assignment", "person", "organisation")


def application_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """Applications, and nominations beside them: two documents, from two senders. What was blanked says nothing any
    more."""
    applied = _applications().filter(in_time(node_path, since, until, "applied_at")).exclude(state__in=ONLY_NOMINATED)
    records = [
        _application_record(application, application.applied_at)
        for application in applied.prefetch_related("answers", "answers__question").order_by("applied_at", "pk")
        if application.applied_at
    ]
    nominated = _applications().filter(in_time(node_path, since, until, "nominated_at"))
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
                about=title_of(nomination.assignment),
                passages=said_of(reason, Passage(gettext_lazy("Name"), nomination.nominee_name, Watch.NAME)),
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
        who=applicant(application),
        about=title_of(application.assignment),
        person_id=application.person_id,
        passages=said_of(
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
        in_time(node_path, since, until, "declared_at", "application__assignment__")
    ).select_related("application", "application__assignment", "application__person")
    return [
        Record(
            ref=str(declared.pk),
            at=declared.declared_at,
            way=Way.IN,
            who=applicant(declared.application),
            about=title_of(declared.application.assignment),
            passages=said_of(
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
    found = Choice.objects.filter(in_time(node_path, since, until, "chosen_at")).select_related(
        "assignment", "chosen_by"
    )
    records = []
    for choice in found.prefetch_related("chosen").order_by("chosen_at", "pk"):
        numbers = ", ".join(str(number) for number in sorted(each.number or 0 for each in choice.chosen.all()))
        records.append(
            Record(
                ref=str(choice.pk),
                at=choice.chosen_at,
                way=Way.MADE,
                who=display_name(choice.chosen_by),
                about=title_of(choice.assignment),
                passages=said_of(
                    Passage(gettext_lazy("Chosen, by number"), numbers),
                    Passage(gettext_lazy("Reason"), choice.reason, Watch.BOTH),
                ),
                assignment_id=choice.assignment_id,
            )
        )
    return records


def answer_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """What each applicant was answered."""
    found = _applications().filter(in_time(node_path, since, until, "answered_at")).exclude(answer_reason="")
    return [
        Record(
            ref=str(application.pk),
            at=application.answered_at,
            way=Way.OUT,
            who=applicant(application),
            about=title_of(application.assignment),
            passages=said_of(Passage(gettext_lazy("The answer"), application.answer_reason, Watch.BOTH)),
            assignment_id=application.assignment_id,
            person_id=application.person_id,
        )
        for application in found.order_by("answered_at", "pk")
        if application.answered_at
    ]
