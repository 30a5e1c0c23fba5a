"""Everybody and everywhere in the made-up region, for those who tell its stories."""

from __future__ import annotations

from dataclasses import dataclass, field

from samskapa.ground.core.domain import Actor, Strength
from samskapa.ground.organisations.models import Node, RoleGrant
from samskapa.ground.people.models import Person


@dataclass
class Cast:
    """Places, people and the role each acts in, by key."""

    places: dict[str, Node] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    grants: dict[str, RoleGrant | None] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """The person in the first of their roles."""
        grant = self.grants[key]
        if grant is None:
            return self.oneself(key)
        return Actor(
            person_id=self.people[key].pk,
            role=grant.role,
            node_id=grant.node_id,
            node_path=grant.node.path,
            strength=Strength.CODE,
        )

    def oneself(self, key: str) -> Actor:
        return Actor(person_id=self.people[key].pk, strength=Strength.CODE)
