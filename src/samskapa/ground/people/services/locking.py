"""The locks of people's rows."""

from __future__ import annotations

from collections.abc import Iterable

from ..models import Person


def lock_person(person_id: int) -> Person:
    """The person, whose row is held until the transaction ends; taken before the lock of any assignment, agreement or
    other thing, so that nobody waits in a ring. Others may meanwhile add rows that point at the person (`no_key`): a
    host who has locked an assignment and writes to all who take part waits for nobody. Raises Person.DoesNotExist."""
    return Person.objects.select_for_update(no_key=True).get(pk=person_id)


def lock_people(person_ids: Iterable[int]) -> list[Person]:
    """The same for several, by number, so that two who lock some of the same wait in a line and never in a ring. Who is
    not there is left out."""
    return list(Person.objects.select_for_update(no_key=True).filter(pk__in=list(person_ids)).order_by("pk"))
