"""Single-use links by which one gets an account and a role."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import queue_mail, record
from samskapa.ground.people.domain import AddressTaken, normal_address, reference_to, referred_to
from samskapa.ground.people.models import Person
from samskapa.ground.people.queries import account_at, kept_address
from samskapa.ground.people.services import confirm_address, create_person, fill_in_name

from ..domain import (
    INVITATION_LASTS,
    OWNER_LINK_LASTS,
    InvitationOver,
    Kind,
    MayNotInvite,
    Role,
    check_role,
    may_invite,
    why_over,
)
from ..models import Invitation, Node
from .roles import grant_role
from .tree import create_node


def digest(token: str) -> str:
    """What is stored of a link. The token has 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Link:
    """An invitation and the link that was made for it: known only while it is made."""

    invitation: Invitation
    token: str

    @property
    def path(self) -> str:
        return reverse("organisations:invitation", args=[self.token])

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{self.path}"


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
    kept = kept_address(normal_address(email))
    invitation = Invitation.objects.create(
        email=kept,
        name="" if referred_to(kept) else name.strip(),
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
    kept = kept_address(normal_address(email))
    known = Invitation.objects.filter(key=key, email=kept).first()
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
        return Invitation.objects.get(key=key, email=kept)
    invitation = link.invitation
    queue_mail(
        "organisations/invitation",
        to=referred_to(invitation.email) or invitation.email,
        key=f"organisations.invitation:{invitation.pk}",
        now=now,
        secret=True,
        path=link.path,
        role=invitation.role,
        node_name=node.name if node else "",
        expires_at=invitation.expires_at.isoformat(),
    )
    return invitation


@transaction.atomic
def accept_invitation(token: str, *, name: str = "", by: Actor, now: datetime) -> Invitation:
    """Use the link: make or find the account of its address and give the role. Once, whoever clicks first.

    by: who clicked; a visitor becomes the invited person in the trail.
    Raises InvitationOver("unknown" | "used" | "expired" | "closed": the account with that address is closed).
    """
    invitation = Invitation.objects.select_for_update().filter(token_digest=digest(token)).first()
    if invitation is None:
        raise InvitationOver("unknown")
    why = why_over(used_at=invitation.used_at, expires_at=invitation.expires_at, now=now)
    if why:
        raise InvitationOver(why)
    person = _account_of(invitation.email, name=name.strip() or invitation.name, by=by, now=now)
    acting = by if by.person_id else Actor(person_id=person.pk, strength=by.strength)
    invitation.used_at, invitation.person = now, person
    invitation.save(update_fields=["used_at", "person"])
    record("organisations.invitation_accepted", by=acting, at=now, on=invitation, person_id=person.pk)
    if invitation.role and invitation.node:
        grant_role(person, invitation.role, invitation.node, by=acting, now=now)
    return invitation


def _account_of(email: str, *, name: str, by: Actor, now: datetime) -> Person:
    """The account with this address, made where there is none; two at once make one."""
    person = account_at(email)
    if person is None:
        try:
            with transaction.atomic():
                person = create_person(email=email, name=name, by=by, now=now)
        except (AddressTaken, IntegrityError):  # another invitation to the same address was accepted just now
            person = Person.objects.get(email__iexact=email)
    if not person.is_active:
        raise InvitationOver("closed")
    fill_in_name(person, name, by=by, now=now)
    confirm_address(person)
    return person


@transaction.atomic
def hide_invitations(person: Person, address: str, *, by: Actor, now: datetime) -> None:
    """The person's identity is protected from now on: their invitations no longer say who they are.

    Fills a row of the slot "hide_address".
    """
    theirs = Invitation.objects.filter(Q(person=person) | Q(email__iexact=address) & ~Q(email=""))
    if count := theirs.update(email=reference_to(person.pk), name=""):
        record("organisations.invitations_hidden", by=by, at=now, on=person, count=count)


@transaction.atomic
def invite_colleague(
    email: str, *, name: str = "", role: Role, node: Node, by: Actor, now: datetime, key: str
) -> Invitation:
    """Invite to a role, as far as one's own role allows. Raises MayNotInvite, WrongPlace."""
    if not may_invite(by.role, by.node_path, role=role, kind=Kind(node.kind), path=node.path):
        raise MayNotInvite
    return invite(email, name=name, role=role, node=node, by=by, now=now, key=key)


@transaction.atomic
def create_owner(email: str, *, name: str = "", by: Actor, now: datetime) -> Link:
    """The first person, who runs the service: account, both national roles, and a link to log in with.

    Run again, the roles stay as they are and there is a new link; the old ones work until they end.
    """
    nation = Node.objects.filter(kind=Kind.NATION).first() or create_node(Kind.NATION, "Sverige", by=by, now=now)
    person = _account_of(normal_address(email), name=name.strip(), by=by, now=now)
    for role in (Role.OPERATOR, Role.NATIONAL):
        grant_role(person, role, nation, by=by, now=now)
    return _make_link(
        email,
        name=name,
        role=None,
        node=None,
        next_path="",
        key=f"organisations.owner:{secrets.token_hex(16)}",
        lasts=OWNER_LINK_LASTS,
        by=by,
        now=now,
    )
