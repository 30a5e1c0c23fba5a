"""Remind those who have not answered, and nobody else; a few times at most."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.services import record

from ..domain import LEAST_BETWEEN, is_open, reminder_due
from ..models import Asked, Asking
from ..queries.askings import waiting
from .asking import lock, mail_link


def remind_now(asking: Asking, *, by: Actor, now: datetime) -> int:
    """Remind at once all who have not answered, have reminders left and were not written to since LEAST_BETWEEN.
    Returns how many."""
    return _remind(asking, after=LEAST_BETWEEN, by=by, now=now)


def remind_due(asking: Asking, *, now: datetime) -> int:
    """Remind those whose days are out. Returns how many; running again reminds nobody twice."""
    return _remind(asking, after=timedelta(days=asking.remind_after_days), by=SYSTEM, now=now)


def _remind(asking: Asking, *, after: timedelta, by: Actor, now: datetime) -> int:
    return sum(remind_one(pk, after=after, by=by, now=now) for pk in waiting(asking, after=after, now=now))


@transaction.atomic
def remind_one(asked_id: int, *, after: timedelta, by: Actor, now: datetime) -> bool:
    """Remind one, if it is still due; whether it was. Each is a transaction of its own: a kill in between neither
    forgets nor doubles anybody."""
    asked = Asked.objects.select_related("asking").get(pk=asked_id)
    asking = lock(asked.asking)
    asked = Asked.objects.select_for_update(of=("self",)).select_related("asking__node").get(pk=asked_id)
    due = reminder_due(
        asked_at=asked.asked_at,
        reminded_at=asked.reminded_at,
        sent=asked.reminders,
        most=asking.reminders_most,
        after=after,
        now=now,
    )
    opened = is_open(opens_at=asking.opens_at, closes_at=asking.closes_at, closed_at=asking.closed_at, now=now)
    if not due or not opened or asked.has_answered or asked.blanked_at:
        return False
    asked.reminders, asked.reminded_at = asked.reminders + 1, now
    asked.save(update_fields=["reminders", "reminded_at"])
    mail_link("reminder", asked, key=f"surveys.reminder:{asked.pk}:{asked.reminders}", now=now)
    record("surveys.reminded", by=by, at=now, on=asked, number=asked.reminders)
    return True
