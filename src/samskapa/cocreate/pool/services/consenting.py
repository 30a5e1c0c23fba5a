"""A yes of a member to one thing: noted word for word, and ended. The caller holds the member's lock."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain import ConsentTo
from ..models import Consent, Member


def give_consent(member: Member, to: ConsentTo, words: str, *, by: Actor, now: datetime) -> Consent:
    """Note a yes, word for word."""
    given = Consent.objects.create(
        group=member.group,
        person_id=member.person_id,
        to=to.value,
        words=words,
        given_at=now,
        given_by_id=by.person_id or 0,
    )
    record("pool.consent_given", by=by, at=now, on=member, to=to.value)
    return given


def standing_consents(member: Member, *kinds: ConsentTo) -> QuerySet[Consent]:
    """The member's yeses that are not taken back."""
    wanted = [kind.value for kind in kinds]
    return Consent.objects.filter(group=member.group_id, person=member.person_id, to__in=wanted, ended_at=None)


def end_consents(member: Member, *kinds: ConsentTo, by: Actor, now: datetime) -> None:
    """End those that stand. Their words stay, to show what was asked."""
    for given in standing_consents(member, *kinds):
        given.ended_at = max(now, given.given_at)
        given.save(update_fields=["ended_at"])
        record("pool.consent_ended", by=by, at=now, on=member, to=given.to)
