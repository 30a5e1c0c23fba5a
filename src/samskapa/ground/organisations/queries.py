"""Questions about the tree and about who holds which role. Never a write."""

from __future__ import annotations

from django.db.models import QuerySet

from samskapa.ground.people.domain import Capacity
from samskapa.ground.people.models import Person

from .domain import Role, paths_above
from .models import Node, RoleGrant, kind_label, role_label

__all__ = [
    "capacities_of", "kind_label", "nodes_below", "people_with_role", "role_label", "roles_of",
]


def nodes_below(path: str) -> QuerySet[Node]:
    """The node at `path` and every node below it, unordered. An empty path finds none, never all."""
    return Node.objects.filter(path__startswith=path) if path else Node.objects.none()


def roles_of(person_id: int) -> QuerySet[RoleGrant]:
    """The roles a person holds now, with their nodes, the oldest first."""
    return RoleGrant.objects.filter(person_id=person_id, ended_at=None).select_related("node").order_by("granted_at", "pk")


def people_with_role(role: Role | str, node: Node) -> QuerySet[Person]:
    """Who holds `role` at `node` or above it (a role reaches downward), each once, in Swedish order."""
    grants = RoleGrant.objects.filter(
        role=Role(role).value, ended_at=None, person__is_active=True, node__path__in=paths_above(node.path)
    )
    return Person.objects.filter(pk__in=grants.values("person_id")).order_by("sort_key", "pk")


def grant_label(grant: RoleGrant) -> str:
    """ "Coordinator, Region Ekliden", in the reader's language."""
    return f"{role_label(grant.role)}, {grant.node.name}"


def capacities_of(person_id: int) -> list[Capacity]:
    """The capacities a person may act in beside as oneself. Fills the slot "capacities"."""
    return [Capacity(id=grant.pk, label=grant_label(grant)) for grant in roles_of(person_id)]
