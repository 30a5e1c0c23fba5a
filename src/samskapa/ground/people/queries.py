"""Questions about people. Never a write."""

from __future__ import annotations

from django.conf import settings
from django.db.models import F, Func, Value
from django.db.models.functions import Replace
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from samskapa.ground.core.domain import Recipient

from .domain import LAST_LETTERS, Capacity
from .models import Person, display_name

__all__ = ["capacities_of", "display_name", "in_reader_order", "mail_recipient"]


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


class _PlainOrder(Func):
    """Ordered by its characters' numbers, as sort keys want, whatever language the database itself was made for."""

    arity = 1
    template = "%(expressions)s"

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template='%(expressions)s COLLATE "C"', **context)


def in_reader_order(key: str = "sort_key") -> Func:
    """What to order by where `key` leads to a Swedish sort key: the order of the active language."""
    expression: F | Func = F(key)
    if get_language() != "sv":
        for letter, base in LAST_LETTERS.items():
            expression = Replace(expression, Value(letter), Value(base))
    return _PlainOrder(expression)
