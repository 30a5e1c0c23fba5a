"""Nodes, roles and invitations. Every write is in the trail; names and addresses never are."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import queue_mail, record
from samskapa.ground.people.domain import normal_address, swedish_sort_key
from samskapa.ground.people.models import Person
from samskapa.ground.people.services import confirm_address, create_person, fill_in_name

from .domain import (
    INVITATION_LASTS,
    InvitationOver,
    Kind,
    Role,
    check_parent,
    check_role,
    path_below,
    why_over,
)
from .models import Invitation, Node, RoleGrant

#: What a node may be made with, beside kind, name and parent.
FIELDS = {"code", "county_code", "place", "area", "website", "email", "phone", "about", "source", "is_demo"}


def search_text(node: Node) -> str:
    """What the directory searches in: in lower case, because SQLite's own lower() knows only a to z."""
    return " ".join(part for part in (node.name, node.place, node.area, node.about) if part).casefold()


@transaction.atomic
def create_node(kind: Kind | str, name: str, parent: Node | None = None, *, by: Actor, now: datetime, **fields) -> Node:
    """Make a node under `parent`, with path and sort key. A node inherits its parent's county.

    Raises WrongPlace where the kind may not stand there, TooDeep where the path has no room.
    """
    kind = Kind(kind)
    unknown = set(fields) - FIELDS
    if unknown:
        raise TypeError(f"create_node() got unexpected fields: {', '.join(sorted(unknown))}")
    if parent is not None:
        parent = Node.objects.select_for_update().get(pk=parent.pk)
    check_parent(kind, Kind(parent.kind) if parent else None)
    name = " ".join(name.split())
    node = Node(
        kind=kind.value,
        name=name,
        parent=parent,
        parent_kind=parent.kind if parent else "",
        sort_key=swedish_sort_key(name),
        **{"county_code": parent.county_code if parent else "", **fields},
    )
    node.search_text = search_text(node)
    node.save(force_insert=True)
    node.path = path_below(parent.path if parent else "", node.pk)
    node.save(update_fields=["path"])
    record("organisations.node_created", by=by, at=now, on=node, kind=kind.value, parent=parent.pk if parent else None)
    return node


@transaction.atomic
def grant_role(person: Person, role: Role | str, node: Node, *, by: Actor, now: datetime) -> RoleGrant:
    """Give `person` the role at `node`; one already held is returned as it is.

    Raises WrongPlace where the role means nothing at such a node.
    """
    role = Role(role)
    check_role(role, Kind(node.kind))
    # The person's row is the lock: two that give the same role at once make one grant.
    Person.objects.select_for_update().get(pk=person.pk)
    held = RoleGrant.objects.filter(person=person, role=role.value, node=node, ended_at=None).first()
    if held:
        return held
    grant = RoleGrant.objects.create(
        person=person, role=role.value, node=node, node_kind=node.kind, granted_at=now, granted_by_id=by.person_id
    )
    record(
        "organisations.role_granted", by=by, at=now, on=grant, person_id=person.pk, role=role.value, node_id=node.pk
    )
    return grant


@transaction.atomic
def end_role(grant: RoleGrant, *, by: Actor, now: datetime) -> RoleGrant:
    """End a role now. Ending one that has ended changes nothing."""
    grant = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    if grant.ended_at is not None:
        return grant
    grant.ended_at, grant.ended_by_id = now, by.person_id
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


def digest(token: str) -> str:
    """What is stored of a link. The token has 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Link:
    """An invitation and the link that was made for it: known only while it is made."""

    invitation: Invitation
    token: str

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{reverse('organisations:invitation', args=[self.token])}"


def _make_link(
    email: str,
    *,
    name: str,
    role: Role | str | None,
    node: Node | None,
    next_path: str,
    key: str,
    lasts: timedelta,
    by: Actor,
    now: datetime,
) -> Link:
    if (role is None) != (node is None):
        raise ValueError("a role needs a node, and a node a role")
    if role is not None and node is not None:
        check_role(Role(role), Kind(node.kind))
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=normal_address(email),
        name=name.strip(),
        role=Role(role).value if role else "",
        node=node,
        key=key,
        token_digest=digest(token),
        next_path=next_path,
        created_at=now,
        expires_at=now + lasts,
        invited_by_id=by.person_id,
    )
    record(
        "organisations.person_invited",
        by=by,
        at=now,
        on=invitation,
        role=invitation.role,
        node_id=node.pk if node else None,
    )
    return Link(invitation, token)


@transaction.atomic
def invite(
    email: str,
    *,
    name: str = "",
    role: Role | str | None = None,
    node: Node | None = None,
    next_path: str = "",
    by: Actor,
    now: datetime,
    key: str,
) -> Invitation:
    """Mail a single-use link to `email`. The same key and address invite once: the first one is returned.

    key: what the invitation is for, such as "organisations.invite:<form id>".
    Raises WrongPlace where the role means nothing at the node.
    """
    known = Invitation.objects.filter(key=key, email=normal_address(email)).first()
    if known:
        return known
    try:
        with transaction.atomic():
            link = _make_link(
                email,
                name=name,
                role=role,
                node=node,
                next_path=next_path,
                key=key,
                lasts=INVITATION_LASTS,
                by=by,
                now=now,
            )
    except IntegrityError:  # a double click: the other one was first
        return Invitation.objects.get(key=key, email=normal_address(email))
    invitation = link.invitation
    queue_mail(
        "organisations/invitation",
        to=invitation.email,
        key=f"organisations.invitation:{invitation.pk}",
        now=now,
        secret=True,
        url=link.url,
        role=invitation.role,
        node_name=node.name if node else "",
        expires_at=invitation.expires_at.isoformat(),
    )
    return invitation


@transaction.atomic
def accept_invitation(token: str, *, name: str = "", by: Actor, now: datetime) -> Invitation:
    """Use the link: make or find the account of its address and give the role. Once, whoever clicks first.

    by: who clicked; a visitor becomes the invited person in the trail.
    Raises InvitationOver("unknown" | "used" | "expired").
    """
    invitation = Invitation.objects.select_for_update().filter(token_digest=digest(token)).first()
    if invitation is None:
        raise InvitationOver("unknown")
    why = why_over(used_at=invitation.used_at, expires_at=invitation.expires_at, now=now)
    if why:
        raise InvitationOver(why)
    person = Person.objects.filter(email__iexact=invitation.email, is_active=True).first()
    if person is None:
        person = create_person(email=invitation.email, name=name.strip() or invitation.name, by=by, now=now)
    else:
        fill_in_name(person, name.strip() or invitation.name, by=by, now=now)
    confirm_address(person)
    acting = by if by.person_id else Actor(person_id=person.pk, strength=by.strength)
    invitation.used_at, invitation.person = now, person
    invitation.save(update_fields=["used_at", "person"])
    record("organisations.invitation_accepted", by=acting, at=now, on=invitation, person_id=person.pk)
    if invitation.role and invitation.node:
        grant_role(person, invitation.role, invitation.node, by=acting, now=now)
    return invitation
