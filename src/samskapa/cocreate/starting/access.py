"""The doorway: a place whose group somebody may start."""

from __future__ import annotations

from django.http import Http404

from samskapa.cocreate.pool.access import node_to_arrange
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.models import Node

from .domain import BY_KEY, Step


def place_to_start(actor: Actor, node_pk: int) -> Node:
    """A region or a municipality that the coordinator runs. Raises Http404."""
    return node_to_arrange(actor, node_pk)


def step_of(key: str) -> Step:
    """Raises Http404."""
    if key not in BY_KEY:
        raise Http404
    return BY_KEY[key]
