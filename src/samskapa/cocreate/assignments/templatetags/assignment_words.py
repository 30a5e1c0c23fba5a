"""`{% load assignment_words %}`: the words of assignments in templates, in the reader's language."""

from __future__ import annotations

from django import template

from ..forms import wording

register = template.Library()


@register.filter
def part_name(key: str) -> str:
    """`{{ comment.part|part_name }}`: "Why", "Time", ..."""
    return str(wording.name_of(key))


@register.filter
def state_words(state: str) -> str:
    """`{{ assignment.state|state_words }}`: "With the coordinator"."""
    return str(wording.STATES[state])


@register.filter
def influence_words(level: str) -> str:
    """`{{ assignment.influence|influence_words }}`: "Dialogue"; nothing for nothing."""
    return str(wording.INFLUENCE[level]) if level else ""


@register.filter
def role_words(role: str) -> str:
    """`{{ revision.saved_as|role_words }}`: "coordinator"; nothing for oneself."""
    return str(wording.ROLES.get(role, ""))
