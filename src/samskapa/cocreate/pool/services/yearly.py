"""Do you still want to be asked? Once a year; a silence means rest, and never that anything goes.

Silent is who has got the question. While a letter has not been posted, or nobody has called, nothing happens but that
it waits on the coordinators' list.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..access import still_token
from ..domain import ASKED_EACH, REMINDED_AFTER, RESTS_AFTER, Answer, AnsweredAlready, Status, Why
from ..models import Member, Yearly
from ..queries.yearly import open_questions
from .joining import close_yearly, come_back, rest
from .moving import heard, lock, move, tell


@transaction.atomic
def ask(member: Member, *, by: Actor, now: datetime) -> Yearly | None:
    """Ask a member of whom nothing has been heard for a year. None where something has, or where it is asked."""
    member = lock(member)
    if member.status != Status.ACTIVE or member.heard_at > now - ASKED_EACH:
        return None
    if Yearly.objects.filter(member=member, answered_at=None).exists():
        return None
    asked = Yearly.objects.create(member=member, asked_at=now)
    record("pool.yearly_asked", by=by, at=now, on=member)
    _mail(asked, is_second=False, now=now)
    return asked


@transaction.atomic
def remind_or_rest(asked: Yearly, *, by: Actor, now: datetime) -> None:
    """Remind once; three weeks after that the silence means rest, and the member is told so. Each time it counts from
    when the member got it."""
    member = lock(asked.member)
    found = open_questions().select_related("member__group__node").filter(pk=asked.pk).first()
    if found is None or found.reached_at is None:
        return
    asked, reached_at = found, found.reached_at
    if asked.reminded_at is None:
        if reached_at <= now - REMINDED_AFTER:
            asked.reminded_at = now
            asked.save(update_fields=["reminded_at"])
            record("pool.yearly_reminded", by=by, at=now, on=member)
            _mail(asked, is_second=True, now=now)
    elif reached_at <= now - RESTS_AFTER:
        asked.answer, asked.answered_at = Answer.NO_ANSWER.value, now
        asked.save(update_fields=["answer", "answered_at"])
        move(member, Why.NO_ANSWER, Status.RESTING, by=by, now=now)
        tell("rests", [member.person_id], member, key=f"rests-{asked.pk}", now=now, path=_path(asked))


@transaction.atomic
def answer(asked: Yearly, said: Answer, *, by: Actor, now: datetime) -> Member:
    """Yes or rest. Yes counts also when it comes after the silence. The same twice is once.

    Raises AnsweredAlready where something else was answered.
    """
    member = lock(asked.member)
    asked = Yearly.objects.get(pk=asked.pk)
    if asked.answer == said:
        return member
    if said is Answer.YES and member.status == Status.RESTING and asked.answer in ("", Answer.NO_ANSWER):
        member = come_back(member, by=by, now=now)
        Yearly.objects.filter(pk=asked.pk).update(answer=said.value, answered_at=now)
        return member
    if asked.answered_at:
        raise AnsweredAlready
    if said is Answer.REST:
        return rest(member, by=by, now=now)
    close_yearly(member, said, now=now)
    heard(member, by=by, now=now)
    record("pool.yearly_answered", by=by, at=now, on=member, answer=said.value)
    return member


def _path(asked: Yearly) -> str:
    return reverse("pool:still", args=[still_token(asked)])


def _mail(asked: Yearly, *, is_second: bool, now: datetime) -> None:
    tell(
        "still",
        [asked.member.person_id],
        asked.member,
        key=f"still-{asked.pk}-{2 if is_second else 1}",
        now=now,
        path=_path(asked),
        is_second=is_second,
    )
