"""Persons for tests: real rows with sensible defaults."""

from __future__ import annotations

from itertools import count

from allauth.account.models import EmailAddress

from samskapa.ground.people.models import Person

_numbers = count(1)

PASSWORD = "ett ganska långt lösenord"


def make_person(
    name: str | None = None,
    *,
    email: str | None = None,
    password: str | None = None,
    verified: bool = True,
    **fields,
) -> Person:
    """An active person with a name and a confirmed address; without a password unless one is given."""
    number = next(_numbers)
    name = f"Person {number}" if name is None else name
    person = Person.objects.create_user(
        email=email or f"person{number}@example.se", password=password, name=name, **fields
    )
    if verified and person.email:
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person
