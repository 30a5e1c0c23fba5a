"""Accounts: make one, change one's own facts, choose a capacity. Names never go into the trail."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from .domain import AddressTaken, normal_address, swedish_sort_key
from .models import Person


@transaction.atomic
def create_person(
    *,
    email: str | None,
    name: str = "",
    language: str = "sv",
    phone: str = "",
    is_demo: bool = False,
    by: Actor,
    now: datetime,
) -> Person:
    """Make an account without a password. The caller has seen that the address is the person's own
    (they followed a link sent there), or leaves it to the first log-in code to show it.

    Raises AddressTaken when an account has the address, whatever its case.
    """
    if email and Person.objects.filter(email__iexact=normal_address(email)).exists():
        raise AddressTaken
    person = Person.objects.create_user(
        email=email, name=name.strip(), language=language, phone=phone.strip(), is_demo=is_demo
    )
    record("people.person_created", by=by, at=now, on=person)
    return person


def confirm_address(person: Person) -> None:
    """Note that the person can read mail at their address, so that a password reaches the same account."""
    if person.email:
        EmailAddress.objects.update_or_create(
            user=person, email=person.email, defaults={"verified": True, "primary": True}
        )


def fill_in_name(person: Person, name: str, *, by: Actor, now: datetime) -> None:
    """Set the name of somebody who has given none. A name already given is never overwritten."""
    if person.name or not name:
        return
    person.name, person.sort_key = name, swedish_sort_key(name)
    person.save(update_fields=["name", "sort_key"])
    record("people.profile_changed", by=by, at=now, on=person, fields=["name"])
