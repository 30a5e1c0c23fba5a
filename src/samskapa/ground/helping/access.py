"""The doorways: whom one may help, one's session of help, letters, and the link by which somebody takes over."""

from __future__ import annotations

from datetime import datetime

from django.core import signing
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.queries import nodes_below
from samskapa.ground.people.models import Person, display_name
from samskapa.ground.protection.access import details_for

from .domain import TAKE_OVER_LASTS
from .models import Help, Registered
from .queries import helps_of, mail_to_pass_on, people_to_help

_SALT = "samskapa.take-over"


def coordinator(actor: Actor) -> Actor:
    """The actor, where they are coordinator and help nobody just now. Else 404."""
    if not actor.acts_as(Role.COORDINATOR):
        raise Http404
    return actor


def person_to_help(actor: Actor, pk: int) -> Person:
    """Somebody the coordinator may act for. Else 404."""
    return get_object_or_404(people_to_help(coordinator(actor)), pk=pk)


def registered(person: Person) -> Registered | None:
    """How to reach them, where a coordinator registered them."""
    return Registered.objects.filter(person=person).select_related("registered_by").first()


def help_for(actor: Actor, pk: int) -> Help:
    """A session of help that is over: for the person, and for a coordinator who may help the person. Else 404."""
    over = Help.objects.filter(ended_at__isnull=False).select_related("person", "helper", "node")
    own = over.filter(person_id=actor.person_id or 0, pk=pk).first()
    if own is not None:
        return own
    there = nodes_below(coordinator(actor).node_path).values("pk")
    return get_object_or_404(over, pk=pk, node__in=there, person__in=people_to_help(actor).order_by().values("pk"))


def help_to_post(actor: Actor, pk: int) -> Help:
    """The same, for the coordinator alone. Else 404."""
    coordinator(actor)
    return help_for(actor, pk)


def own_helps(actor: Actor) -> QuerySet[Help]:
    """Each time one was helped."""
    return helps_of(actor.person_id or 0)


def letter_address(actor: Actor, person: Person, *, lives_at: str = "", now: datetime) -> str:
    """Name and postal address as they show in the window of an envelope; of a protected person the true ones, for a
    coordinator who is named. "" for the person, who needs none. lives_at: where they said that they want letters."""
    if person.pk == actor.person_id:
        return ""
    if person.protected_tag:
        details = details_for(actor, person.pk, now=now)
        return f"{details.name}\n{details.place}".strip()
    row = registered(person)
    place = lives_at or (row.postal_address if row else "")
    return f"{display_name(person)}\n{place}".strip()


def mail_for(actor: Actor, pk: int) -> OutboxMail:
    """A mail that is to be told in another way. Else 404."""
    return get_object_or_404(mail_to_pass_on(coordinator(actor)), pk=pk)


def take_over_token(person: Person, email: str) -> str:
    """What a link holds by which the one who reads mail at `email` takes over the account."""
    return signing.dumps({"person": person.pk, "email": email}, salt=_SALT)


def take_over_of(token: str) -> tuple[Person, str]:
    """Whose account, and which address. Else 404: not ours, too old, or the person has an address by now."""
    try:
        found = signing.loads(token, salt=_SALT, max_age=TAKE_OVER_LASTS)
    except signing.BadSignature as error:
        raise Http404 from error
    person = get_object_or_404(Person, pk=found["person"], is_active=True, email=None, protected_tag=None)
    return person, found["email"]
