"""A group with members and an open assignment to ask them to, made by the services."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.matching.models import Invitation, Wave
from samskapa.cocreate.matching.queries.filling import Filling
from samskapa.cocreate.matching.services import asking
from samskapa.cocreate.pool.models import Group, Member
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Kind
from samskapa.ground.organisations.models import Node

from .assignments import make_open
from .organisations import NOW, make_node
from .pool import make_group, make_member

#: Later than any page is opened in a test.
CLOSES = timezone.localdate() + timedelta(days=25)


@dataclass
class Turn:
    """A region with a group, its members in the order they were made, and an open assignment."""

    region: Node
    unit: Node
    group: Group
    coordinator: Actor
    assignment: Assignment
    members: list[Member] = field(default_factory=list)

    @property
    def filling(self) -> Filling:
        """Finding people for it, as its coordinator does."""
        return Filling(self.assignment, self.coordinator)


def make_turn(members: int = 0, *, now: datetime = NOW, **changes: Any) -> Turn:
    """`members` active ones who have told no more than they must. changes: parts of the need."""
    region = make_node(Kind.REGION, code="91")
    unit = make_node(Kind.UNIT, parent=region)
    group, coordinator = make_group(region)
    turn = Turn(region, unit, group, coordinator, make_assignment(unit, coordinator, now=now, **changes))
    turn.members = [make_member(group, coordinator=coordinator) for _number in range(members)]
    return turn


def make_assignment(
    unit: Node, coordinator: Actor, *, now: datetime = NOW, closes_on: date = CLOSES, **changes: Any
) -> Assignment:
    """An open one that closes after the tests; parts of the need by name."""
    return make_open(
        unit=unit,
        coordinator=coordinator,
        now=now,
        closes_on=closes_on,
        answer_by=closes_on + timedelta(days=5),
        **changes,
    )


def ask(turn: Turn, members: list[Member] | None = None, *, now: datetime = NOW, **changes: Any) -> Wave:
    """Open a wave to all members, or some."""
    asked = turn.members if members is None else members
    usual: dict[str, Any] = {
        "answer_by": timezone.localdate(now) + timedelta(days=7),
        "wanted": 2,
        "next_by_itself": False,
        "sought": {},
        "by": turn.coordinator,
    }
    assignment = changes.pop("assignment", turn.assignment)
    return asking.open_wave(assignment, turn.group, [member.pk for member in asked], **usual | changes, now=now)


def invitation_of(member: Member) -> Invitation:
    """The latest of the member's."""
    found = Invitation.objects.filter(member=member).order_by("pk").last()
    assert found is not None
    return found
