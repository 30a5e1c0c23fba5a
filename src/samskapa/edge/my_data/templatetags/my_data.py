"""`{% load my_data %}`: the table of personal data in words, and the facts of an archive as a reader has them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from samskapa.ground.people.domain.my_data import DataKind

from .. import queries

register = template.Library()


@register.filter
def kind_title(key: str) -> str:
    """`{{ "applications"|kind_title }}`: "Your applications"; the key itself where the table has lost the row."""
    kind = queries.kind_called(key)
    return str(kind.title) if kind else key


@register.filter
def how_long(kind: DataKind) -> str:
    """`{{ part.kind|how_long }}`: "24 months after ..."."""
    return queries.how_long(kind)


@register.filter
def as_read(value: Any) -> str:
    """`{{ fact.value|as_read }}`: moments in Swedish time, yes and no, and a list with a line for each."""
    if value is True or value is False:
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "\n".join(as_read(each) for each in value)
    return "" if value is None else str(value)
