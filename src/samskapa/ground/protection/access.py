"""The doorways to protected details. Each opening by somebody else leaves a look."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record_look
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.queries import all_coordinators, coordinators_around
from samskapa.ground.people.models import Person, ProtectedDetails
from samskapa.ground.people.queries import in_reader_order

from . import queries
from .queries import details_named_for, people_in_area, people_of


def people_for(actor: Actor, words: str = "") -> QuerySet[Person]:
    """The people of the coordinator's area. 404 for others."""
    if not actor.acts_as(Role.COORDINATOR):
        raise Http404
    return people_of(actor, words)


def person_to_protect(actor: Actor, pk: int) -> Person:
    """Somebody in the coordinator's area whose identity is not protected. Else 404."""
    if not actor.acts_as(Role.COORDINATOR):
        raise Http404
    return get_object_or_404(people_in_area(actor.node_path), pk=pk, protected_tag=None)


def details_for(actor: Actor, person_pk: int, *, now: datetime) -> ProtectedDetails:
    """The true details of a protected person, for a coordinator who is named; that she looked is in the trail.
    Else 404."""
    details = get_object_or_404(details_named_for(actor), person_id=person_pk)
    record_look(person_pk, by=actor, at=now, what="protection.details")
    return details


def details_nobody_opens(actor: Actor, person_pk: int) -> ProtectedDetails:
    """Of a protected person in the coordinator's area whose named coordinators have all gone, so that others can be
    named. What is hidden is not to be shown by it. Else 404."""
    if not actor.acts_as(Role.COORDINATOR):
        raise Http404
    area = people_in_area(actor.node_path)
    return get_object_or_404(queries.details_nobody_opens().filter(person__in=area.values("pk")), person_id=person_pk)


def own_details(person: Person) -> ProtectedDetails | None:
    """One's own, where one is protected."""
    return ProtectedDetails.objects.filter(person=person).first() if person.protected_tag else None


def coordinators_to_name(actor: Actor, also: Collection[int] = ()) -> QuerySet[Person]:
    """Whom one may name: a coordinator those around her own node, a person any coordinator. In the reader's order.

    also: ids of those who are named already and may stay.
    """
    around = coordinators_around(actor.node_path) if actor.acts_as(Role.COORDINATOR) else all_coordinators()
    found = Person.objects.filter(Q(pk__in=around.values("pk")) | Q(pk__in=also), is_active=True)
    return found.order_by(in_reader_order(), "pk")
