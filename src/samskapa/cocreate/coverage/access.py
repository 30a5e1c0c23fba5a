"""The doorways: whose coverage one may see, and which tables of the population one may take in or remove."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.cocreate.pool.access import group_to_run, may_run, open_group
from samskapa.cocreate.pool.models import Group
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Node

from .models import PopulationTable, Snapshot


def group_told(node_pk: int) -> Group:
    """A group, for what everybody is told of it. Raises Http404."""
    return open_group(node_pk)


def month_told(told: Iterable[Snapshot], month: str) -> Snapshot:
    """That of `told` which is of the month written as "2026-11". Raises Http404."""
    for snapshot in told:
        if f"{snapshot.month:%Y-%m}" == month:
            return snapshot
    raise Http404


def group_counted(actor: Actor, node_pk: int) -> Group:
    """A group, for its coordinators, who may see each member by name and so the exact counts. Raises Http404."""
    return group_to_run(actor, node_pk)


def runs(actor: Actor, group: Group) -> bool:
    """Whether the actor is one of those."""
    return may_run(actor, group.node)


def area_to_fill(actor: Actor) -> str:
    """Of which places the actor may take in the population: "" for the whole country (the operator); else the code
    that theirs begin with (a coordinator, of her own region or municipality). Raises Http404."""
    if actor.acts_as(Role.OPERATOR):
        return ""
    node = Node.objects.filter(pk=actor.node_id or 0, kind__in=[Kind.REGION, Kind.MUNICIPALITY]).first()
    if not actor.acts_as(Role.COORDINATOR) or node is None or not node.code:
        raise Http404
    return node.code


def table_to_remove(actor: Actor, pk: int) -> PopulationTable:
    """A table that the actor may remove: the operator each, a coordinator those of her own area. Raises Http404."""
    within = area_to_fill(actor)
    found = get_object_or_404(PopulationTable, pk=pk)
    if within and found.within != within:
        raise Http404
    return found
