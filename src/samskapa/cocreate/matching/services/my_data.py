"""What happens to invitations when an account ends, and when their time is out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.people.services import lock_person

from ..domain import Reply
from ..models import Invitation


@transaction.atomic
def end_invitations(person_id: int, *, died: bool, by: Actor, now: datetime) -> None:
    """What waits for an answer lapses."""
    lock_person(person_id)
    for invitation in Invitation.objects.filter(person=person_id, answer="").order_by("pk"):
        invitation.answer, invitation.answered_at = Reply.LAPSED.value, now
        invitation.save(update_fields=["answer", "answered_at"])
        record("matching.lapsed", by=by, at=now, on=invitation)


@transaction.atomic
def remove_old_invitation(invitation_id: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """Remove an invitation that was answered, or lapsed, at or before `limit`. Returns whether it was so."""
    found = Invitation.objects.select_for_update().filter(pk=invitation_id, answered_at__lte=limit).first()
    if found is None:
        return False
    record("matching.removed", by=by, at=now, on=found)
    found.delete()
    return True
