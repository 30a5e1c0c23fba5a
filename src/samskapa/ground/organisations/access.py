"""The one doorway. What one may not see looks as if it did not exist."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve

from samskapa.ground.core.domain import Actor
from samskapa.ground.people.access import may_log_in
from samskapa.ground.people.queries import in_reader_order

from . import queries
from .domain import HELD_AT, STEP_LASTS, Kind, Role, roles_to_invite
from .models import Node, RoleGrant

#: What is signed for a link to one step can be taken for nothing else.
STEP_SALT = "samskapa.step"


def step_of(token: str) -> tuple[RoleGrant, str, bool]:
    """The role and the path that a link to one step opens, and whether it is too old.

    Raises Http404 where the link is not ours, where the role has ended, or where the step opens by no link.
    """
    try:
        step = signing.loads(token, salt=STEP_SALT)
        too_old = False
        signing.loads(token, salt=STEP_SALT, max_age=STEP_LASTS)
    except signing.SignatureExpired:
        too_old = True
    except signing.BadSignature as error:
        raise Http404 from error
    grant = step_grant(step["grant"], step["path"])
    if grant is None:
        raise Http404
    return grant, step["path"], too_old


def step_grant(grant_id: int, path: str) -> RoleGrant | None:
    """The role that somebody who came by a link may take one step in; None where the step is none of STEPS_BY_LINK, the
    role has ended, or its holder may not log in."""
    try:
        name = resolve(path).view_name
    except Resolver404:
        return None
    grant = (
        RoleGrant.objects.filter(pk=grant_id, ended_at=None, role=settings.STEPS_BY_LINK.get(name, ""))
        .select_related("node", "person")
        .first()
    )
    return grant if grant and may_log_in(grant.person) else None


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
