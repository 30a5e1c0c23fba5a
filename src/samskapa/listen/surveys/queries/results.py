"""Results in words: for each question a sentence, and numbers for a chart and a table. Never a write."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samskapa.ground.language.domain import write_number

from ..domain import DONT_KNOW, TOGETHER, GroupResult, Kind, QuestionResult
from ..models import Asking
from .answers import own_words, results_shown
from .sets import SetInWords, Worded, in_words, spec_of
from .words import value_in_words


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: what it is called, how many, and their share of those who know, in whole hundredths (0-100). is_apart:
    those who do not know, who stand apart and have no share."""

    label: str
    number: int
    share: int
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A question's results. texts: what was written in own words, where the reader may see it."""

    key: str
    question: str
    sentence: str
    bars: list[Bar]
    texts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """A side's results. hidden: the questions that too few answered."""

    name: str
    sheets: int
    shown: list[Shown]
    hidden: list[str]


@dataclass(frozen=True, slots=True)
class ResultsInWords:
    """title: of the set. groups: what may be shown; hidden: the names of sides that too few answered on."""

    title: str
    threshold: int
    groups: list[Group]
    hidden: list[str]


def results_in_words(asking: Asking, *, with_texts: bool = False) -> ResultsInWords | None:
    """What may be shown, in the reader's language; None while the round goes on. with_texts: for those who asked."""
    results = results_shown(asking)
    if results is None:
        return None
    spec, language = spec_of(asking.set_version), get_language() or "sv"
    words = {side: in_words(spec, side=side, language=language) for side in spec.sides}
    first = next(iter(words.values()))
    texts = own_words(asking) if with_texts else {}
    groups = [_group(group, words.get(group.side) or first, texts) for group in results.groups]
    return ResultsInWords(first.title, results.threshold, groups, [first.sides[side] for side in results.hidden])


def _group(group: GroupResult, words: SetInWords, texts: dict[tuple[str, str], list[str]]) -> Group:
    name = words.sides.get(group.side) or _("Everybody together")
    asked = {each.question.key: each for each in words.questions}
    return Group(
        name=_("Everybody together") if group.side == TOGETHER and len(words.sides) > 1 else name,
        sheets=group.sheets,
        shown=[
            Shown(
                each.key,
                asked[each.key].words.text,
                sentence_of(each, asked[each.key]),
                _bars(each, asked[each.key]),
                texts.get((group.side, each.key), []),
            )
            for each in group.questions
            if each.key in asked
        ],
        hidden=[asked[key].words.text for key in group.hidden if key in asked],
    )


def _bars(result: QuestionResult, worded: Worded) -> list[Bar]:
    most = result.known or 1
    bars = [Bar(value_in_words(worded, value), number, round(100 * number / most)) for value, number in result.counts]
    if bars and worded.question.has_dont_know:
        bars.append(Bar(value_in_words(worded, DONT_KNOW), result.dont_know, 0, is_apart=True))
    return bars


def sentence_of(result: QuestionResult, worded: Worded) -> str:
    """The result in a sentence or two. Those who do not know are told apart, and are no "no"."""
    parts = [_main_sentence(result, worded)]
    if result.dont_know:
        parts.append(
            ngettext("%(number)d does not know.", "%(number)d do not know.", result.dont_know)
            % {"number": result.dont_know}
        )
    return " ".join(parts)


def _main_sentence(result: QuestionResult, worded: Worded) -> str:
    values = {"number": result.answered, "of": result.known}
    counts = dict(result.counts)
    if result.kind == Kind.TEXT:
        return ngettext(
            "%(number)d has written in their own words.", "%(number)d have written in their own words.", result.answered
        ) % {"number": result.answered}
    if result.known == 0:
        return _("Nobody knew.")
    if result.kind == Kind.YES_NO:
        return _("%(yes)d of %(of)d said yes, and %(no)d no.") % {**values, "yes": counts["yes"], "no": counts["no"]}
    if result.kind == Kind.SCALE and result.mean is not None:
        mean = write_number(result.mean / 10, language=(get_language() or "sv")[:2])
        return _("The mean is %(mean)s of 5, of %(of)d answers.") % {**values, "mean": mean}
    if result.kind == Kind.SCALE:
        return _("Too few knew for a mean.")
    top = max(counts.values())
    names = [value_in_words(worded, value) for value, number in result.counts if number == top]
    return _("Most chose: %(what)s (%(top)d of %(of)d).") % {**values, "what": "; ".join(names), "top": top}
