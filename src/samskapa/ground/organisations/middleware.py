"""Builds the actor once per request: `request.actor`. Here, and nowhere else, a weak log-in is kept out of a role."""

from __future__ import annotations

import time

from django.conf import settings
from django_htmx.http import HttpResponseClientRedirect

from samskapa.ground.core.domain import Actor, Strength
from samskapa.ground.people.access import strengthen_first
from samskapa.ground.people.domain import CAPACITY, STRENGTH

from .access import step_grant
from .domain import STEP, STRONG_ROLES
from .models import RoleGrant


class ActorMiddleware:
    """Who is too weakly logged in for the chosen role acts as oneself, and is led to strengthen the log-in wherever
    oneself does not get in. What is forbidden and what is missing answer alike."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = actor_of(request)
        response = self.get_response(request)
        waits = getattr(request, "waiting_grant", None)
        if waits is None or response.status_code not in (403, 404) or request.resolver_match is None:
            return response
        page = strengthen_first(request)
        return HttpResponseClientRedirect(page.url) if request.htmx else page


def actor_of(request) -> Actor:
    """Who acts in this request. A capacity that has ended falls back to oneself, and so does one that waits for a
    stronger log-in (`request.waiting_grant`)."""
    by_link = _step(request)
    if by_link is not None:
        return by_link
    if not request.user.is_authenticated:
        return Actor()
    strength = Strength(request.session.get(STRENGTH, Strength.NONE))
    grant_id = request.session.get(CAPACITY)
    grant = (
        RoleGrant.objects.filter(pk=grant_id, person_id=request.user.pk, ended_at=None).select_related("node").first()
        if grant_id
        else None
    )
    if grant is not None and grant.role in STRONG_ROLES and not strength.is_strong:
        request.waiting_grant, grant = grant, None
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


def _step(request) -> Actor | None:
    """Who came by a link to one step, for the requests of that very page. Somebody who is logged in strongly, or as
    somebody else, is who they are."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    step = request.session.get(STEP)
    if not step or step["path"] != request.path or step["until"] < time.time():
        return None
    grant = step_grant(step["grant"], step["path"])
    if grant is None:
        return None
    if request.user.is_authenticated and (
        request.user.pk != grant.person_id or Strength(request.session.get(STRENGTH, 0)).is_strong
    ):
        return None
    request.user, request.role_grant, request.by_link = grant.person, grant, True
    return Actor(
        person_id=grant.person_id,
        role=grant.role,
        node_id=grant.node_id,
        node_path=grant.node.path,
        strength=Strength.LINK,
    )
