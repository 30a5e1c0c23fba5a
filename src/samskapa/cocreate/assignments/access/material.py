"""The doorway to material. Host and coordinator put it there; those who are chosen, and for some of it everybody, fetch
it. To all others it looks like what is not there."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role

from ..domain.material import takes_material
from ..models import Assignment, Material
from ..queries import material as queries


def assignment_with_material(actor: Actor, pk: int) -> Assignment:
    """An assignment, from its first need, for its host and coordinator. Raises Http404."""
    found = queries.assignments_with_material_of(actor).select_related("unit", "area")
    return get_object_or_404(found, pk=pk)


def may_put(actor: Actor, assignment: Assignment) -> bool:
    """Whether the page offers to put material there and change it now."""
    return takes_material(assignment.state, is_coordinator=actor.acts_as(Role.COORDINATOR))


def material_to_run(actor: Actor, pk: int) -> Material:
    """One of theirs, for host and coordinator, also when it has been taken away: a button may be pressed twice. Raises
    Http404."""
    return get_object_or_404(queries.material_run_by(actor), pk=pk)


def public_material(pk: int) -> Material:
    """What anybody may fetch. Raises Http404."""
    return get_object_or_404(queries.public_material(), pk=pk)


def material_for(actor: Actor, pk: int) -> Material:
    """What those who are chosen, host and coordinator may fetch. Raises Http404."""
    return get_object_or_404(queries.material_shown_to(actor), pk=pk)
