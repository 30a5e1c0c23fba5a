"""Needs, what was said of them, and what was asked in the open."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskapa.ground.documents.domain.records import Passage, Record, Watch, Way
from samskapa.ground.people.models import display_name

from ...models import (
    Assignment,
    PartComment,
    PublicQuestion,
)
from .naming import in_time, said_of, title_of

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


def need_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """Needs that were sent, from the moment they were; one that is only being written is no public document yet."""
    found = (
        Assignment.objects.filter(in_time(node_path, since, until, "sent_at", ""))
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
                about=title_of(need),
                passages=said_of(*texts, Passage(gettext_lazy("Contact person"), contact, Watch.NAME)),
                assignment_id=need.pk,
            )
        )
    return records


def need_comment_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """What was said of a need while it was written."""
    found = PartComment.objects.filter(in_time(node_path, since, until, "written_at")).select_related(
        "assignment", "written_by"
    )
    return [
        Record(
            ref=str(comment.pk),
            at=comment.written_at,
            way=Way.MADE,
            who=display_name(comment.written_by),
            about=title_of(comment.assignment),
            passages=said_of(Passage(gettext_lazy("Comment"), comment.text)),
            assignment_id=comment.assignment_id,
        )
        for comment in found.order_by("written_at", "pk")
    ]


def question_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """Questions that came in, and answers that were given. Who asked is never named."""
    within = in_time(node_path, since, until, "asked_at") | in_time(node_path, since, until, "answered_at")
    records = []
    for question in PublicQuestion.objects.filter(within).select_related("assignment", "assignment__unit"):
        about = title_of(question.assignment)
        asked = Passage(gettext_lazy("The question"), question.text, Watch.HEALTH)
        if since <= question.asked_at < until:
            who = _("Somebody who asked")
            records.append(
                Record(str(question.pk), question.asked_at, Way.IN, who, about, said_of(asked), question.assignment_id)
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
                    said_of(asked, answer),
                    question.assignment_id,
                )
            )
    return sorted(records, key=lambda record: (record.at, record.ref))
