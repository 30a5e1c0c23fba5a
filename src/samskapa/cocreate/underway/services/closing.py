"""Told back, confirmed, done; and once more after half a year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.domain import ApplicationState, State
from samskapa.cocreate.assignments.domain.applying import person_of
from samskapa.cocreate.assignments.models import Agreement, ToldBack
from samskapa.cocreate.assignments.queries.agreements import BEING_WRITTEN
from samskapa.cocreate.assignments.services.finishing import finish_assignment
from samskapa.cocreate.assignments.services.telling import coordinators_of, hosts_of
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.services import record

from ..domain import (
    NO_ANSWER,
    YEAR_TOLD,
    Answer,
    Kind,
    NothingWritten,
    NotNow,
    SaidAlready,
    Stage,
    asking,
    asks_coordinator,
    check_move,
    is_done,
    later_by,
    reminder_to_tell,
)
from ..models import Confirmation, Credit, Telling, Work
from ..queries import kind_to_tell, taking_part
from .mailing import host_side, lock_work, tell
from .questions import close_questions, open_questions


@transaction.atomic
def tell_what_it_led_to(work: Work, *, kind: Kind | str, text: str, by: Actor, now: datetime) -> Telling:
    """Tell the representatives, and everybody who reads the assignment's page, what it led to, and ask the
    representatives whether it is so.

    The first telling closes the work: nothing more is contributed when it is done, and the closing questions are asked
    if the host has not begun them. kind: which telling the page was
    for, so that a window left open since the first does not answer the second. The same by the same person once more is
    a button pressed twice. Raises NothingWritten, SaidAlready where somebody else has told, NotNow where that telling
    is not asked for (yet).
    """
    work = lock_work(work.pk)
    kind, text = Kind(kind), text.strip()
    if not text:
        raise NothingWritten
    told = Telling.objects.filter(work=work, kind=kind).first()
    if told is not None:
        if (told.text, told.told_by_id) == (text, by.person_id):
            return told
        raise SaidAlready
    if kind_to_tell(work, today=timezone.localdate(now)) is not kind:
        raise NotNow
    told = Telling.objects.create(
        work=work, kind=kind, text=text, told_at=now, told_by_id=person_of(by.person_id), told_as=by.role
    )
    record("underway.told", by=by, at=now, on=work, kind=kind.value, assignment=work.assignment_id)
    if kind is Kind.CLOSING:
        open_questions(work, by=by, now=now)
        check_move(work.stage, Stage.CLOSING)
        work.stage, work.closing_at = Stage.CLOSING, now
        work.later_by = later_by(timezone.localdate(now))
        work.save(update_fields=["stage", "closing_at", "later_by"])
    _ask_all(work, told, taking_part(work.assignment_id), now=now)
    _finish_if_done(work, by=by, now=now)
    return told


@transaction.atomic
def ask_of_year(told_back_id: int, *, by: Actor, now: datetime) -> Telling | None:
    """A standing assignment has told its year: those who took part in it are asked whether it is so, by the same law as
    at the end, and nothing ends with it. Run again it asks nobody twice. None where the work has not begun or is called
    off."""
    told_back = ToldBack.objects.get(pk=told_back_id)
    work_id = Work.objects.filter(assignment=told_back.assignment_id).values_list("pk", flat=True).first()
    if work_id is None:
        return None
    work = lock_work(work_id)
    if work.assignment.state == State.CANCELLED:
        return None
    told, is_new = Telling.objects.get_or_create(
        told_back=told_back,
        defaults={
            "work": work,
            "kind": Kind.YEARLY,
            "told_at": told_back.told_at,
            "told_by_id": told_back.told_by_id,
        },
    )
    if is_new:
        record("underway.year_asked", by=by, at=now, on=work, year=told_back.year, assignment=work.assignment_id)
        there = Q(ended_at=None) | Q(ended_at__gt=told_back.told_at - YEAR_TOLD)
        _ask_all(work, told, taking_part(work.assignment_id).filter(there), now=now)
    return told


def _ask_all(work: Work, told: Telling, agreements: Iterable[Agreement], *, now: datetime) -> None:
    asked = [Confirmation(telling=told, agreement=agreement, asked_at=now) for agreement in agreements]
    for confirmation in Confirmation.objects.bulk_create(asked):
        _ask(work, confirmation, now=now)


def _ask(work: Work, confirmation: Confirmation, *, now: datetime, again: bool = False) -> None:
    tell(
        "confirm",
        [confirmation.agreement.application.person_id],
        work,
        key=f"confirm-{confirmation.pk}-{'again' if again else 'first'}",
        now=now,
        path=reverse("underway:confirm", args=[confirmation.pk]),
        text=confirmation.telling.words,
        again=again,
        has_questions=confirmation.telling.kind == Kind.CLOSING,
    )


@transaction.atomic
def confirm_telling(
    confirmation: Confirmation, *, answer: Answer | str, word: str, by: Actor, now: datetime
) -> Confirmation:
    """Say whether it is as the host told: yes, partly or no, with a word. Can be said also after it was closed as no
    answer, and said anew; the trail has what was said before.

    The same once more is a button pressed twice. Raises NotNow where the representative has withdrawn or the assignment
    is called off.
    """
    work = lock_work(Work.objects.values_list("pk", flat=True).get(tellings=confirmation.telling_id))
    confirmation = Confirmation.objects.select_related("agreement__application").get(pk=confirmation.pk)
    if work.assignment.state == State.CANCELLED or confirmation.agreement.application.state != ApplicationState.CHOSEN:
        raise NotNow
    answer, word = Answer(answer), word.strip()
    if (confirmation.answer, confirmation.word) == (answer, word):
        return confirmation
    before = confirmation.answer
    confirmation.answer, confirmation.word, confirmation.answered_at = answer, word, now
    confirmation.save(update_fields=["answer", "word", "answered_at"])
    record("underway.confirmed", by=by, at=now, on=confirmation, answer=answer.value, before=before)
    tell(
        "confirmed",
        host_side(work.assignment),
        work,
        key=f"confirmed-{work.pk}-{timezone.localdate(now).isoformat()}",
        now=now,
    )
    _finish_if_done(work, by=by, now=now)
    return confirmation


@transaction.atomic
def ask_again_or_close(confirmation_id: int, *, by: Actor, now: datetime) -> bool:
    """A representative who has not answered is asked once more, then closed as no answer. Returns whether anything
    happened; run again it does nothing twice."""
    work = lock_work(Work.objects.values_list("pk", flat=True).get(tellings__confirmations=confirmation_id))
    confirmation = Confirmation.objects.select_related("agreement__application", "telling").get(pk=confirmation_id)
    is_in = confirmation.agreement.application.state == ApplicationState.CHOSEN
    if confirmation.answer or not is_in or work.assignment.state == State.CANCELLED:
        return False
    last = confirmation.asked_again_at or confirmation.asked_at
    step = asking(now - last, asked_again=confirmation.asked_again_at is not None)
    if step == "wait":
        return False
    if step == "again":
        confirmation.asked_again_at = now
        confirmation.save(update_fields=["asked_again_at"])
        record("underway.asked_again", by=by, at=now, on=confirmation)
        _ask(work, confirmation, now=now, again=True)
        return True
    confirmation.answer, confirmation.answered_at = NO_ANSWER, now
    confirmation.save(update_fields=["answer", "answered_at"])
    record("underway.closed_unanswered", by=by, at=now, on=confirmation)
    _finish_if_done(work, by=by, now=now)
    return True


@transaction.atomic
def finish_if_done(work_id: int, *, by: Actor, now: datetime) -> bool:
    """Done when nobody is waited for: for those who have withdrawn nobody waits. Returns whether this call did it."""
    return _finish_if_done(lock_work(work_id), by=by, now=now)


def _finish_if_done(work: Work, *, by: Actor, now: datetime) -> bool:
    if work.stage != Stage.CLOSING or work.assignment.state not in BEING_WRITTEN:
        return False
    asked = Confirmation.objects.filter(
        telling__work=work, telling__kind=Kind.CLOSING, agreement__application__state=ApplicationState.CHOSEN
    )
    if not is_done(asked.values_list("answer", flat=True)):
        return False
    check_move(work.stage, Stage.DONE)
    work.stage, work.done_at = Stage.DONE, now
    work.save(update_fields=["stage", "done_at"])
    record("underway.done", by=by, at=now, on=work, assignment=work.assignment_id)
    close_questions(work.assignment_id, by=SYSTEM if by.person_id is None else by, now=now)
    finish_assignment(work.assignment, by=SYSTEM if by.person_id is None else by, now=now)
    people = [agreement.application.person_id for agreement in taking_part(work.assignment_id)]
    everybody = [*people, *hosts_of(work.assignment), *coordinators_of(work.assignment)]
    tell("done", everybody, work, key=f"done-{work.pk}", now=now)
    return True


@transaction.atomic
def remind_to_tell(work_id: int, *, now: datetime) -> bool:
    """Remind the host to tell, from the day on and then once a fortnight; its coordinator too from the third time, and
    from the first where nobody is host there any more. Returns whether a reminder is due."""
    work = lock_work(work_id)
    today = timezone.localdate(now)
    kind = kind_to_tell(work, today=today)
    by_day = work.tell_by if kind is Kind.CLOSING else work.later_by
    number = reminder_to_tell(by_day, today) if kind and by_day else None
    if number is None:
        return False
    hosts = hosts_of(work.assignment)
    everybody = [*hosts, *(coordinators_of(work.assignment) if asks_coordinator(number, has_host=bool(hosts)) else [])]
    tell(
        "tell",
        everybody,
        work,
        key=f"tell-{work.pk}-{kind}-{number}",
        now=now,
        path=reverse("underway:tell", args=[work.assignment_id]),
        is_later=kind is Kind.LATER,
        is_late=number > 0,
    )
    return True


@transaction.atomic
def say_credit(agreement: Agreement, *, wants: bool, by: Actor, now: datetime) -> Credit:
    """Say whether one's name may stand on the public page; can be said anew at any time. The same again is nothing."""
    lock_work(Work.objects.values_list("pk", flat=True).get(assignment=agreement.root_id))
    credit = Credit.objects.filter(agreement=agreement).first()
    if credit is not None and credit.wants == wants:
        return credit
    credit, _ = Credit.objects.update_or_create(agreement=agreement, defaults={"wants": wants, "said_at": now})
    record("underway.credit_said", by=by, at=now, on=agreement, wants=wants)
    return credit
