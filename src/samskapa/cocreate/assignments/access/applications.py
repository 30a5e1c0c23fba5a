"""The doorways of the journey. What one may not know of looks like what is not there."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import Node

from ..models import Application, Assignment, PublicQuestion
from ..queries.applications import (
    Applicant,
    applicant,
    assignments_run_by,
    nominations_to,
    own_applications,
    questions_run_by,
)
from ..queries.open import public_assignments


def public_assignment(pk: int) -> Assignment:
    """An assignment that is or has been open; anybody may read it."""
    return get_object_or_404(public_assignments(), pk=pk)


def may_apply(actor: Actor) -> bool:
    """One applies as oneself or as a member, never as host, coordinator or another office."""
    return actor.person_id is not None and (actor.is_oneself or actor.acts_as(Role.MEMBER))


def may_nominate(actor: Actor) -> bool:
    return actor.acts_as(Role.ORGANISATION) and bool(actor.node_id)


def is_coordinator(actor: Actor) -> bool:
    return actor.acts_as(Role.COORDINATOR)


def runs(actor: Actor, assignment: Assignment) -> bool:
    """Whether the actor is host or coordinator of it. Costs no query: unit and area came with the assignment."""
    if actor.acts_as(Role.HOST):
        return assignment.unit is not None and actor.reaches(assignment.unit.path)
    if actor.acts_as(Role.COORDINATOR):
        return actor.reaches(assignment.area.path) or (
            assignment.unit is not None and actor.reaches(assignment.unit.path)
        )
    return False


def run_assignment(actor: Actor, pk: int, *, only_coordinator: bool = False) -> Assignment:
    """An assignment for its host or coordinator. 403 where the host sees it but the coordinator does it."""
    assignment = get_object_or_404(assignments_run_by(actor), pk=pk)
    if only_coordinator and not is_coordinator(actor):
        raise PermissionDenied
    return assignment


def run_applicant(
    actor: Actor, pk: int, application_pk: int, *, only_coordinator: bool = False
) -> tuple[Assignment, Applicant]:
    """One applicant, as the actor may see them."""
    assignment = run_assignment(actor, pk, only_coordinator=only_coordinator)
    found = applicant(assignment, actor, application_pk)
    if found is None:
        raise Http404
    return assignment, found


def run_question(actor: Actor, pk: int) -> PublicQuestion:
    """A public question, for host or coordinator."""
    return get_object_or_404(questions_run_by(actor), pk=pk)


def own_application(actor: Actor, pk: int) -> Application:
    """One's own application, in whatever capacity one happens to act."""
    return get_object_or_404(own_applications(actor), pk=pk)


def nomination_to(actor: Actor, pk: int) -> Application:
    """A nomination of oneself that waits for an answer."""
    return get_object_or_404(nominations_to(actor), pk=pk)


def check_may_nominate(actor: Actor) -> None:
    """403 for others than organisations. Raises PermissionDenied."""
    if not may_nominate(actor):
        raise PermissionDenied


def nominating_organisation(actor: Actor) -> Node:
    """The organisation that the actor speaks for. 403 for others."""
    check_may_nominate(actor)
    return get_object_or_404(Node, pk=actor.node_id)
