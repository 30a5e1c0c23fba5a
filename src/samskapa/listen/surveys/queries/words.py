"""Answers in words, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskapa.ground.organisations.templatetags.organisations import shown_address
from samskapa.ground.people.models import display_name

from ..domain import DONT_KNOW, Kind, Value, chosen
from ..models import Asked
from .sets import Worded

#: What is called the same in every set.
NAMES: dict[str, str | Promise] = {"yes": _("Yes"), "no": _("No"), DONT_KNOW: _("I do not know")}


def value_in_words(worded: Worded, value: str) -> str:
    """One chosen value. A step of a scale is its number, with what it is called where it has a name."""
    label = worded.words.labels.get(value, "")
    if worded.question.kind is Kind.SCALE and value != DONT_KNOW:
        return f"{value}. {label}" if label else value
    return str(label or NAMES.get(value, value))


def answer_in_words(worded: Worded, value: Value) -> str:
    """A whole answer; several chosen values one after the other."""
    if worded.question.kind is Kind.TEXT:
        return str(value)
    return ", ".join(value_in_words(worded, each) for each in chosen(value))


def condition_in_words(worded: Worded, before: Worded | None) -> str:
    """When a question is to be answered that stands on the same page as the one before it; "" where it always is."""
    rule = worded.question.shown_if
    if rule is None or before is None:
        return ""
    said = ", ".join(value_in_words(before, value) for value in rule.values)
    return gettext("Only if you answered “%(answer)s” to “%(question)s”") % {
        "answer": said,
        "question": before.words.text,
    }


def who_in_words(asked: Asked) -> str:
    """Who is asked, as whoever asked may read it: a name, an address, or that the address is protected."""
    if asked.person is not None:
        return display_name(asked.person)
    return shown_address(asked.address) or gettext("Removed")
