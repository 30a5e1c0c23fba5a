"""The doorways: concerns, and the organisation's routine for them."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Node

from .models import Concern
from .queries import concerns_for


def concern_for(actor: Actor, pk: int) -> Concern:
    """One that the coordinator reads. Else 404."""
    return get_object_or_404(concerns_for(actor), pk=pk)


def node_to_decide_for(actor: Actor) -> Node:
    """The organisation that the coordinator coordinates. Else 404."""
    if not actor.acts_as(Role.COORDINATOR):
        raise Http404
    return get_object_or_404(Node, pk=actor.node_id, kind__in=[Kind.REGION, Kind.MUNICIPALITY])
