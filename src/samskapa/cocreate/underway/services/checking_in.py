"""Check-ins: put in, moved, noted by both, reminded of. And whether each promise was kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.domain.applying import person_of
from samskapa.cocreate.assignments.models import Agreement
from samskapa.cocreate.assignments.queries.agreements import BEING_WRITTEN
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain import REMIND_OF_CHECK_IN, Answer, Moment, NotNow, SaidAlready, Side, Stage, check_day, waited_for
from ..models import CheckIn, CheckInNote, Promise, Work
from ..queries import lines_of, newest_promises, taking_part
from .mailing import host_side, lock_work, tell


def _lock_open(agreement: Agreement) -> Work:
    """The work, locked, while check-ins are made. Raises NotNow."""
    work = lock_work(Work.objects.values_list("pk", flat=True).get(assignment=agreement.root_id))
    goes_on = taking_part(work.assignment_id).filter(pk=agreement.pk, ended_at=None).exists()
    if work.assignment.state not in BEING_WRITTEN or work.stage == Stage.DONE or not goes_on:
        raise NotNow
    return work


@transaction.atomic
def add_check_in(agreement: Agreement, *, day: date, by: Actor, now: datetime) -> CheckIn:
    """One more talk, on a day; one that stands on that day already is the same. Raises BadDay, NotNow."""
    work = _lock_open(agreement)
    there = CheckIn.objects.filter(agreement=agreement, due_on=day).first()
    if there is not None:
        return there
    check_day(day, timezone.localdate(now))
    check_in = CheckIn.objects.create(
        agreement=agreement, moment=Moment.EXTRA, due_on=day, planned_at=now, planned_by_id=person_of(by.person_id)
    )
    record("underway.check_in_added", by=by, at=now, on=check_in, day=day.isoformat())
    _tell_other(work, agreement, check_in, by=by, now=now)
    return check_in


@transaction.atomic
def move_check_in(check_in: CheckIn, *, day: date, by: Actor, now: datetime) -> CheckIn:
    """To another day, while nobody has noted anything. To the day it has is nothing. Raises BadDay (also where there is
    another talk that day), SaidAlready, NotNow."""
    agreement = Agreement.objects.select_related("application").get(pk=check_in.agreement_id)
    work = _lock_open(agreement)
    check_in = CheckIn.objects.get(pk=check_in.pk)
    if check_in.due_on == day:
        return check_in
    if check_in.notes.exists():
        raise SaidAlready
    check_day(day, timezone.localdate(now), others=agreement.check_ins.values_list("due_on", flat=True))
    before, check_in.due_on = check_in.due_on, day
    check_in.save(update_fields=["due_on"])
    record("underway.check_in_moved", by=by, at=now, on=check_in, before=before.isoformat(), day=day.isoformat())
    _tell_other(work, agreement, check_in, by=by, now=now)
    return check_in


def _tell_other(work: Work, agreement: Agreement, check_in: CheckIn, *, by: Actor, now: datetime) -> None:
    person = agreement.application.person_id
    tell(
        "check_in_day",
        host_side(work.assignment) if by.whose == person else [person],
        work,
        key=f"check-in-day-{check_in.pk}-{check_in.due_on.isoformat()}",
        now=now,
        day=check_in.due_on.isoformat(),
    )


@transaction.atomic
def note_check_in(
    check_in: CheckIn, *, side: Side, goes_well: Answer | str, text: str, by: Actor, now: datetime
) -> CheckInNote:
    """Note what one side found; the other is told. Each side notes once: the same again is a button pressed twice. A
    call is noted by the host alone.

    Raises SaidAlready where the side has noted something else, NotNow.
    """
    if side not in waited_for(check_in.moment):
        raise NotNow
    agreement = Agreement.objects.select_related("application").get(pk=check_in.agreement_id)
    lock_work(Work.objects.values_list("pk", flat=True).get(assignment=agreement.root_id))
    goes_well, text = Answer(goes_well), text.strip()
    noted = CheckInNote.objects.filter(check_in=check_in, side=side).first()
    if noted is not None:
        if (noted.goes_well, noted.text, noted.noted_by_id) == (goes_well, text, by.person_id):
            return noted
        raise SaidAlready
    work = _lock_open(agreement)
    noted = CheckInNote.objects.create(
        check_in=check_in,
        side=side,
        goes_well=goes_well,
        text=text,
        noted_at=now,
        noted_by_id=person_of(by.person_id),
    )
    record("underway.check_in_noted", by=by, at=now, on=check_in, side=side.value, goes_well=goes_well.value)
    is_both = CheckInNote.objects.filter(check_in=check_in).count() == len(waited_for(check_in.moment))
    tell(
        "check_in_noted",
        [agreement.application.person_id] if side == Side.HOST else host_side(work.assignment),
        work,
        key=f"check-in-noted-{noted.pk}",
        now=now,
        path=reverse("underway:check_in", args=[check_in.pk]),
        is_both=is_both,
        is_call=check_in.moment == Moment.CALL,
    )
    return noted


@transaction.atomic
def remind_of_check_in(check_in_id: int, *, now: datetime) -> bool:
    """Remind whoever has not noted it, on its day and once more a week later. Returns whether a reminder is due."""
    check_in = CheckIn.objects.select_related("agreement__application").get(pk=check_in_id)
    try:
        work = _lock_open(check_in.agreement)
    except NotNow:
        return False
    today = timezone.localdate(now)
    noted = set(CheckInNote.objects.filter(check_in=check_in).values_list("side", flat=True))
    waits = waited_for(check_in.moment) - noted
    if today < check_in.due_on or not waits:
        return False
    is_second = today >= check_in.due_on + REMIND_OF_CHECK_IN
    person = check_in.agreement.application.person_id
    people = ([person] if Side.PERSON in waits else []) + (host_side(work.assignment) if Side.HOST in waits else [])
    tell(
        "check_in",
        people,
        work,
        key=f"check-in-{check_in.pk}-{check_in.due_on.isoformat()}-{'again' if is_second else 'day'}",
        now=now,
        path=reverse("underway:check_in", args=[check_in.pk]),
        is_second=is_second,
        is_call=check_in.moment == Moment.CALL,
    )
    return True


@transaction.atomic
def say_promises(
    agreement: Agreement, *, said: Mapping[int, tuple[Answer | str, str]], side: Side, by: Actor, now: datetime
) -> list[Promise]:
    """Say of points of the valid version (line id -> was it kept, a word) whether they were kept.

    Only what is new is written; an earlier word stays to be read. Lines of other agreements are left out. Returns what
    was written. Raises NotNow where the assignment is called off or the agreement was never fixed.
    """
    work = lock_work(Work.objects.values_list("pk", flat=True).get(assignment=agreement.root_id))
    if work.assignment.cancelled_at or not taking_part(work.assignment_id).filter(pk=agreement.pk).exists():
        raise NotNow
    held = {line.line_id for line in lines_of(agreement)}
    before = newest_promises(agreement)
    written = []
    for line_id, (kept, word) in said.items():
        last = before.get((line_id, side))
        if line_id not in held or (last and (last.kept, last.word) == (kept, word.strip())):
            continue
        written.append(
            Promise.objects.create(
                agreement=agreement,
                line_id=line_id,
                side=side,
                kept=Answer(kept),
                word=word.strip(),
                said_at=now,
                said_by_id=person_of(by.person_id),
            )
        )
    if written:
        record("underway.promises_said", by=by, at=now, on=agreement, side=side.value, count=len(written))
    return written
