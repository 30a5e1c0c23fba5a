"""Who acts. A frozen value of ids, built once per request and handed to every doorway and service."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Strength(IntEnum):
    """How strongly the person showed who they are; higher is stronger."""

    NONE = 0
    LINK = 10  # a signed, single-use link
    CODE = 20  # a one-time code by mail
    PASSWORD = 30
    TWO_FACTOR = 40
    PASSKEY = 50
    EID = 60


@dataclass(frozen=True, slots=True)
class Actor:
    """Person, capacity, for whom, and how strongly logged in. Ids only: safe in logs and in the trail.

    person_id: who acts; None for a visitor who is not logged in, and for the system itself.
    role, node_id: the capacity: a role held at a node of the organisation tree; "" and None for oneself.
    node_path: the ids from the tree's root to that node, "1.14.203.": a role reaches every node below.
    for_person_id: whom one acts for, where a coordinator helps somebody (issue "Safe for real people").
    """

    person_id: int | None = None
    role: str = ""
    node_id: int | None = None
    node_path: str = ""
    for_person_id: int | None = None
    strength: Strength = Strength.NONE

    @property
    def is_visitor(self) -> bool:
        return self.person_id is None and self.role != "system"

    @property
    def is_oneself(self) -> bool:
        """Logged in and acting for nobody but oneself."""
        return self.person_id is not None and self.role == ""

    def acts_as(self, *roles: str) -> bool:
        """Whether the chosen capacity is one of `roles`."""
        return self.role in roles

    def reaches(self, node_path: str) -> bool:
        """Whether the role's node is the node at `node_path` or stands above it."""
        return bool(self.node_path) and node_path.startswith(self.node_path)


#: What the worker and the commands act as.
SYSTEM = Actor(role="system")
