"""What happens to invitations when an account ends, and when their time is out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.people.services import lock_people

from ..domain import Reply
from ..models import Invitation, Pair
from ..queries.pairs import people_in_pairs
from .pairing import after_answer


@transaction.atomic
def end_invitations(person_id: int, *, died: bool, by: Actor, now: datetime) -> None:
    """What waits for an answer lapses."""
    mine = Invitation.objects.filter(person=person_id)
    lock_people({person_id} | people_in_pairs(mine.filter(pair__ended_at=None).exclude(pair=None)))
    for invitation in mine.filter(answer="").order_by("pk"):
        invitation.answer, invitation.answered_at = Reply.LAPSED.value, now
        invitation.save(update_fields=["answer", "answered_at"])
        record("matching.lapsed", by=by, at=now, on=invitation)
        after_answer(invitation, by=by, now=now)


@transaction.atomic
def remove_old_invitation(invitation_id: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """Remove an invitation that was answered, or lapsed, at or before `limit`. Returns whether it was so."""
    found = Invitation.objects.select_for_update().filter(pk=invitation_id, answered_at__lte=limit).first()
    if found is None:
        return False
    record("matching.removed", by=by, at=now, on=found)
    pair_id = found.pair_id
    found.delete()
    Pair.objects.filter(pk=pair_id or 0, two=None).delete()
    return True
