"""Who is missing in a group, beside the population. Pure.

The rule: of those in the group who have answered a question, so many would stand in a part if the group were like the
population (`share`). The part is missing where the group has fewer than four fifths of that, and at least one whole
person too few. Four fifths is a measure of ours, known from elsewhere as "clearly under" (the four-fifths rule of
American guidelines on selection, 29 CFR 1607.4 D); it says nothing of chance, for a group is no sample.

How many more: so many that, if all who come are of the part, it has its share of the group as it then is.

Where no figure of the population is known, and none is guessed: the parts that nobody stands for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

CLEARLY_UNDER = Fraction(4, 5)
#: Whoever is below it is young, and named as such.
YOUNG = 30


@dataclass(frozen=True, slots=True)
class Standing:
    """A part beside the population. here: how many of the group. share: of the population, from 0 to 1; None where
    there is no figure. is_at_least: that share is a lower bound, for children are counted among all. may_be_zero: that
    nobody stands for it says nothing. is_young: all of it are younger than YOUNG."""

    feature: str
    part: str
    label: Any
    here: int
    share: Fraction | None = None
    is_at_least: bool = False
    may_be_zero: bool = False
    is_young: bool = False
    year: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A part that is missing. here: how many of the group are of it; known: how many have answered that question.
    share: of the population, None where no figure is known. needed: how many more it takes; at least so many where
    `is_at_least`. year, source: of the figure."""

    feature: str
    part: str
    label: Any
    here: int
    known: int
    share: Fraction | None
    needed: int
    is_at_least: bool
    is_young: bool
    year: int | None
    source: str


def gaps_of(standings: Iterable[Standing], known: int) -> list[Gap]:
    """The parts of one feature that are missing, the young first, then those of whom most are needed.

    known: how many of the group have answered; nobody is missed by a group of whom nothing is known.
    """
    gaps = []
    for one in standings:
        needed = _needed(one, known) if known else 0
        if needed:
            is_at_least = one.is_at_least and one.share is not None
            gaps.append(
                Gap(
                    one.feature,
                    one.part,
                    one.label,
                    one.here,
                    known,
                    one.share,
                    needed,
                    is_at_least,
                    one.is_young,
                    one.year,
                    one.source,
                )
            )
    return sorted(gaps, key=lambda gap: (not gap.is_young, gap.share is None, -gap.needed))


def _needed(one: Standing, known: int) -> int:
    if one.share is None:
        return 1 if not one.here and not one.may_be_zero else 0
    expected = one.share * known
    if one.here >= CLEARLY_UNDER * expected or expected - one.here < 1:
        return 0
    return ceil((expected - one.here) / (1 - one.share)) if one.share < 1 else ceil(expected - one.here)
