"""`{% load matching_words %}`: a verdict in a word and with its symbol."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise

from ..queries.wording import SYMBOL, VERDICT

register = template.Library()


@register.filter
def verdict(value: str) -> str | Promise:
    """`{{ line.verdict|verdict }}`: "Fits"."""
    return VERDICT[value]


@register.filter
def symbol(value: str) -> str:
    """The sign beside the word, for the eye alone."""
    return SYMBOL[value]
