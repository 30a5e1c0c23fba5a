"""The link between an e-identification and an account."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.db import transaction

from samskapa.ground.core.domain import Actor

from ..domain import EidTaken
from ..models import EidLink, Person
from .ways_in import locked, tell


def tag_of(who: str) -> str:
    """What is stored of an e-identification: a keyed digest, which cannot be turned back or tried without the key."""
    return hmac.new(settings.EID_KEY.encode(), who.encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def link_eid(person: Person, who: str, *, broker: str, by: Actor, now: datetime) -> EidLink:
    """Let the e-identification open the person's account from now on. Linking it again changes nothing.

    Raises EidTaken where it opens somebody else's.
    """
    person = locked(person)
    link, is_new = EidLink.objects.get_or_create(
        tag=tag_of(who), defaults={"person": person, "broker": broker, "linked_at": now, "used_at": now}
    )
    if link.person_id != person.pk:
        raise EidTaken
    if is_new:
        tell(person, "added", "eid", key=f"eid-{link.pk}", by=by, now=now)
    return link


def use_eid(who: str, *, now: datetime) -> Person | None:
    """Whose account the e-identification opens, and note that it did; None where it opens none."""
    link = EidLink.objects.select_related("person").filter(tag=tag_of(who)).first()
    if link is None:
        return None
    EidLink.objects.filter(pk=link.pk).update(used_at=now)
    return link.person


@transaction.atomic
def remove_eid(link: EidLink, *, by: Actor, now: datetime) -> None:
    """The e-identification no longer opens the account. Removing twice changes nothing."""
    person = locked(link.person)
    if EidLink.objects.filter(pk=link.pk).delete()[0]:
        tell(person, "removed", "eid", key=f"eid-{link.pk}", by=by, now=now)
