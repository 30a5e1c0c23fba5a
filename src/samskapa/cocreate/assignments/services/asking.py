"""Questions to the host on an open assignment. The one who asked is never named."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain.applying import AnsweredBefore, Incomplete, NotOpen, is_open, person_of
from ..domain.informed import News
from ..models import Assignment, PublicQuestion
from .informed import publish_news
from .telling import coordinators_of, hosts_of, tell


@transaction.atomic
def ask_question(assignment: Assignment, *, text: str, by: Actor, now: datetime) -> PublicQuestion:
    """Put a question to the host in public. The same words from the same person are one question.

    Raises NotOpen, Incomplete.
    """
    assignment = Assignment.objects.select_for_update(of=("self",)).select_related("unit", "area").get(pk=assignment.pk)
    if not is_open(assignment.state, assignment.closes_on, timezone.localdate(now)):
        raise NotOpen
    text = text.strip()
    if not text:
        raise Incomplete(["text"])
    known = PublicQuestion.objects.filter(assignment=assignment, asked_by_id=by.whose, text=text).first()
    if known:
        return known
    question = PublicQuestion.objects.create(
        assignment=assignment, text=text, asked_at=now, asked_by_id=person_of(by.whose)
    )
    record("assignments.question_asked", by=by, at=now, on=question, assignment_id=assignment.pk)
    # A unit that nobody is host for has its coordinator.
    tell(
        "question_asked",
        hosts_of(assignment) or coordinators_of(assignment),
        assignment,
        key=f"question-asked-{question.pk}",
        now=now,
        path=reverse("assignments:answer_question", args=[question.pk]),
        is_step=True,
        text=text,
    )
    return question


@transaction.atomic
def answer_question(question: PublicQuestion, *, text: str, by: Actor, now: datetime) -> PublicQuestion:
    """Answer in public, once. The one who asked is mailed. The same words by the same person again change nothing.

    Raises AnsweredBefore (also where the question was taken down), Incomplete.
    """
    question = PublicQuestion.objects.select_for_update().get(pk=question.pk)
    if question.hidden_at:
        raise AnsweredBefore
    if question.answer and (question.answer, question.answered_by_id) == (text.strip(), by.person_id):
        return question
    if question.answer:
        raise AnsweredBefore
    if not text.strip():
        raise Incomplete(["text"])
    question.answer, question.answered_at, question.answered_by_id = text.strip(), now, by.person_id
    question.save(update_fields=["answer", "answered_at", "answered_by_id"])
    record("assignments.question_answered", by=by, at=now, on=question, assignment_id=question.assignment_id)
    tell(
        "question_answered",
        [question.asked_by_id],
        question.assignment,
        key=f"question-answered-{question.pk}",
        now=now,
        text=question.text,
        answer=question.answer,
    )
    publish_news(question.assignment, News.ANSWERED, key=str(question.pk), thing_id=question.pk, now=now)
    return question


@transaction.atomic
def hide_question(question: PublicQuestion, *, reason: str, by: Actor, now: datetime) -> PublicQuestion:
    """Take a question down from the page, and tell the one who asked why. The same person for the same reason again
    changes nothing.

    Raises AnsweredBefore where it is down already, Incomplete without a reason.
    """
    question = PublicQuestion.objects.select_for_update().get(pk=question.pk)
    if question.hidden_at and (question.hidden_by_id, question.hidden_reason) == (by.person_id, reason.strip()):
        return question
    if question.hidden_at:
        raise AnsweredBefore
    if not reason.strip():
        raise Incomplete(["reason"])
    question.hidden_at, question.hidden_by_id, question.hidden_reason = now, by.person_id, reason.strip()
    question.save(update_fields=["hidden_at", "hidden_by_id", "hidden_reason"])
    record("assignments.question_hidden", by=by, at=now, on=question, assignment_id=question.assignment_id)
    tell(
        "question_hidden",
        [question.asked_by_id],
        question.assignment,
        key=f"question-hidden-{question.pk}",
        now=now,
        text=question.text,
        reason=question.hidden_reason,
    )
    return question
