"""Who sees which of the pages that join apps."""

from __future__ import annotations

from django.http import Http404

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role

DESK = {Role.COORDINATOR}
OVERVIEW = {Role.HOST, Role.LEADERSHIP, Role.COUNCIL, Role.ORGANISATION}


def require_role(actor: Actor, *roles: str) -> None:
    """Forbidden looks like missing."""
    if not actor.acts_as(*roles):
        raise Http404
