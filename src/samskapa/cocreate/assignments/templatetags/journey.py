"""`{% load journey %}`: the words for an assignment's choices, and time in hours and minutes."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise

from ..domain.days import DayAndHours
from ..queries import wording

register = template.Library()

_TABLES = {
    "influence": wording.INFLUENCE,
    "influence_means": wording.INFLUENCE_MEANS,
    "phase": wording.PHASE,
    "contribution": wording.CONTRIBUTION,
    "form": wording.FORM,
    "pay": wording.PAY,
    "assessment": wording.ASSESSMENT,
    "to_applicant": wording.STATE_TO_APPLICANT,
    "to_organisation": wording.STATE_TO_ORGANISATION,
    "to_host": wording.STATE_TO_HOST,
}


@register.filter
def in_words(value: str, table: str) -> str | Promise:
    """`{{ assignment.phase|in_words:"phase" }}`; nothing for nothing."""
    return _TABLES[table].get(value, "")  # type: ignore[attr-defined]


@register.filter
def fixed_day(day: DayAndHours) -> str:
    """`{{ day|fixed_day }}`: "torsdag 3 december kl. 13–15"."""
    return wording.fixed_day(day)


@register.filter
def step(influence: str) -> int:
    """Which step of the ladder."""
    return wording.step_of(influence)


@register.filter
def duration(minutes: int | None) -> str:
    """`{{ 270|duration }}`: "4 hours and 30 minutes"."""
    return wording.duration(minutes)
