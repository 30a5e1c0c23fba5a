"""Mail to somebody who is not to be written to, and what old mails say."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from ..domain import Actor
from ..keys.fields import closed_for
from ..models import MailState, OutboxMail
from ..queries.mails import mails_done, mails_to
from .trail import record


@transaction.atomic
def stop_mail(person_id: int, address: str = "", *, by: Actor, now: datetime) -> int:
    """Stop what waits to be sent to the person or the address; returns how many. What comes later is stopped when it is
    its turn, because the slots say that the person gets no mail."""
    stopped = (
        mails_to(person_id, address)
        .filter(state=MailState.WAITING)
        .update(state=MailState.STOPPED, leased_until=None, leased_by="", last_error="stopped")
    )
    if stopped:
        record("core.mail_stopped", by=by, at=now, recipient_id=person_id, count=stopped)
    return stopped


@transaction.atomic
def blank_mail_to(person_id: int, address: str = "", *, by: Actor, now: datetime) -> int:
    """Stop what waits, and blank what every mail to the person or the address said. The row stays, so that the same
    matter is never mailed again; returns how many."""
    stop_mail(person_id, address, by=by, now=now)
    count = _blank(mails_to(person_id, address).filter(blanked_at=None), now=now)
    if count:
        record("core.mail_blanked", by=by, at=now, recipient_id=person_id, count=count)
    return count


@transaction.atomic
def blank_old_mail(mail_id: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """Blank one mail that has done its work and was made at or before `limit`. Returns whether it was so."""
    return bool(_blank(mails_done(limit).filter(pk=mail_id), now=now))


def _blank(mails: QuerySet[OutboxMail], *, now: datetime) -> int:
    rows = list(mails.select_for_update(of=("self",)).order_by("pk"))
    for mail in rows:
        fields = {"params": closed_for(mail, "params", {}), "blanked_at": now}
        if mail.address:
            # An address is part of what makes a mail happen once: what stands there is this row's own.
            fields["address"] = f"-{mail.pk}"
        OutboxMail.objects.filter(pk=mail.pk).update(**fields)
    return len(rows)
