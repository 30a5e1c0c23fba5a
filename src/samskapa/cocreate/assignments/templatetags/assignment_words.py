"""`{% load assignment_words %}`: the words of assignments in templates, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from django import template
from django.forms import BaseForm, BoundField

from ..domain import PARTS
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


#: What the short version folds away: it can be left to the long one without the answer becoming vague.
_MORE = frozenset(
    {
        "influence_how",
        "influence_reason",
        "reading_minutes",
        "days",
        "starts_on",
        "pay_reading_ore",
        "pay_note",
        "contact_title",
        "contact_email",
        "contact_hours",
        "harm_action",
    }
)


#: Field -> the question that it answers.
_ANSWERS = {column: part.key for part in PARTS for column in part.columns}


@dataclass(slots=True)
class Asked:
    """Fields that belong together. ask: their heading ("" for what is no question of the need). fields: shown at
    once. more: folded, but open when something is written or wrong there."""

    ask: str
    fields: list[BoundField] = field(default_factory=list)
    more: list[BoundField] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return any(bound.errors or bound.value() for bound in self.more)


@register.filter
def by_question(form: BaseForm) -> list[Asked]:
    """`{% for asked in form|by_question %}`: the fields one sees, under the questions they answer, in their order."""
    groups: list[Asked] = []
    for key, fields in groupby(form.visible_fields(), key=lambda bound: _ANSWERS.get(bound.name, "")):
        asked = Asked(str(wording.QUESTIONS[key].ask) if key else "")
        for bound in fields:
            (asked.more if bound.name in _MORE else asked.fields).append(bound)
        groups.append(asked)
    return groups


@register.filter
def first_fields(form: BaseForm, count: int) -> Asked:
    """`{% with asked=form|first_fields:6 %}`: so many fields at once, the rest folded."""
    seen = list(form.visible_fields())
    return Asked("", seen[:count], seen[count:])
