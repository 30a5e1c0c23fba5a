"""A region that needs people, another one with a group, and an organisation with a section in the first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.assignments.services.nominating import nominate
from samskapa.cocreate.matching.models import Enquiry
from samskapa.cocreate.matching.services.enquiring import send_enquiries
from samskapa.cocreate.pool.models import Group, Member
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Node

from .matching import Turn, make_turn
from .organisations import NOW, actor_for, make_node
from .pool import make_group, make_member


@dataclass
class Two:
    """here: who needs people. Another group with its coordinator and members. An organisation, its section, and who
    speaks for the section."""

    here: Turn
    group: Group
    coordinator: Actor
    members: list[Member]
    organisation: Node
    section: Node
    speaker: Actor

    @property
    def assignment(self) -> Assignment:
        return self.here.assignment


def make_two(members: int = 0, here: int = 0, **changes: Any) -> Two:
    turn = make_turn(here, **changes)
    group, coordinator = make_group(make_node(Kind.REGION, code="92", name="Region Björkvik"), name="Banken")
    organisation = make_node(Kind.PATIENT_ORGANISATION, "Hjärtföreningen")
    section = make_node(Kind.SECTION, "Hjärtföreningen i Ekliden", organisation, county_code="91")
    speaker = actor_for(role=Role.ORGANISATION, node=section)
    found = [make_member(group, coordinator=coordinator) for _number in range(members)]
    return Two(turn, group, coordinator, found, organisation, section, speaker)


def enquire(two: Two, *nodes: Node, now: datetime = NOW, **changes: Any) -> list[Enquiry]:
    """Ask the other group and the section, or some, by the coordinator who needs people."""
    asked = nodes or (two.group.node, two.section)
    usual: dict[str, Any] = {
        "answer_by": timezone.localdate(now) + timedelta(days=7),
        "wanted": 2,
        "message": "Vi hoppas på er.",
        "by": two.here.coordinator,
    }
    return send_enquiries(two.assignment, [node.pk for node in asked], **usual | changes, now=now)


def put_forward(two: Two, *, organisation: Node | None = None, by: Actor | None = None, now: datetime = NOW) -> None:
    """The section, or another, nominates somebody."""
    nominate(
        two.assignment,
        organisation=organisation or two.section,
        name="Sigge Ström",
        email=f"sigge{timezone.now().timestamp()}@example.se",
        reason="Vet hur det är.",
        by=by or two.speaker,
        now=now,
    )
