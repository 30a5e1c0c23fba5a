"""The time it took, as the representative notes it. One row a day for each kind, changed and removed until the work is
done. Nobody is told: the sum stands on the shared page."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from samskapa.cocreate.assignments.domain.applying import person_of
from samskapa.cocreate.assignments.models import Agreement
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain import NotedAlready, NotNow, SaidAlready, Spent, check_time
from ..models import TimeNote, Work
from ..queries.timing import days_of, is_open
from .mailing import lock_work


def _lock_open(agreement: Agreement) -> Agreement:
    """The agreement as it is now, while the work is locked. Raises NotNow."""
    work = lock_work(Work.objects.values_list("pk", flat=True).get(assignment=agreement.root_id))
    agreement = Agreement.objects.select_related("application").get(pk=agreement.pk)
    if not is_open(agreement, work):
        raise NotNow
    return agreement


@transaction.atomic
def note_time(
    agreement: Agreement, *, day: date, what: Spent | str, quarters: int, by: Actor, now: datetime
) -> TimeNote:
    """Note time of one day. The same again is a button pressed twice.

    Raises BadDay; NotedAlready where the day has a row of the kind with another time; NotNow where the work is done or
    called off, or the representative has withdrawn.
    """
    agreement = _lock_open(agreement)
    what = Spent(what)
    there = TimeNote.objects.filter(agreement=agreement, day=day, what=what).first()
    if there is not None:
        if there.quarters == quarters:
            return there
        raise NotedAlready
    _check(agreement, day, quarters, now)
    note = TimeNote.objects.create(
        agreement=agreement, day=day, what=what, quarters=quarters, noted_at=now, noted_by_id=person_of(by.person_id)
    )
    record("underway.time_noted", by=by, at=now, on=agreement, **_said(note))
    return note


@transaction.atomic
def change_time(
    note: TimeNote, *, day: date, what: Spent | str, quarters: int, based_on: int, by: Actor, now: datetime
) -> TimeNote:
    """Change a row. based_on: its `changes` when it was shown. To what it says already is nothing.

    Raises BadDay, NotedAlready (another row has the day and the kind), NotNow as `note_time`; SaidAlready where it was
    changed or removed in another window.
    """
    agreement = _lock_open(note.agreement)
    what = Spent(what)
    found = TimeNote.objects.filter(pk=note.pk).first()
    if found is None:
        raise SaidAlready
    if (found.day, found.what, found.quarters) == (day, what, quarters):
        return found
    if found.changes != based_on:
        raise SaidAlready
    _check(agreement, day, quarters, now)
    if TimeNote.objects.filter(agreement=agreement, day=day, what=what).exclude(pk=found.pk).exists():
        raise NotedAlready
    before = _said(found)
    found.day, found.what, found.quarters = day, what, quarters
    found.changes += 1
    found.save(update_fields=["day", "what", "quarters", "changes"])
    record("underway.time_changed", by=by, at=now, on=agreement, before=before, **_said(found))
    return found


@transaction.atomic
def remove_time(note: TimeNote, *, based_on: int, by: Actor, now: datetime) -> bool:
    """Remove a row. Returns whether it was there: twice is once. Raises SaidAlready where it was changed in another
    window, NotNow."""
    agreement = _lock_open(note.agreement)
    found = TimeNote.objects.filter(pk=note.pk).first()
    if found is None:
        return False
    if found.changes != based_on:
        raise SaidAlready
    record("underway.time_removed", by=by, at=now, on=agreement, **_said(found))
    found.delete()
    return True


def _check(agreement: Agreement, day: date, quarters: int, now: datetime) -> None:
    first, last = days_of(agreement, timezone.localdate(now))
    check_time(day, quarters, first=first, last=last)


def _said(note: TimeNote) -> dict[str, str | int]:
    return {"day": note.day.isoformat(), "what": str(note.what), "minutes": note.minutes}
