"""Protect and lift: the person's own row and everything else that named them, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from samskapa.ground.core.domain import Actor, Urgency
from samskapa.ground.core.services import queue_mail
from samskapa.ground.people.models import Person, ProtectedDetails
from samskapa.ground.people.services import (
    change_hidden_details,
    hide_details,
    name_coordinators,
    show_details_again,
)


@transaction.atomic
def protect(
    person: Person, *, coordinators: Iterable[Person], place: str = "", by: Actor, now: datetime
) -> ProtectedDetails:
    """Protect the person's identity. Only `coordinators` may see the details from now on.

    What other apps keep of the person's address follows by the slot "hide_address"; the person is told by mail.
    Raises AlreadyProtected, NobodyNamed.
    """
    details = hide_details(person, coordinators=coordinators, place=place, by=by, now=now)
    for path in settings.SLOTS["hide_address"]:
        import_string(path)(person, details.email, by=by, now=now)
    _tell(person, "protected", key=f"{details.uid}", now=now)
    return details


@transaction.atomic
def lift(details: ProtectedDetails, *, by: Actor, now: datetime) -> Person:
    """The person's details are shown as anybody's again. What other apps had left out for the protection's sake follows
    by the slot "show_again". Raises NotProtected."""
    person = show_details_again(details.person, by=by, now=now)
    for path in settings.SLOTS["show_again"]:
        import_string(path)(person, by=by, now=now)
    _tell(person, "lifted", key=f"{details.uid}", now=now)
    return person


@transaction.atomic
def change(
    details: ProtectedDetails,
    *,
    coordinators: Iterable[Person],
    name: str,
    phone: str,
    place: str,
    email: str | None = None,
    by: Actor,
    now: datetime,
) -> ProtectedDetails:
    """Store what is hidden and who may see it, all or nothing. Raises NotProtected, NobodyNamed, AddressTaken."""
    details = change_hidden_details(details, name=name, phone=phone, place=place, email=email, by=by, now=now)
    return name_coordinators(details, coordinators, by=by, now=now)


@transaction.atomic
def name_anew(
    details: ProtectedDetails, coordinators: Iterable[Person], *, by: Actor, now: datetime
) -> ProtectedDetails:
    """Name coordinators where all who were named have gone; the person is told. Raises NobodyNamed, NotProtected."""
    details = name_coordinators(details, coordinators, by=by, now=now)
    _tell(details.person, "named_anew", key=f"{details.uid}-{now.isoformat()}", now=now)
    return details


def _tell(person: Person, what: str, *, key: str, now: datetime) -> None:
    """Whoever did not ask for this must learn of it."""
    queue_mail(f"protection/{what}", to=person.pk, key=f"protection.{what}:{key}", now=now, urgency=Urgency.NOW)
