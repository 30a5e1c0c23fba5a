"""Nodes, roles and actors for tests: made by the services themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import count
from time import time as time_now

from samskapa.ground.core.domain import SYSTEM, Actor, Strength
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Node, RoleGrant
from samskapa.ground.organisations.services import create_node, grant_role
from samskapa.ground.people.models import Person

from .people import make_person

#: A moment that has passed, whenever the tests run, and so near that what begins some weeks later has not begun.
NOW = datetime.combine(datetime.now(UTC).date() - timedelta(days=20), time(9), tzinfo=UTC)
_numbers = count(1)


def make_node(kind: Kind | str = Kind.UNIT, name: str | None = None, parent: Node | None = None, **fields) -> Node:
    """A node; one that must stand under another gets a fitting parent of its own.

    There is one nation: a second call gives the same.
    """
    kind = Kind(kind)
    if kind is Kind.NATION:
        nation = Node.objects.filter(kind=Kind.NATION).first()
        if nation:
            return nation
    if parent is None:
        above = {
            Kind.REGION: Kind.NATION,
            Kind.MUNICIPALITY: Kind.NATION,
            Kind.ADMINISTRATION: Kind.REGION,
            Kind.UNIT: Kind.REGION,
            Kind.SECTION: Kind.PATIENT_ORGANISATION,
        }.get(kind)
        parent = make_node(above) if above else None
    name = name or f"{kind.value.capitalize().replace('_', ' ')} {next(_numbers)}"
    return create_node(kind, name, parent, by=SYSTEM, now=NOW, **fields)


@dataclass(frozen=True)
class RegionTree:
    """One region with an administration and two units, another region with a unit, and a municipality."""

    nation: Node
    region: Node
    administration: Node
    unit: Node
    other_unit: Node
    other_region: Node
    unit_elsewhere: Node
    municipality: Node


def make_region_tree(name: str = "Region Ekliden") -> RegionTree:
    nation = make_node(Kind.NATION, "Sverige")
    region = make_node(Kind.REGION, name, nation)
    administration = make_node(Kind.ADMINISTRATION, "Närsjukvården", region)
    other_region = make_node(Kind.REGION, None, nation)
    return RegionTree(
        nation=nation,
        region=region,
        administration=administration,
        unit=make_node(Kind.UNIT, "Medicinkliniken", administration),
        other_unit=make_node(Kind.UNIT, "Ögonmottagningen", administration),
        other_region=other_region,
        unit_elsewhere=make_node(Kind.UNIT, None, other_region),
        municipality=make_node(Kind.MUNICIPALITY, None, nation),
    )


def make_grant(
    person: Person | None = None, role: Role | str = Role.COORDINATOR, node: Node | None = None
) -> RoleGrant:
    """A role held now; person and region are made where none is given."""
    return grant_role(person or make_person(), role, node or make_node(Kind.REGION), by=SYSTEM, now=NOW)


def actor_for(
    person: Person | None = None,
    role: Role | str | None = None,
    node: Node | None = None,
    *,
    strength: Strength = Strength.CODE,
) -> Actor:
    """The actor that `person` is acting as `role` at `node`, which is granted; without a role as oneself."""
    person = person or make_person()
    if role is None:
        return Actor(person_id=person.pk, strength=strength)
    grant = make_grant(person, role, node)
    return Actor(
        person_id=person.pk,
        role=grant.role,
        node_id=grant.node_id,
        node_path=grant.node.path,
        strength=strength,
    )


def log_in(client, person: Person, grant: RoleGrant | None = None, *, strength: Strength = Strength.PASSKEY) -> None:
    """Log `person` in on a test client, acting in the capacity of `grant` (None: as oneself); strongly, unless said."""
    client.force_login(person)
    session = client.session
    session["strength"] = int(strength)
    if strength.is_strong:  # what allauth writes down of it, so that it is also fresh
        session["account_authentication_methods"] = [{"method": "mfa", "type": "webauthn", "at": time_now()}]
        session["account_authentication_methods_user"] = str(person.pk)
    session["capacity"] = grant.pk if grant else 0
    session.save()
