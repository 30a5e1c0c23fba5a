"""What is counted, where and when: the fixed family of tables, and the sums up the tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

#: Counts from 1 to one below this are never told. Zero is told: it is nobody.
SMALLEST_TOLD = 5
#: The unit and its coordinator see the month's figures this many days before everybody else.
OWN_FIRST_DAYS = 14

#: A cell: the node, the feature and the part of it; ("", "") is the total.
Cell = tuple[int, str, str]
TOTAL = ("", "")


class NoSuchMonth(ValueError):
    """Not a month written as 2026-11."""


class NotOver(ValueError):
    """A month that still goes on cannot be frozen."""


class TooLate(ValueError):
    """The figures are shown to everybody already: the time to comment is over."""


class NothingSaid(ValueError):
    """A comment without words."""


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a feature. label: what a page calls it, in the reader's language."""

    key: str
    label: Any


@dataclass(frozen=True, slots=True)
class Feature:
    """What the counted things are divided by. sentence: what the table shows, in one sentence."""

    key: str
    title: Any
    sentence: Any
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """So many things at a node that are alike: `parts` names one part of each of the measure's features."""

    node_id: int
    parts: tuple[str, ...]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of thing that is counted by month, and the features it is divided by, each alone.

    key: never changes. sentence: what is counted, and when it counts. Each thing counts in one month only: a sum that
    comes back in the next month could be subtracted from itself. features: at least one. is_by_name: host and
    coordinator may open every counted thing by name anyway, so that they see the exact counts of their own; False where
    what is counted was told in confidence.
    """

    key: str
    title: Any
    sentence: Any
    features: tuple[Feature, ...]
    is_by_name: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the tree as the figures need it. parent_id: None at the top."""

    id: int
    parent_id: int | None


def month_before(first: date) -> date:
    """The first day of the month before the one that begins `first`."""
    return date(first.year - (first.month == 1), first.month - 1 or 12, 1)


def month_after(first: date) -> date:
    """The first day of the month after the one that begins `first`."""
    return date(first.year + (first.month == 12), first.month % 12 + 1, 1)


def read_month(text: str) -> date:
    """The first day of the month written as "2026-11". Raises NoSuchMonth."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise NoSuchMonth(text) from error
    if f"{first:%Y-%m}" != text:
        raise NoSuchMonth(text)
    return first


def months_due(today: date, *, newest: date | None) -> list[date]:
    """First days of the finished months after `newest`, the oldest first; where none is frozen yet, last month alone:
    what stood further back cannot be known any more."""
    last = month_before(today.replace(day=1))
    month, found = month_after(newest) if newest else last, []
    while month <= last:
        found.append(month)
        month = month_after(month)
    return found


@dataclass(frozen=True, slots=True)
class Family:
    """All tables of one measure in one month, over the whole tree.

    parents: node -> the node above it (None at the top), for every node that has anything in it, and those above.
    features: key -> keys of its parts. own: (node, feature, part) -> what is counted at the node itself; the total of a
    node is at ("", "") and is the sum of each of its features. Zeros are left out.
    """

    parents: Mapping[int, int | None]
    features: Mapping[str, tuple[str, ...]]
    own: Mapping[Cell, int]

    def sums(self) -> dict[Cell, int]:
        """(node, feature, part) -> what is counted at the node and below it. Zeros are left out."""
        found: dict[Cell, int] = defaultdict(int)
        for (node, feature, part), count in self.own.items():
            above: int | None = node
            while above is not None:
                found[above, feature, part] += count
                above = self.parents[above]
        return {cell: count for cell, count in found.items() if count}


def family_of(measure: Measure, rows: Iterable[Counted], places: Iterable[Place]) -> Family:
    """The measure's tables from the rows that its app counted.

    rows: each at the lowest node it belongs to. places: the whole tree. Raises ValueError for a part or a node that
    nobody has told of: a count that falls beside every table is a fault.
    """
    above = {place.id: place.parent_id for place in places}
    if not measure.features:
        raise ValueError(f"{measure.key}: a total alone is divided by nothing")
    features = {feature.key: tuple(part.key for part in feature.parts) for feature in measure.features}
    own: dict[Cell, int] = defaultdict(int)
    for row in rows:
        if row.node_id not in above or len(row.parts) != len(features) or row.count < 0:
            raise ValueError(f"{measure.key}: {row}")
        own[row.node_id, *TOTAL] += row.count
        for (feature, parts), part in zip(features.items(), row.parts, strict=True):
            if part not in parts:
                raise ValueError(f"{measure.key}: no part {part!r} in {feature}")
            own[row.node_id, feature, part] += row.count
    parents: dict[int, int | None] = {}
    for node, _feature, _part in own:
        while node not in parents:
            parents[node] = above[node]
            if above[node] is None:
                break
            node = above[node]  # type: ignore[assignment]
    return Family(parents, features, {cell: count for cell, count in own.items() if count})
