"""The one doorway. What one may not see looks as if it did not exist."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.ground.core.domain import Actor
from samskapa.ground.people.queries import in_reader_order

from . import queries
from .domain import HELD_AT, Kind, Role, roles_to_invite
from .models import Node, RoleGrant


def organisation_for(pk: int) -> Node:
    """A patient organisation or section, open to everybody."""
    return get_object_or_404(queries.organisations(), pk=pk)


def manager(actor: Actor) -> Actor:
    """The actor, where they look after who holds which role. Else 404."""
    if not roles_to_invite(actor.role):
        raise Http404
    return actor


def grants_seen_by(actor: Actor) -> QuerySet[RoleGrant]:
    """The roles held now that `actor` looks after: those one may invite to, at one's node and below.

    A coordinator sees her members elsewhere, in the resource group; the operator sees no member at all.
    """
    roles = roles_to_invite(actor.role)
    if not roles:
        return RoleGrant.objects.none()
    return queries.grants_now().filter(_reach(actor, "node__"), role__in=[role.value for role in roles])


def grant_to_end(actor: Actor, pk: int) -> RoleGrant:
    """A role that `actor` may end: one they look after, but never their own, lest nobody is left."""
    return get_object_or_404(grants_seen_by(actor).exclude(person_id=actor.person_id or 0), pk=pk)


def nodes_to_invite_to(actor: Actor) -> QuerySet[Node]:
    """The nodes at which `actor` may give somebody a role, in the reader's order."""
    kinds = {kind for role in roles_to_invite(actor.role) for kind in HELD_AT[role]}
    return Node.objects.filter(_reach(actor, ""), kind__in=[kind.value for kind in kinds], closed_at=None).order_by(
        in_reader_order(), "pk"
    )


def _reach(actor: Actor, prefix: str) -> Q:
    """Nodes at the actor's node and below; for the operator the patient organisations too."""
    if not actor.node_path:
        return Q(pk=None)
    reach = Q(**{f"{prefix}path__startswith": actor.node_path})
    if actor.acts_as(Role.OPERATOR):
        reach |= Q(**{f"{prefix}kind__in": [Kind.PATIENT_ORGANISATION.value, Kind.SECTION.value]})
    return reach
