"""Rows of a recruitment plan, and posters and links, made by the services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.recruiting.models import Channel, Sought
from samskapa.cocreate.recruiting.services import channels, planning
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.queries import municipalities

from .organisations import NOW

ROW: dict[str, Any] = {
    "audience": "young",
    "municipality_id": None,
    "place": "youth_clinic",
    "how": "Be personalen sätta upp affischen.",
    "doer_id": None,
    "by_day": None,
    "done_on": None,
    "note": "",
}
CHANNEL: dict[str, Any] = {
    "name": "Affisch, ungdomsmottagningen",
    "kind": "poster",
    "audience": "young",
    "municipality_id": None,
    "contact_id": None,
}


def make_sought(group: Group, by: Actor, *, now: datetime = NOW, **values: Any) -> Sought:
    """A row of the group's plan."""
    return planning.add_sought(group, ROW | values, by=by, now=now)


def make_channel(group: Group, by: Actor, *, now: datetime = NOW, **values: Any) -> Channel:
    """A poster of the group's."""
    return channels.make_channel(group, CHANNEL | values, by=by, now=now)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A part that is missing, as coverage says it."""

    feature: str
    part: str
    label: str


def what_is_missing(group: Group) -> list[Lacking]:
    """Fills the slot "missing_in_group" where a test says so: the young of two bands, men, and those of each
    municipality."""
    places = [Lacking("municipality", node.code, node.name) for node in municipalities()]
    young = [Lacking("age", "16-17", "16 till 17 år"), Lacking("age", "13-15", "13 till 15 år")]
    return [young[0], Lacking("gender", "man", "Män"), *places, young[1]]
