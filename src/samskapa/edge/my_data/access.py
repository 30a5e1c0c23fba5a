"""Whose death one may note. What one may not see looks as if it did not exist."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role
from samskapa.ground.people.models import Person
from samskapa.ground.people.queries import in_reader_order


def people_within(actor: Actor) -> QuerySet[Person]:
    """Whom `actor` may note as dead, in the reader's order: a coordinator those with a role, or an application or
    nomination they have answered, in her area; the operator everybody. Never oneself. Raises Http404 for others."""
    if not actor.acts_as(Role.COORDINATOR, Role.OPERATOR) or not actor.node_path:
        raise Http404
    found = Person.objects.filter(forgotten_at=None).exclude(pk=actor.person_id or 0)
    if actor.acts_as(Role.COORDINATOR):
        below = actor.node_path
        found = found.filter(
            Q(role_grants__node__path__startswith=below)
            | Q(applications__assignment__area__path__startswith=below)
            | Q(applications__assignment__unit__path__startswith=below)
        ).distinct()
    return found.order_by(in_reader_order(), "pk")


def person_within(actor: Actor, pk: int) -> Person:
    """One of them. Raises Http404."""
    return get_object_or_404(people_within(actor).order_by(), pk=pk)
