"""Mail that waits for the digest: gathered into one, sent alone after all, or kept for the reader's page.

Each is one step of a row from WAITING to where it stays, in the transaction of what is done with it, under its lock:
so that it is mailed once, whoever runs this however often, and wherever somebody is killed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from ..domain import DIGEST, Urgency
from ..models import MailState, OutboxMail
from ..queries.mails import waiting_for_digest
from ..queries.work import mail_held_since
from .mail import put_mail


def lock_waiting(person_id: int) -> list[OutboxMail]:
    """The person's mails that wait for a digest, locked, the oldest first, without what they say. None while mail is
    held: what waits then may have been sent already. In the caller's transaction."""
    if mail_held_since() is not None:
        return []
    rows = waiting_for_digest().filter(recipient_id=person_id)
    return list(rows.defer("params").select_for_update().order_by("pk"))


def _of(rows: Collection[OutboxMail]) -> QuerySet[OutboxMail]:
    return waiting_for_digest().filter(pk__in=[row.pk for row in rows])


def send_alone(rows: Collection[OutboxMail], *, now: datetime) -> int:
    """Each goes by itself, now; returns how many."""
    return _of(rows).update(urgency=int(Urgency.SOON), due_at=now) if rows else 0


def keep_for_page(rows: Collection[OutboxMail]) -> int:
    """None of them is mailed; returns how many."""
    return _of(rows).update(state=MailState.KEPT) if rows else 0


def put_off(moments: Mapping[int, datetime]) -> None:
    """Mail's id -> when it is to be gathered now."""
    for at in set(moments.values()):
        waiting_for_digest().filter(pk__in=[pk for pk, when in moments.items() if when == at]).update(due_at=at)


def gather(
    person_id: int, rows: Collection[OutboxMail], *, day: date, now: datetime, params: dict[str, Any]
) -> OutboxMail | None:
    """One mail in the place of `rows`, which the caller has locked. None where the person has had the one of that day:
    then they wait. params: paths of the pages that its foot leads to: `page`, `choose`, `stop`."""
    if not rows:
        return None
    key = f"core.digest:{day.isoformat()}"
    digest, is_new = put_mail(DIGEST, to=person_id, key=key, now=now, urgency=Urgency.SOON, params=params)
    if not is_new:
        return None
    _of(rows).update(state=MailState.GATHERED, gathered_in=digest)
    return digest
