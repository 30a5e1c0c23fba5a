"""Builds the actor once per request: `request.actor`."""

from __future__ import annotations

from samskapa.ground.core.domain import Actor, Strength
from samskapa.ground.people.domain import CAPACITY, STRENGTH

from .models import RoleGrant


class ActorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = actor_of(request)
        return self.get_response(request)


def actor_of(request) -> Actor:
    """Who acts in this request. A capacity that has ended falls back to oneself."""
    if not request.user.is_authenticated:
        return Actor()
    strength = Strength(request.session.get(STRENGTH, Strength.NONE))
    grant_id = request.session.get(CAPACITY)
    grant = (
        RoleGrant.objects.filter(pk=grant_id, person_id=request.user.pk, ended_at=None).select_related("node").first()
        if grant_id
        else None
    )
    request.role_grant = grant
    if grant is None:
        return Actor(person_id=request.user.pk, strength=strength)
    return Actor(
        person_id=request.user.pk,
        role=grant.role,
        node_id=grant.node_id,
        node_path=grant.node.path,
        strength=strength,
    )
