"""The doorways: one's own notices, and the link by which a digest is ended without logging in."""

from __future__ import annotations

from django.core import signing
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.core.queries import mails_on_page
from samskapa.ground.people.models import Person

_SALT = "samskapa.stop-digest"


def own_notices(actor: Actor) -> QuerySet[OutboxMail]:
    """What one was told."""
    return mails_on_page(actor.person_id or 0)


def stop_token(person_id: int) -> str:
    """What the link in a person's digest holds. It works as long as the account does: a mail may be old."""
    return signing.dumps(person_id, salt=_SALT)


def person_of(token: str) -> Person:
    """Whose digest the link ends. Else 404: not ours, or nobody's any more."""
    try:
        found = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    return get_object_or_404(Person, pk=found, is_active=True)
