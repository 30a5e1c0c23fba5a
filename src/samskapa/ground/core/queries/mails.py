"""Which mails there are to somebody, and which have done their work."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from ..models import MailState, OutboxMail


def mails_to(person_id: int, address: str = "") -> QuerySet[OutboxMail]:
    """Every mail to the person, or to the address, in any state. Unordered."""
    return OutboxMail.objects.filter(Q(recipient_id=person_id) | Q(address__iexact=address) & ~Q(address=""))


def mails_done(limit: datetime) -> QuerySet[OutboxMail]:
    """Mails that were sent, stopped or given up, and made at or before `limit`, of which something is left to blank."""
    return (
        OutboxMail.objects.filter(created_at__lte=limit, blanked_at=None)
        .exclude(state=MailState.WAITING)
        .order_by("pk")
    )
