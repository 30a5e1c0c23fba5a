"""`{% load importing_words %}`: how far a list has come, in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

from ..domain import Stage

register = template.Library()

_STAGES = {
    Stage.READING: _("The file is being read"),
    Stage.BROKEN: _("The file could not be read"),
    Stage.MAPPING: _("Waits for what the columns are"),
    Stage.CHECKING: _("The rows are being looked at"),
    Stage.CHECKED: _("Ready to be taken in"),
    Stage.MAKING: _("Is being taken in"),
    Stage.MADE: _("Has been taken in"),
    Stage.CLOSED: _("Finished"),
}


@register.filter
def stage_in_words(stage: str) -> str:
    """`{{ one.stage|stage_in_words }}`: "Ready to be taken in"."""
    return str(_STAGES[Stage(stage)])


@register.filter
def less(number: int, other: int) -> int:
    """`{{ 5|less:2 }}`: 3."""
    return number - other
