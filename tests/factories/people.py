"""Persons for tests: real rows with sensible defaults."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from uuid import uuid4

from allauth.account.models import EmailAddress

from samskapa.ground.people.models import Person, Session

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


def make_place(person: Person, now: datetime, **fields) -> Session:
    """Somewhere the person is logged in."""
    return Session.objects.create(
        session_key=uuid4().hex,
        expire_date=now + timedelta(days=14),
        person=person,
        handle=uuid4(),
        **{"browser": "Firefox", "system": "Windows", "began_at": now, "seen_at": now} | fields,
    )
