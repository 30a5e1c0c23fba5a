"""What happens to roles and invitations when somebody has died or is forgotten, and when an invitation is old."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.people.models import Person

from ..models import Invitation
from ..queries import roles_of
from ..queries.my_data import invitations_to
from .roles import end_role


@transaction.atomic
def end_roles(person_id: int, *, died: bool, by: Actor, now: datetime) -> None:
    """End every role the person holds, and take back the invitations to them that nobody has used."""
    for grant in roles_of(person_id):
        end_role(grant, by=by, now=now)
    person = Person.objects.get(pk=person_id)
    for invitation in Invitation.objects.select_for_update().filter(invitations_to(person), used_at=None):
        _remove(invitation, by=by, now=now)


@transaction.atomic
def blank_invitations(person_id: int, *, by: Actor, now: datetime) -> None:
    """Blank address and name in the invitations to the person, and remove those that nobody has used."""
    person = Person.objects.get(pk=person_id)
    for invitation in Invitation.objects.select_for_update().filter(invitations_to(person)):
        _remove(invitation, by=by, now=now)


@transaction.atomic
def remove_old_invitation(invitation_id: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """Blank an invitation that was used, remove one that ran out, at or before `limit`. Returns whether it was so."""
    invitation = Invitation.objects.select_for_update().filter(pk=invitation_id).first()
    if invitation is None or invitation.email.startswith("-") or (invitation.used_at or invitation.expires_at) > limit:
        return False
    _remove(invitation, by=by, now=now)
    return True


def _remove(invitation: Invitation, *, by: Actor, now: datetime) -> None:
    record("organisations.invitation_removed", by=by, at=now, on=invitation)
    if invitation.used_at is None:
        invitation.delete()
        return
    # The address is part of what makes an invitation happen once, so what stands there is this row's own.
    invitation.email, invitation.name = f"-{invitation.pk}", ""
    invitation.save(update_fields=["email", "name"])
