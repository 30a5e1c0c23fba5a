"""Accounts: make one, change one's own facts, choose a capacity. Names never go into the trail."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from samskapa.ground.core.domain import Actor, Urgency
from samskapa.ground.core.services import queue_mail, record

from ..domain import AddressTaken, HasAddress, NotYourCapacity, normal_address, swedish_sort_key
from ..models import Person
from ..queries import account_at, capacities_of
from .locking import lock_person


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
    if email and account_at(email):
        raise AddressTaken
    person = Person.objects.create_user(
        email=email, name=name.strip(), language=language, phone=phone.strip(), is_demo=is_demo
    )
    record("people.person_created", by=by, at=now, on=person)
    return person


@transaction.atomic
def create_people(
    wanted: Sequence[tuple[str, str | None, str]], *, language: str = "sv", by: Actor, now: datetime
) -> list[Person]:
    """Make many accounts at once, as `create_person` makes one: name, address (None: none) and phone of each, in the
    order given. The caller has seen that no account has any of the addresses; the table refuses one that has come
    meanwhile (IntegrityError)."""
    people = [
        Person(
            name=name.strip(),
            sort_key=swedish_sort_key(name),
            email=normal_address(email) if email else None,
            phone=phone.strip(),
            language=language,
            # As `make_password(None)`, which draws its letters one by one.
            password=f"{UNUSABLE_PASSWORD_PREFIX}{token_urlsafe(30)}",
        )
        for name, email, phone in wanted
    ]
    Person.objects.bulk_create(people)
    if people:
        record("people.people_created", by=by, at=now, person_ids=[person.pk for person in people])
    return people


def confirm_address(person: Person) -> None:
    """Note that the person can read mail at their address, so that a password reaches the same account."""
    if person.email:
        EmailAddress.objects.update_or_create(
            user=person, email=person.email, defaults={"verified": True, "primary": True}
        )


@transaction.atomic
def give_address(person: Person, email: str, *, by: Actor, now: datetime) -> Person:
    """Set the address of somebody who has none, and who has shown that they read mail there.

    Raises HasAddress, AddressTaken.
    """
    person = lock_person(person.pk)
    if person.email or person.protected_tag:
        raise HasAddress
    if account_at(email):
        raise AddressTaken
    person.email = normal_address(email)
    person.save(update_fields=["email"])
    confirm_address(person)
    record("people.address_given", by=by, at=now, on=person)
    return person


@transaction.atomic
def send_address_code(person: Person, email: str, *, code: str, minutes: int, by: Actor, now: datetime) -> None:
    """Send a code to the address that somebody wants to be reached at from now on. Where it is another account's, that
    one is told instead: the page that asked cannot tell the two apart."""
    owner = account_at(email)
    kind = "people/address_taken" if owner else "people/new_address_code"
    params: dict[str, Any] = {} if owner else {"code": code, "minutes": minutes}
    mail = queue_mail(
        kind,
        to=owner.pk if owner else email,
        key=f"{kind}:{secrets.token_hex(16)}",
        now=now,
        urgency=Urgency.NOW,
        secret=True,
        language=person.language,
        **params,
    )
    record("people.address_code_asked_for", by=by, at=now, on=person, mail_id=mail.pk)


@transaction.atomic
def change_address(person: Person, email: str, *, by: Actor, now: datetime) -> Person:
    """Set a new address, which the person has shown that they read mail at. The old one is told; whoever is logged in
    elsewhere, and any code or link that waits at the old address, ends by the caller and by allauth.

    The address that it is already changes nothing. Raises AddressTaken, HasAddress (of a protected identity, whose
    address is kept elsewhere).
    """
    person = lock_person(person.pk)
    if person.protected_tag:
        raise HasAddress
    old, new = person.email, normal_address(email)
    if old == new:
        return person
    if account_at(new):
        raise AddressTaken
    person.email = new
    person.save(update_fields=["email"])
    EmailAddress.objects.filter(user=person).delete()
    confirm_address(person)
    record("people.address_changed", by=by, at=now, on=person)
    if old:
        queue_mail(
            "people/address_changed",
            to=old,
            key=f"people.address_changed:{person.pk}-{now.isoformat()}",
            now=now,
            urgency=Urgency.NOW,
            language=person.language,
            at=now.isoformat(),
        )
    return person


def fill_in_name(person: Person, name: str, *, by: Actor, now: datetime) -> None:
    """Set the name of somebody who has given none. A name already given is never overwritten."""
    if person.name or not name:
        return
    person.name, person.sort_key = name, swedish_sort_key(name)
    person.save(update_fields=["name", "sort_key"])
    record("people.profile_changed", by=by, at=now, on=person, fields=["name"])


@transaction.atomic
def change_profile(person: Person, *, name: str, phone: str, language: str, by: Actor, now: datetime) -> Person:
    """Store one's own facts. The trail says which fields changed, never what stands in them.

    Of a protected person the language alone: name and phone are changed where they are kept.
    """
    person = lock_person(person.pk)
    new = {"language": language} if person.protected_tag else {"name": name, "phone": phone, "language": language}
    changed = [field for field, value in new.items() if getattr(person, field) != value]
    if not changed:
        return person
    for field in changed:
        setattr(person, field, new[field])
    person.sort_key = swedish_sort_key(person.name)
    person.save(update_fields=[*changed, "sort_key"])
    record("people.profile_changed", by=by, at=now, on=person, fields=changed)
    return person


@transaction.atomic
def choose_language(person: Person, language: str, *, by: Actor, now: datetime) -> None:
    """Remember the language that pages and mail are to have."""
    person = lock_person(person.pk)
    if person.language == language:
        return
    person.language = language
    person.save(update_fields=["language"])
    record("people.profile_changed", by=by, at=now, on=person, fields=["language"])


@transaction.atomic
def set_password(person: Person, password: str, *, by: Actor, now: datetime) -> None:
    """Set a password that allauth has found good enough."""
    person.set_password(password)
    person.save(update_fields=["password"])
    record("people.password_set", by=by, at=now, on=person)


@transaction.atomic
def note_capacity(person: Person, capacity_id: int, *, by: Actor, now: datetime) -> None:
    """Put in the trail that the person goes on in another capacity; the choice itself lies in the session.

    by: the actor as they were before. Raises NotYourCapacity where the person does not hold it.
    """
    if capacity_id and capacity_id not in {capacity.id for capacity in capacities_of(person.pk)}:
        raise NotYourCapacity
    record("people.capacity_chosen", by=by, at=now, on=person, grant_id=capacity_id)
