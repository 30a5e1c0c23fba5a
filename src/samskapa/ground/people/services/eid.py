"""The link between an e-identification and an account."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.keys.cipher import blind_index, blind_indexes

from ..domain import EidTaken
from ..models import EidLink, Person
from .locking import lock_person
from .ways_in import tell

#: What the tags are for: the same text has another tag for another purpose.
PURPOSE = "people.eid"


@transaction.atomic
def link_eid(person: Person, who: str, *, broker: str, by: Actor, now: datetime) -> EidLink:
    """Let the e-identification open the person's account from now on. Linking it again changes nothing.

    Raises EidTaken where it opens somebody else's.
    """
    person = lock_person(person.pk)
    link = EidLink.objects.filter(tag__in=blind_indexes(PURPOSE, who)).first()
    if link is None:
        link, _is_new = EidLink.objects.get_or_create(
            tag=blind_index(PURPOSE, who),
            defaults={"person": person, "broker": broker, "linked_at": now, "used_at": now},
        )
        if link.person_id == person.pk:
            tell(person, "added", "eid", key=f"eid-{link.pk}", by=by, now=now)
    if link.person_id != person.pk:
        raise EidTaken
    return link


def use_eid(who: str, *, now: datetime) -> Person | None:
    """Whose account the e-identification opens, and note that it did; None where it opens none.

    A tag made by an older key is made anew: only now is its text at hand.
    """
    link = EidLink.objects.select_related("person").filter(tag__in=blind_indexes(PURPOSE, who)).first()
    if link is None:
        return None
    EidLink.objects.filter(pk=link.pk).update(used_at=now, tag=blind_index(PURPOSE, who))
    return link.person


@transaction.atomic
def remove_eid(link: EidLink, *, by: Actor, now: datetime) -> None:
    """The e-identification no longer opens the account. Removing twice changes nothing."""
    person = lock_person(link.person_id)
    if EidLink.objects.filter(pk=link.pk).delete()[0]:
        tell(person, "removed", "eid", key=f"eid-{link.pk}", by=by, now=now)
