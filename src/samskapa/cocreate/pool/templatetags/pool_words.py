"""`{% load pool_words %}`: the fixed words of a resource group, in the reader's language."""

from __future__ import annotations

from django import template

from ..queries.wording import word

register = template.Library()


@register.filter
def in_words(value: str, table: str) -> str:
    """`{{ member.status|in_words:"status" }}`: "Can be asked"; nothing for what is no answer."""
    return word(table, value)
