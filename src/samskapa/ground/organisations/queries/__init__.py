"""Questions about the tree and about who holds which role. Never a write."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from samskapa.ground.figures.domain import Place
from samskapa.ground.people.domain import Capacity, sort_key_in, swedish_sort_key
from samskapa.ground.people.models import Person
from samskapa.ground.people.queries import account_at, in_reader_order

from ..domain import STRONG_ROLES, Kind, Role, paths_above, search_stems
from ..models import Invitation, Node, RoleGrant, kind_label, role_label

__all__ = [
    "account_at",
    "all_coordinators",
    "capacities_of",
    "capacity_names",
    "coordinator_paths",
    "coordinators_around",
    "figure_places",
    "grants_reaching",
    "kind_label",
    "municipalities",
    "nodes_below",
    "organisations",
    "people_with_role",
    "people_with_roles_in",
    "role_label",
    "roles_of",
]


def nodes_below(path: str) -> QuerySet[Node]:
    """The node at `path` and every node below it, unordered. An empty path finds none, never all."""
    return Node.objects.filter(path__startswith=path) if path else Node.objects.none()


def municipalities() -> QuerySet[Node]:
    """The municipalities that are not closed, in the reader's order: where somebody lives or meets."""
    return Node.objects.filter(kind=Kind.MUNICIPALITY, closed_at=None).order_by(in_reader_order(), "pk")


def figure_places() -> list[Place]:
    """The nation and all below it, closed places too: what was counted there stays in the sums. Fills the slot
    "figure_places"."""
    beside = [Kind.PATIENT_ORGANISATION, Kind.SECTION]
    rows = Node.objects.exclude(kind__in=beside).order_by("pk").values_list("pk", "parent_id")
    return [Place(pk, parent_id) for pk, parent_id in rows]


def roles_of(person_id: int) -> QuerySet[RoleGrant]:
    """The roles a person holds now, with their nodes, the oldest first."""
    return (
        RoleGrant.objects.filter(person_id=person_id, ended_at=None).select_related("node").order_by("granted_at", "pk")
    )


def grants_reaching(role: Role | str, node: Node) -> QuerySet[RoleGrant]:
    """The grants of `role` held now at `node` or above it (a role reaches downward), the oldest first."""
    return RoleGrant.objects.filter(
        role=Role(role).value, ended_at=None, person__is_active=True, node__path__in=paths_above(node.path)
    ).order_by("granted_at", "pk")


def people_with_role(role: Role | str, node: Node) -> QuerySet[Person]:
    """Who holds `role` at `node` or above it (a role reaches downward), each once, in the reader's order."""
    grants = grants_reaching(role, node)
    return Person.objects.filter(pk__in=grants.values("person_id")).order_by(in_reader_order(), "pk")


def grant_label(grant: RoleGrant) -> str:
    """ "Coordinator, Region Ekliden", in the reader's language."""
    return f"{role_label(grant.role)}, {grant.node.name}"


def capacities_of(person_id: int) -> list[Capacity]:
    """The capacities a person may act in beside as oneself. Fills the slot "capacities"."""
    return [
        Capacity(id=grant.pk, label=grant_label(grant), needs_strong=grant.role in STRONG_ROLES)
        for grant in roles_of(person_id)
    ]


def capacity_names(capacities: Iterable[tuple[str, int | None]]) -> dict[tuple[str, int | None], str]:
    """Roles at nodes, held or once held, as a person reads them. Fills the slot "capacity_names"."""
    wanted = set(capacities)
    nodes = dict(Node.objects.filter(pk__in={node_id for _, node_id in wanted}).values_list("pk", "name"))
    return {
        (role, node_id): ", ".join(part for part in (role_label(role), nodes.get(node_id or 0, "")) if part)
        for role, node_id in wanted
    }


def grants_now() -> QuerySet[RoleGrant]:
    """All roles held now, with person and node, by the person's name."""
    return (
        RoleGrant.objects.filter(ended_at=None)
        .select_related("person", "node")
        .order_by(in_reader_order("person__sort_key"), "person_id", "pk")
    )


def organisations() -> QuerySet[Node]:
    """Patient organisations and their sections that are not closed."""
    return Node.objects.filter(kind__in=[Kind.PATIENT_ORGANISATION, Kind.SECTION], closed_at=None)


def directory(*, words: str = "", area: str = "") -> QuerySet[Node]:
    """The patient organisations in the reader's order: those in which each word occurs, and of the area."""
    found = (
        organisations()
        .filter(kind=Kind.PATIENT_ORGANISATION)
        .select_related("parent")
        .order_by(in_reader_order(), "pk")
    )
    for stem in search_stems(words):
        found = found.filter(search_text__contains=stem)
    return found.filter(area=area) if area else found


def areas() -> list[str]:
    """The areas that patient organisations speak for, in the order of the reader's language, each once."""
    found = organisations().filter(kind=Kind.PATIENT_ORGANISATION).exclude(area="").values_list("area", flat=True)
    language = get_language() or "sv"
    return sorted(set(found), key=lambda area: (sort_key_in(language, swedish_sort_key(area)), area))


def parts_of(node: Node) -> QuerySet[Node]:
    """The organisations and sections directly under `node`, in the reader's order."""
    return organisations().filter(parent=node).order_by(in_reader_order(), "pk")


def invitations_waiting(nodes: QuerySet[Node], *, roles: Iterable[Role], now: datetime) -> QuerySet[Invitation]:
    """Invitations to one of `roles` at `nodes` that still work and nobody has used, the newest first."""
    return (
        Invitation.objects.filter(
            node__in=nodes, role__in=[role.value for role in roles], used_at=None, expires_at__gt=now
        )
        .select_related("node")
        .order_by("-created_at", "-pk")
    )


def invitation_with(token_digest: str) -> Invitation | None:
    """The invitation with that digest of its link's token."""
    return Invitation.objects.filter(token_digest=token_digest).select_related("node").first()


def people_with_roles_in(path: str) -> QuerySet[Person]:
    """Everybody who holds a role at the node at `path` or below it. Fills a row of the slot "people_in_area"."""
    grants = RoleGrant.objects.filter(ended_at=None, node__in=nodes_below(path).values("pk"))
    return Person.objects.filter(pk__in=grants.values("person_id"))


def coordinators_around(path: str) -> QuerySet[Person]:
    """Who is coordinator at the node at `path`, above it or below it, in the reader's order."""
    reach = Q(node__path__in=paths_above(path)) | Q(node__path__startswith=path)
    return _coordinators(RoleGrant.objects.filter(reach)) if path else Person.objects.none()


def coordinator_paths(person_ids: Collection[int]) -> dict[int, list[str]]:
    """Person's id -> the paths of the nodes where they, being active, hold the role of coordinator now. One query."""
    paths: dict[int, list[str]] = {person: [] for person in person_ids}
    held = RoleGrant.objects.filter(role=Role.COORDINATOR.value, ended_at=None, person__is_active=True)
    for person, path in held.filter(person__in=person_ids).values_list("person", "node__path"):
        paths[person].append(path)
    return paths


def all_coordinators() -> QuerySet[Person]:
    """Every coordinator, in the reader's order."""
    return _coordinators(RoleGrant.objects.all())


def _coordinators(grants: QuerySet[RoleGrant]) -> QuerySet[Person]:
    held = grants.filter(role=Role.COORDINATOR.value, ended_at=None)
    return Person.objects.filter(pk__in=held.values("person_id"), is_active=True).order_by(in_reader_order(), "pk")
