"""The one doorway: who answers comes by their own link; who asks, by their role. All else looks missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.ground.core.domain import Actor, Strength
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import Node, RoleGrant
from samskapa.ground.organisations.queries import nodes_below

from . import queries
from .domain import Mode
from .models import Asked, AskedLink, Asking
from .queries.answers import digest
from .queries.askings import ASKERS, askings_seen_by
from .queries.sets import FREE, SetInWords, in_words, shipped, spec_of


@dataclass(frozen=True, slots=True)
class Door:
    """Somebody who came by their link. actor: who that is in the trail; of an anonymous round nobody."""

    asked: Asked
    asking: Asking
    token: str
    actor: Actor


def door_for(token: str) -> Door:
    """Who came by the link, and to which round. Raises Http404."""
    link = get_object_or_404(
        AskedLink.objects.select_related("asked__asking__set_version__question_set", "asked__asking__node"),
        token_digest=digest(token),
        asked__blanked_at=None,
    )
    asking = link.asked.asking
    person_id = link.asked.person_id if asking.mode == Mode.NAMED else None
    return Door(link.asked, asking, token, Actor(person_id=person_id, strength=Strength.LINK))


def asked_for(actor: Actor, asking: Asking) -> Asked:
    """The actor's own place in a round, for pages of other apps that include the questions. Raises Http404."""
    return get_object_or_404(
        Asked.objects.select_related("asking__set_version__question_set"),
        asking=asking,
        person_id=actor.whose or 0,
        blanked_at=None,
    )


def asker(actor: Actor) -> Actor:
    """The actor, where they may ask people. Raises Http404."""
    if not actor.acts_as(*ASKERS):
        raise Http404
    return actor


def asking_for(actor: Actor, pk: int) -> Asking:
    """A round of the actor's node or below. Raises Http404."""
    return get_object_or_404(askings_seen_by(asker(actor)), pk=pk)


def asked_in_round(asking: Asking, pk: int) -> Asked:
    """Somebody who is asked in the round. Raises Http404."""
    return get_object_or_404(asking.asked.select_related("person"), pk=pk)


def free_set(key: str, *, language: str) -> SetInWords:
    """A set that whoever asks may choose, in the words of its first side. Raises Http404."""
    if key not in FREE:
        raise Http404
    spec = shipped(key)
    return in_words(spec, side=next(iter(spec.sides)), language=language)


def side_of(asking: Asking, side: str, *, language: str, easy: bool = False) -> SetInWords:
    """The round's questions as somebody on `side` meets them. Raises Http404 where nobody stands on it."""
    if side not in asking.set_version.sides:
        raise Http404
    return queries.in_words(spec_of(asking.set_version), side=side, language=language, easy=easy)


def people_to_ask(role: Role, node: Node) -> list[int]:
    """Ids of everybody who holds the role at the node or below it: for a round, and shown to nobody. Nobody gets a mail
    whose account is closed."""
    grants = RoleGrant.objects.filter(
        role=role.value, ended_at=None, person__is_active=True, node__in=nodes_below(node.path).values("pk")
    )
    return sorted(set(grants.values_list("person_id", flat=True)))
