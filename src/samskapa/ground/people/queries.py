"""Questions about people. Never a write."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string

from samskapa.ground.core.domain import Recipient

from .domain import Capacity
from .models import Person, display_name

__all__ = ["capacities_of", "display_name", "mail_recipient"]


def mail_recipient(person_id: int) -> Recipient | None:
    """Where the person's mail goes; None where there is no such active person or no address.

    Fills the slot "mail_recipient".
    """
    person = Person.objects.filter(pk=person_id, is_active=True).exclude(email=None).first()
    if person is None or not person.email:
        return None
    return Recipient(address=person.email, name=person.name, language=person.language)


def capacities_of(person_id: int) -> list[Capacity]:
    """The capacities the person may act in beside as oneself, by the slot "capacities"."""
    return import_string(settings.SLOTS["capacities"])(person_id)
