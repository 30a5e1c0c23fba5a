"""Columns, features and parts in words, and a gap as a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samskapa.cocreate.pool.domain import As, Care, Contribution, Gender, Language, Need, SpeaksFor, When
from samskapa.cocreate.pool.queries.wording import word
from samskapa.cocreate.recruiting.domain import Audience, audience_for
from samskapa.cocreate.recruiting.queries.wording import AUDIENCE

from ..domain import FIVE, NOT_SAID, Column, Gap, Why

COLUMN: dict[str, str | Promise] = {
    Column.MEMBERS.value: gettext_lazy("In the group"),
    Column.ASKED.value: gettext_lazy("Asked within a year"),
    Column.CHOSEN.value: gettext_lazy("Chosen within a year"),
    Column.ACTIVE.value: gettext_lazy("At work now"),
}
FEATURE: dict[str, str | Promise] = {
    "age": gettext_lazy("Age"),
    "gender": gettext_lazy("Gender"),
    "municipality": gettext_lazy("Municipality"),
    "as": gettext_lazy("Experience as"),
    "care": gettext_lazy("Forms of care"),
    "contribution": gettext_lazy("Ways of contributing"),
    "language": gettext_lazy("Languages"),
    "need": gettext_lazy("Needs at meetings"),
    "when": gettext_lazy("Times"),
    "speaks_for": gettext_lazy("Own experience or an organisation"),
}
#: What is worth knowing of a feature before one compares.
SENTENCE: dict[str, str | Promise] = {
    "gender": gettext_lazy(
        "The statistics know women and men alone. In the group one can answer otherwise, or not at all. Nobody is "
        "guessed."
    ),
    "language": gettext_lazy(
        "There is no figure of which languages people in the area speak, so here is the group alone."
    ),
}
_MANY = gettext_lazy("Somebody can be in several rows, so they make more than the whole.")
#: Of a feature that has no population to be held against.
ALONE: str | Promise = gettext_lazy("There is no figure of the population for this, so here is the group alone.")
#: Those who have not answered.
UNSAID: str | Promise = gettext_lazy("Have not said")
ELSEWHERE_WORDS: str | Promise = gettext_lazy("Another county")

_GENDER: dict[str, str | Promise] = {
    Gender.WOMAN.value: gettext_lazy("Women"),
    Gender.MAN.value: gettext_lazy("Men"),
    Gender.OTHER.value: gettext_lazy("Another answer"),
}
_PARTS: dict[str, type[StrEnum]] = {
    "as": As,
    "care": Care,
    "contribution": Contribution,
    "language": Language,
    "need": Need,
    "when": When,
    "speaks_for": SpeaksFor,
}

WHY: dict[Why, str | Promise] = {
    Why.NO_AREA: gettext_lazy("No county or municipality that we know: “%(said)s”"),
    Why.NO_AGE: gettext_lazy("No age that we can read: “%(said)s”"),
    Why.NO_SEX: gettext_lazy("Neither women, men nor everybody: “%(said)s”"),
    Why.NO_YEAR: gettext_lazy("No year: “%(said)s”"),
    Why.NO_NUMBER: gettext_lazy("No number: “%(said)s”"),
    Why.TWICE: gettext_lazy("The same people stand in another row too: “%(said)s”"),
    Why.NOT_BOTH: gettext_lazy("There are women or men of that age, but not both: “%(said)s”"),
}


def parts_of(kind: str) -> list[str]:
    """The fixed answers of a tag, in the order of the form."""
    return [each.value for each in _PARTS[kind]]


def part_words(feature: str, part: str) -> str:
    """A part as a person reads it; of municipalities the caller has the names."""
    if part == NOT_SAID:
        return str(UNSAID)
    return str(_GENDER[part]) if feature == "gender" else word(feature, part)


def age_words(youngest: int, end: int | None) -> str:
    """Ages from `youngest` to the one before `end`."""
    if end is None:
        return _("%(age)s years and older") % {"age": youngest}
    return _("%(from)s to %(to)s years") % {"from": youngest, "to": end - 1}


def sentences_of(feature: str, *, has_population: bool, is_many: bool) -> list[str]:
    """What is said above a table."""
    said = [SENTENCE[feature]] if feature in SENTENCE else []
    if not has_population and feature not in SENTENCE:
        said.append(ALONE)
    if is_many:
        said.append(_MANY)
    return [str(each) for each in said]


def percent(share: Fraction | None) -> str:
    """ "18 %"; "" for nothing."""
    if share is None:
        return ""
    if 0 < share < Fraction(1, 200):
        return _("under 1 %%") % {}
    return _("%(n)s %%") % {"n": round(100 * share)}


def five_words(fives: int) -> str:
    """ "5–9" for 1."""
    return f"{fives * FIVE}–{fives * FIVE + FIVE - 1}"


@dataclass(frozen=True, slots=True)
class GapRow:
    """What is missing. audiences: key and name of those whom one looks for then, in the plan for finding people."""

    is_young: bool
    sentence: str
    audiences: tuple[tuple[str, Any], ...]


def gap_rows(gaps: Iterable[Gap]) -> list[GapRow]:
    """A row for each gap; those of one feature that nobody stands for, and of which there is no figure, are one."""
    rows, nobody = [], defaultdict(list)
    for gap in gaps:
        if gap.share is None and not gap.is_young:
            nobody[gap.feature].append(gap)
        else:
            rows.append(GapRow(gap.is_young, gap_sentence(gap), _audiences([gap])))
    for feature, several in nobody.items():
        said = {"feature": FEATURE[feature], "parts": ", ".join(str(gap.label) for gap in several)}
        sentence = _("%(feature)s: nobody in the group has answered %(parts)s.") % said
        rows.append(GapRow(False, sentence, _audiences(several)))
    return rows


def _audiences(gaps: Iterable[Gap]) -> tuple[tuple[str, Any], ...]:
    """Everybody is nobody in particular, and is left out."""
    found = dict.fromkeys(audience_for(gap.feature, gap.part) for gap in gaps)
    return tuple((each.value, AUDIENCE[each].name) for each in found if each is not Audience.EVERYBODY)


def gap_sentence(gap: Gap) -> str:
    """What is missing, and how many it takes."""
    said: Mapping[str, Any] = {
        "part": gap.label,
        "here": gap.here,
        "known": gap.known,
        "share": percent(gap.share),
        "year": gap.year,
        "n": gap.needed,
    }
    if gap.share is None:
        return _("%(part)s: nobody in the group.") % said
    there = _("%(here)s of %(known)s in the group, but %(share)s of the population (%(year)s).")
    if gap.is_at_least:
        there = _("%(here)s of %(known)s in the group, but at least %(share)s of the population (%(year)s).")
        more = ngettext("At least %(n)s more is needed.", "At least %(n)s more are needed.", gap.needed)
    else:
        more = ngettext("%(n)s more is needed.", "%(n)s more are needed.", gap.needed)
    return f"{gap.label}: {there % said} {more % said}"
