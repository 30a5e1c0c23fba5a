"""What has been written before there is a group, and what is worth a thought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskapa.ground.language.domain import Plain, check_plain
from samskapa.ground.language.templatetags.reader import day
from samskapa.ground.organisations.models import Node

from ..domain import STEPS, Step, step, thoughts
from ..models import Saved, Start
from .wording import STEP, THOUGHT, Said


def start_of(node: Node) -> Start | None:
    """What has been written of the place, with what came of it."""
    return Start.objects.select_related("node", "group__node", "need").filter(node=node).first()


def values_of(start: Start | None, only: Step | None = None) -> dict[str, Any]:
    """Column -> value, of every step or of one; nothing before anything is written."""
    if start is None:
        return {}
    steps = [only] if only else STEPS
    return {column: getattr(start, column) for each in steps for column in each.columns}


def versions_of(start: Start | None) -> dict[str, int]:
    """Step -> its version, of those that somebody has saved."""
    return dict(Saved.objects.filter(start=start).values_list("key", "version")) if start else {}


def lines(spec: Step, values: dict[str, Any]) -> list[str]:
    """What a step says, as a person reads it."""
    found = []
    for column in spec.columns:
        value = values.get(column)
        if column == "patients" and value is not None:
            found.append(
                ngettext("%(n)s with experience of their own", "%(n)s with experience of their own", value)
                % {"n": value}
            )
        elif column == "look_back_on" and value:
            found.append(_("We look back %(day)s.") % {"day": day(value)})
        elif column == "lowest_age" and value:
            found.append(_("One is at least %(age)s years old.") % {"age": value})
        elif column == "is_open":
            found.append(_("One can join at once.") if value else _("One cannot join yet."))
        elif value and isinstance(value, str):
            found.append(value)
    return found


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step in the list. is_closed: another comes first."""

    key: str
    said: Said
    lines: list[str]
    is_saved: bool
    is_must: bool
    is_closed: bool


def step_rows(start: Start | None) -> list[StepRow]:
    """All steps in their order."""
    values, saved = values_of(start), versions_of(start)
    rows = []
    for each in STEPS:
        is_closed = bool(each.after) and not values.get(step(each.after).must)
        is_saved = each.key in saved
        rows.append(
            StepRow(
                each.key,
                STEP[each.key],
                lines(each, values) if is_saved else [],
                is_saved,
                bool(each.must),
                is_closed,
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class ThoughtRow:
    """What is worth a thought, in words, and the step where it is mended."""

    key: str
    step_name: Any
    words: Any


def thought_rows(start: Start | None, today: date) -> list[ThoughtRow]:
    """In the order of the steps."""
    return [ThoughtRow(key, STEP[key].name, THOUGHT[what]) for key, what in thoughts(values_of(start), today)]


def plain_lines(text: str) -> list[str]:
    """What the plain-language check found in a text, a sentence a finding."""
    found: Plain = check_plain(text)
    said = [_("“%(word)s” can be “%(plainer)s”.") % {"word": each.word, "plainer": each.plainer} for each in found.hard]
    said += [_("A long sentence, which can be made into two: “%(beginning)s …”") % {"beginning": x} for x in found.long]
    if found.abbreviations:
        said.append(_("Write the whole words: %(words)s.") % {"words": ", ".join(found.abbreviations)})
    if found.vague:
        said.append(_("“%(phrase)s” leaves the reader guessing. Say what you mean.") % {"phrase": found.vague})
    return said
