"""The outbox held: after a restore what waits may have been sent already, so a person decides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ..domain import Actor, NotHeld
from ..keys.fields import closed_for
from ..models import MailHold, MailState, OutboxMail
from .trail import record

#: What a mail that was dropped says.
DROPPED = "dropped after restore"


def hold_mail(*, now: datetime) -> None:
    """From `now` on only what somebody waits for at the screen leaves, and only if it was written after `now`.

    In the caller's transaction. What is held already is held from `now` on.
    """
    if not MailHold.objects.filter(released_at=None).update(since=now):
        MailHold.objects.create(since=now)


@transaction.atomic
def release_mail(*, by: Actor, now: datetime) -> int:
    """Let what waits be sent; returns how many wait. Raises NotHeld."""
    hold = _held()
    hold.released_at = max(now, hold.since)
    hold.save(update_fields=["released_at"])
    waiting = OutboxMail.objects.filter(state=MailState.WAITING).count()
    record("core.mail_released", by=by, at=now, on=hold, waiting=waiting)
    return waiting


@transaction.atomic
def drop_held_mail(*, by: Actor, now: datetime) -> int:
    """Let what waited when the hold began never be sent; returns how many. What came since waits on. Raises NotHeld."""
    hold = _held()
    old = OutboxMail.objects.select_for_update().filter(state=MailState.WAITING, created_at__lte=hold.since)
    for mail in old.filter(secret=True):
        OutboxMail.objects.filter(pk=mail.pk).update(params=closed_for(mail, "params", {}))
    dropped = old.update(state=MailState.STOPPED, last_error=DROPPED, leased_until=None, leased_by="")
    record("core.mail_dropped", by=by, at=now, on=hold, mails=dropped)
    return dropped


def _held() -> MailHold:
    hold = MailHold.objects.select_for_update().filter(released_at=None).first()
    if hold is None:
        raise NotHeld("mail is not held")
    return hold
