"""`{% load underway_words %}`: the fixed answers of the work in words, in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise

from ..queries import wording

register = template.Library()

_TABLES = {
    "became": wording.BECAME,
    "kept": wording.KEPT,
    "goes_well": wording.GOES_WELL,
    "is_so": wording.IS_SO_OR_NOT,
    "moment": wording.MOMENT,
    "spent": wording.SPENT,
}


@register.filter
def said(value: str, table: str) -> str | Promise:
    """`{{ outcome.became|said:"became" }}`: "Partly taken in"; nothing for what is no answer."""
    return _TABLES[table].get(value, "")
