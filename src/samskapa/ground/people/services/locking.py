"""The lock of a person's row."""

from __future__ import annotations

from ..models import Person


def lock_person(person_id: int) -> Person:
    """The person, whose row is held until the transaction ends; taken before the lock of any assignment, agreement or
    other thing, so that nobody waits in a ring. Others may meanwhile add rows that point at the person (`no_key`): a
    host who has locked an assignment and writes to all who take part waits for nobody. Raises Person.DoesNotExist."""
    return Person.objects.select_for_update(no_key=True).get(pk=person_id)
