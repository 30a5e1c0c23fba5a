"""Which mails there are to somebody, and which have done their work."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from ..domain import DIGEST, Urgency
from ..models import MailState, OutboxMail


def mails_to(person_id: int, address: str = "") -> QuerySet[OutboxMail]:
    """Every mail to the person, or to the address, in any state. Unordered."""
    return OutboxMail.objects.filter(Q(recipient_id=person_id) | Q(address__iexact=address) & ~Q(address=""))


def mails_done(limit: datetime) -> QuerySet[OutboxMail]:
    """Mails that were sent, stopped or given up, and made at or before `limit`, of which something is left to blank."""
    return (
        OutboxMail.objects.filter(created_at__lte=limit, blanked_at=None)
        .exclude(state=MailState.WAITING)
        .exclude(gathered_in__state__in=[MailState.WAITING, MailState.FAILED])  # its digest has not left yet
        .order_by("pk")
    )


def waiting_for_digest() -> QuerySet[OutboxMail]:
    """Mails that wait to be gathered, of everybody. Unordered."""
    return OutboxMail.objects.filter(state=MailState.WAITING, urgency=Urgency.LATER)


def mails_on_page(person_id: int) -> QuerySet[OutboxMail]:
    """What the person was told, mailed or not, the newest first: without codes and links that let one in, without
    digests, and without what is blanked. Topics that do not show (config/notices.py) are left out."""
    hidden = [kind for kind, topic in settings.MAILS.items() if not topic.shows]
    return (
        OutboxMail.objects.filter(recipient_id=person_id, secret=False, blanked_at=None, urgency__gt=Urgency.NOW)
        .exclude(kind=DIGEST)
        .exclude(kind__in=hidden)
        .order_by("-created_at", "-pk")
    )
