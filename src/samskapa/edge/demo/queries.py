"""Who one may step into."""

from __future__ import annotations

from samskapa.ground.people.models import Person

from .domain import PEOPLE, Persona


def personas() -> list[tuple[Persona, Person]]:
    """The made-up people in the order of the start page, with their rows."""
    rows = {person.email: person for person in Person.objects.filter(is_demo=True)}
    return [(persona, rows[email]) for persona in PEOPLE if (email := f"{persona.key}@ekliden.example") in rows]
