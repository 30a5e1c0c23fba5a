"""A small world with everything twice: a person's own things, and the same belonging to strangers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from samskapa.cocreate.assignments.models import Application, PartComment
from samskapa.cocreate.assignments.services.need import comment_part, create_need
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.services import create_node, grant_role
from tests.factories import assignments as make
from tests.factories.people import make_person


@dataclass
class Side:
    """A region with all that is in it. people: role -> (person, grant)."""

    region: Any
    unit: Any
    organisation: Any
    people: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    def actor(self, role: str) -> Actor:
        person, grant = self.people[role]
        if grant is None:
            return Actor(person_id=person.pk)
        return Actor(person_id=person.pk, role=grant.role, node_id=grant.node_id, node_path=grant.node.path)


def build_side(name: str, now) -> Side:
    """One region, its people in every role, and their things."""
    nation = make.make_node(Kind.NATION)
    region = create_node(Kind.REGION, f"Region {name}", nation, by=SYSTEM, now=now)
    unit = create_node(Kind.UNIT, f"Mottagningen {name}", region, by=SYSTEM, now=now)
    organisation = create_node(Kind.PATIENT_ORGANISATION, f"Föreningen {name}", by=SYSTEM, now=now)
    side = Side(region, unit, organisation)
    at = {
        Role.HOST: unit,
        Role.ORGANISATION: organisation,
        Role.NATIONAL: nation,
        Role.OPERATOR: nation,
    }
    side.people[""] = (make_person(f"Själv {name}"), None)
    for role in Role:
        person = make_person(f"{role.value} {name}")
        grant = grant_role(person, role, at.get(role, region), by=SYSTEM, now=now)
        side.people[role.value] = (person, grant)
    return side
