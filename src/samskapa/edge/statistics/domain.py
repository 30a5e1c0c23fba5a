"""The year of a resource group: which year, how the time from need to choice is told, and what may be passed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import TypeVar

from samskapa.ground.figures.domain import SMALLEST_TOLD, TOTAL, Family
from samskapa.ground.figures.domain.protecting import protect

#: Days from the need to the first chosen: within the first, within the second, ... and longer.
BANDS = (30, 60, 90)
LONGER = "longer"

Key = TypeVar("Key")


class NoSuchYear(ValueError):
    """Before the group was made, or still to come."""


@dataclass(frozen=True, slots=True)
class Year:
    """first: its first day. until: the day after the last that is counted: today, while the year goes on, for today is
    not over. is_over: it will not change any more."""

    number: int
    first: date
    until: date

    @property
    def is_over(self) -> bool:
        return self.until == date(self.number + 1, 1, 1)


def years_of(made_on: date, today: date) -> range:
    """The years one can choose: from the one in which the group was made until this one."""
    return range(made_on.year, today.year + 1)


def year_of(number: int, *, made_on: date, today: date) -> Year:
    """Raises NoSuchYear."""
    if number not in years_of(made_on, today):
        raise NoSuchYear(number)
    return Year(number, date(number, 1, 1), min(date(number + 1, 1, 1), today))


# --- from need to choice --------------------------------------------------------------------------


def bands(days: Iterable[int]) -> dict[str, int]:
    """How many took up to 30 days, 31 to 60, 61 to 90, and longer; each in one band only."""
    found = {str(most): 0 for most in BANDS} | {LONGER: 0}
    for each in days:
        found[next((str(most) for most in BANDS if each <= most), LONGER)] += 1
    return found


def middle(days: Sequence[int]) -> int | None:
    """The median in whole days, halves upwards; None where there is none."""
    return int(median(days) + 0.5) if days else None


def share(part: int, whole: int) -> int | None:
    """Whole per cent, halves upwards; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


# --- what may be passed on ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """Counts that may be passed on. total, and each part: None where it is not told."""

    total: int | None
    parts: dict[str, int | None]


def told(counts: Mapping[str, int]) -> Told:
    """One table by itself: no count from 1 to 4 is told, nor what would give it away (ground/figures). Zero is."""
    hidden = protect(_family({"": counts})).tables()
    total, parts = sum(counts.values()), dict(counts)
    if (0, *TOTAL) in hidden:
        return Told(None, dict.fromkeys(counts))
    return Told(total, {key: None if (0, "part", key) in hidden else n for key, n in parts.items()})


def told_by(counts: Mapping[str, int]) -> dict[str, int] | None:
    """How a sum that is told is divided over places, or ways: key -> count, those that are not told left out. None:
    nothing may be told of it, for the sum itself would have to be hidden.

    Only one feature is divided over; two that share their sum and nothing else cannot be set against each other.
    """
    there = {key: n for key, n in counts.items() if n}
    hidden = protect(_family({key: {"all": n} for key, n in there.items()})).tables()
    if (0, *TOTAL) in hidden:
        return None
    nodes = dict(enumerate(there, start=1))
    return {key: there[key] for node, key in nodes.items() if (node, *TOTAL) not in hidden}


def told_rows(rows: Mapping[Key, Mapping[str, int]]) -> set[Key]:
    """A row of counts for each place, or way, whose columns everybody may add up: the rows of which each count may be
    told, zeros too. So whatever is computed of such a row alone, a median or a share, says nothing of the others. None,
    where something of the sums of the columns would have to be hidden.

    Two tables of the same things, one by place and one by way, share their sums: where those are told in full, any
    other way to fill the hidden rows of one goes together with the other as it is.
    """
    there = {key: counts for key, counts in rows.items() if any(counts.values())}
    cells = protect(_family({str(number): counts for number, counts in enumerate(there.values(), start=1)})).tables()
    hidden = {node for node, _feature, _part in cells}
    return set() if 0 in hidden else {key for number, key in enumerate(there, start=1) if number not in hidden}


def told_moves(came: int, left: int) -> tuple[int | None, int | None]:
    """Who came and who left in a year. Whoever knows how many there were before and after knows the difference, so one
    small number hides both; then any pair with that difference is as likely."""
    if any(0 < each < SMALLEST_TOLD for each in (came, left)):
        return None, None
    return came, left


def _family(rows: Mapping[str, Mapping[str, int]]) -> Family:
    """A tree of one place, or of one with a row below it for each key but ""."""
    parts = tuple(dict.fromkeys(part for counts in rows.values() for part in counts)) or ("all",)
    parents: dict[int, int | None] = {0: None}
    own: dict[tuple[int, str, str], int] = {}
    for number, (key, counts) in enumerate(rows.items(), start=1):
        node = number if key else 0
        parents.setdefault(node, 0)
        own[node, *TOTAL] = sum(counts.values())
        own |= {(node, "part", part): n for part, n in counts.items()}
    return Family(parents, {"part": parts}, {cell: n for cell, n in own.items() if n})
