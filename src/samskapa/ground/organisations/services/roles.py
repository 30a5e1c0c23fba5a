"""Who holds which role where."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.people.models import Person
from samskapa.ground.people.services import lock_person

from ..domain import Kind, Role, check_role
from ..models import Node, RoleGrant


@transaction.atomic
def grant_role(person: Person, role: Role | str, node: Node, *, by: Actor, now: datetime) -> RoleGrant:
    """Give `person` the role at `node`; one already held is returned as it is.

    Raises WrongPlace where the role means nothing at such a node.
    """
    role = Role(role)
    check_role(role, Kind(node.kind))
    # The person's row is the lock: two that give the same role at once make one grant.
    lock_person(person.pk)
    held = RoleGrant.objects.filter(person=person, role=role.value, node=node, ended_at=None).first()
    if held:
        return held
    grant = RoleGrant.objects.create(
        person=person,
        role=role.value,
        node=node,
        node_kind=node.kind,
        granted_at=now,
        granted_by_id=by.person_id,
    )
    record(
        "organisations.role_granted",
        by=by,
        at=now,
        on=grant,
        person_id=person.pk,
        role=role.value,
        node_id=node.pk,
    )
    return grant


@transaction.atomic
def end_role(grant: RoleGrant, *, by: Actor, now: datetime) -> RoleGrant:
    """End a role now. Ending one that has ended changes nothing."""
    grant = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    if grant.ended_at is not None:
        return grant
    # Two machines' clocks may differ by a little: a role never ends before it began.
    grant.ended_at, grant.ended_by_id = max(now, grant.granted_at), by.person_id
    grant.save(update_fields=["ended_at", "ended_by_id"])
    record(
        "organisations.role_ended",
        by=by,
        at=now,
        on=grant,
        person_id=grant.person_id,
        role=grant.role,
        node_id=grant.node_id,
    )
    return grant
