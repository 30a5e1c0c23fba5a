"""The questions on paper, as data for the sheet `surveys/paper`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ..domain import DONT_KNOW, Kind, Mode
from ..models import Asking
from .sets import SetInWords, Worded
from .words import value_in_words


def paper_data(asking: Asking, words: SetInWords, *, last_day: str) -> dict[str, Any]:
    """What stands on the paper, in the language in use. last_day: in words, "" where there is none."""
    if asking.mode == Mode.ANONYMOUS:
        who = _("Do not write your name. Nobody can see who answered what.")
    else:
        who = _("Write your name at the end. Those who ask see who answered what.")
    notes = [words.intro, asking.why, who]
    if last_day:
        notes.append(_("Hand in the paper to those who gave it to you by %(day)s.") % {"day": last_day})
    number = {each.question.key: place for place, each in enumerate(words.questions, start=1)}
    return {
        "title": words.title,
        "lead": asking.title,
        "notes": [note for note in notes if note],
        "questions": [_question(each, words, number) for each in words.questions],
        "name": "" if asking.mode == Mode.ANONYMOUS else _("Your name"),
        "public": _(
            "What you write to a region or municipality can become a public document, which others have a right to ask "
            "to read."
        ),
    }


def _question(each: Worded, words: SetInWords, number: dict[str, int]) -> dict[str, Any]:
    question, notes = each.question, [each.words.help]
    if question.shown_if:
        before = words.worded(question.shown_if.key)
        said = ", ".join(value_in_words(before, value) for value in question.shown_if.values)
        notes.append(
            _("Only if you answered “%(answer)s” to question %(number)d.")
            % {"answer": said, "number": number[before.question.key]}
        )
    if question.kind is Kind.MANY:
        notes.append(_("You can choose several."))
    return {
        "heading": f"{number[question.key]}. {each.words.text}",
        "notes": [note for note in notes if note],
        "choices": [value_in_words(each, value) for value in question.takes],
        "apart": DONT_KNOW in question.takes,
    }
