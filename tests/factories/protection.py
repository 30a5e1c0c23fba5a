"""People whose identity is protected, made by the service itself."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import Person
from samskapa.ground.protection.services import protect

from .organisations import NOW, make_grant
from .people import make_person


def make_protected(
    area: Node,
    *,
    coordinator: Person,
    now: datetime = NOW,
    name: str | None = None,
    email: str | None = None,
    phone: str = "",
    place: str = "",
    **fields,
) -> Person:
    """A member of the area's resource group whose details `coordinator` alone may open."""
    person = make_person(name, email=email, phone=phone, **fields)
    make_grant(person, Role.MEMBER, area)
    protect(person, coordinators=[coordinator], place=place, by=SYSTEM, now=now)
    return Person.objects.get(pk=person.pk)
