"""The tables of a group beside the population: exact for its coordinators, and as they are told to others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef

from samskapa.cocreate.pool.domain import Age, Gender
from samskapa.cocreate.pool.models import Group
from samskapa.ground.language.templatetags.reader import count

from ..domain import COLUMNS, FIVE, NOT_SAID, Band, Cell, Column, Gap, Segment
from ..models import Snapshot, Told
from .measured import measured_of
from .missing import bands_from, gaps_in
from .people import ELSEWHERE, Counted, county_of, features_of, people_of, places_in
from .population import Area, Known, municipalities_of, population_of
from .wording import (
    COLUMN,
    ELSEWHERE_WORDS,
    FEATURE,
    age_words,
    five_words,
    part_words,
    parts_of,
    percent,
    sentences_of,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A count as it is shown: "12" or "15–19", and what share that is. words: "" where it is not told."""

    words: str
    share: str = ""


@dataclass(slots=True)
class Row:
    """A part of a feature. numbers: head of the column -> count. population: None where there is no figure.
    here, there: the lengths of the bars of the group and the population, from 0 to 100. is_sum: the rows above it
    taken together."""

    label: Any
    numbers: list[tuple[Any, Number]]
    population: Number | None
    is_sum: bool = False
    here: int = 0
    there: int = 0
    of_group: Fraction = Fraction(0)
    of_population: Fraction = Fraction(0)


@dataclass(slots=True)
class Table:
    """A feature. year, source: of the population's figures, None where there are none. with_children: the population is
    of all ages, because the table does not divide where the group begins. nobody: parts without a row, for nobody is in
    them, in words."""

    key: str
    title: Any
    sentences: list[str]
    rows: list[Row]
    nobody: str = ""
    year: int | None = None
    source: str = ""
    with_children: bool = False

    def __post_init__(self) -> None:
        longest = max(
            (max(row.of_group, row.of_population) for row in self.rows if not row.is_sum), default=Fraction(0)
        )
        for row in self.rows:
            if longest and not row.is_sum:
                row.here, row.there = round(100 * row.of_group / longest), round(100 * row.of_population / longest)


@dataclass(frozen=True, slots=True)
class Page:
    """All that a page shows. totals: column, and how many there are in it. frozen_at: when it
    was counted; None for the coordinators' own, which is of now."""

    group: Group
    totals: list[tuple[Any, Number]]
    tables: list[Table]
    gaps: tuple[Gap, ...] = ()
    frozen_at: datetime | None = None


# --- what is counted, of either kind --------------------------------------------------------------


class Exact:
    """The counts themselves. Shares are of those who have answered; of those who have not, of everybody."""

    def __init__(self, people: Iterable[Counted]) -> None:
        self.counts: Counter[Cell] = Counter()
        self.said: Counter[tuple[str, str]] = Counter()
        for one in people:
            for column in one.columns:
                self.counts[column, "", ""] += 1
                for feature, parts in one.parts.items():
                    self.said[column, feature] += parts != (NOT_SAID,)
                    for part in parts:
                        self.counts[column, feature, part] += 1

    def number(self, column: str, feature: str, parts: Sequence[str]) -> Number:
        number = self._count(column, feature, parts)
        return Number(count(number), percent(self.share(column, feature, parts)) if number else "")

    def share(self, column: str, feature: str, parts: Sequence[str]) -> Fraction | None:
        whole = self.counts[column, "", ""] if tuple(parts) == (NOT_SAID,) else self.said[column, feature]
        return Fraction(self._count(column, feature, parts), whole) if whole else None

    def total(self, column: str) -> Number:
        return Number(count(self.counts[column, "", ""]))

    def columns(self) -> list[str]:
        return list(COLUMNS)

    def is_any(self, feature: str, part: str) -> bool:
        return bool(self.counts[Column.MEMBERS.value, feature, part])

    def _count(self, column: str, feature: str, parts: Sequence[str]) -> int:
        return sum(self.counts[column, feature, part] for part in parts)


class InFives:
    """What is told: in which five a count is. Shares are of everybody in the column, from the least to the most that
    they can be by those two numbers."""

    def __init__(self, fives: Mapping[Cell, int]) -> None:
        self.fives = fives

    def number(self, column: str, feature: str, parts: Sequence[str]) -> Number:
        told = self._told(column, feature, parts)
        whole = self.fives.get((column, "", ""))
        if told is None:
            return Number("")
        if whole is None:
            return Number(five_words(told))
        least, most = Fraction(told * FIVE, whole * FIVE + FIVE - 1), Fraction(told * FIVE + FIVE - 1, whole * FIVE)
        return Number(five_words(told), f"{round(100 * least)}–{percent(min(most, Fraction(1)))}")

    def share(self, column: str, feature: str, parts: Sequence[str]) -> Fraction | None:
        """The middle of the two, for the bar alone."""
        told, whole = self._told(column, feature, parts), self.fives.get((column, "", ""))
        return min(Fraction(told * FIVE + 2, whole * FIVE + 2), Fraction(1)) if told and whole else None

    def total(self, column: str) -> Number:
        told = self.fives.get((column, "", ""))
        return Number(five_words(told) if told else "")

    def columns(self) -> list[str]:
        """Those of which anything is told."""
        return [column for column in COLUMNS if any(cell[0] == column for cell in self.fives)]

    def is_any(self, feature: str, part: str) -> bool:
        return (Column.MEMBERS.value, feature, part) in self.fives

    def _told(self, column: str, feature: str, parts: Sequence[str]) -> int | None:
        return self.fives.get((column, feature, parts[0])) if len(parts) == 1 else None


Counts = Exact | InFives


# --- the pages ------------------------------------------------------------------------------------


def page_now(group: Group, now: datetime) -> Page:
    """The group as it stands now, exactly: for its coordinators, who may see every member by name. A fixed number of
    queries."""
    places = places_in(county_of(group))
    measured, _version = measured_of(group)
    people = people_of(group, features_of(group, places), measured, now)
    area, by_place = _population(group)
    exact = Exact(people)
    tables = _tables(group, exact, area, places, by_place)
    tables += [_alone(kind, exact) for kind in measured]
    gaps = gaps_in(group, people, measured, area, places, by_place)
    return Page(group, _totals(exact), tables, gaps)


def snapshots_told(group: Group) -> list[Snapshot]:
    """What was told, the latest month first: of months in which the group was large enough for anything to be told.
    One a month, so they are few."""
    told = Exists(Told.objects.filter(snapshot=OuterRef("pk")))
    return list(Snapshot.objects.filter(told, group=group).order_by("-month"))


def page_told(group: Group, snapshot: Snapshot) -> Page:
    """The group as others are told of it. A fixed number of queries."""
    rows = Told.objects.filter(snapshot=snapshot).values_list("column", "feature", "part", "fives")
    told = InFives({(column, feature, part): fives for column, feature, part, fives in rows})
    area, by_place = _population(group)
    tables = _tables(group, told, area, places_in(county_of(group)), by_place)
    return Page(group, _totals(told), tables, frozen_at=snapshot.frozen_at)


def _totals(counts: Counts) -> list[tuple[Any, Number]]:
    return [(COLUMN[column], counts.total(column)) for column in COLUMNS]


def _population(group: Group) -> tuple[Area, Known | None]:
    code = group.node.code
    area = population_of(code) if code else Area([])
    return area, municipalities_of(code, group.lowest_age) if county_of(group) else None


def _tables(group: Group, counts: Counts, area: Area, places: Mapping[str, str], by_place: Known | None) -> list[Table]:
    tables = [_ages(group.lowest_age, counts, area), _sexes(group.lowest_age, counts, area)]
    if county_of(group):
        tables.append(_places(counts, places, by_place))
    return tables


def _row(counts: Counts, feature: str, label: Any, parts: Sequence[str], known: Known | None, key: Any) -> Row:
    share = known.share(key) if known else None
    number = known.numbers.get(key) if known else None
    return Row(
        label,
        [(COLUMN[column], counts.number(column, feature, parts)) for column in counts.columns()],
        Number(count(number), percent(share)) if number is not None else None,
        of_group=counts.share(Column.MEMBERS.value, feature, parts) or Fraction(0),
        of_population=share or Fraction(0),
    )


def _unsaid(counts: Counts, feature: str) -> Row:
    row = _row(counts, feature, part_words(feature, NOT_SAID), (NOT_SAID,), None, None)
    row.of_group = Fraction(0)
    return row


def _table(feature: str, rows: list[Row], known: Known | None, *, is_many: bool = False) -> Table:
    sentences = sentences_of(feature, has_population=known is not None, is_many=is_many)
    if known is None:
        return Table(feature, FEATURE[feature], sentences, rows)
    return Table(
        feature,
        FEATURE[feature],
        sentences,
        rows,
        year=known.year,
        source=known.source,
        with_children=known.with_children,
    )


def _ages(lowest: int, counts: Counts, area: Area) -> Table:
    bands = bands_from(lowest)
    known, found = area.ages(list(bands.values()), lowest)
    alone = {segment.mine[0]: segment for segment in found if len(segment.mine) == 1}
    together = {segment.mine[-1]: segment for segment in found if len(segment.mine) > 1}
    younger = [age.value for age in Age if age.youngest < lowest and counts.is_any("age", age.value)]
    rows = [_row(counts, "age", part_words("age", key), (key,), None, None) for key in younger]
    for key, band in bands.items():
        rows.append(_row(counts, "age", age_words(band.youngest, band.end), (key,), known, alone.get(band)))
        if band in together:
            rows.append(_sum_row(counts, bands, together[band], known))
    return _table("age", [*rows, _unsaid(counts, "age")], known)


def _sum_row(counts: Counts, bands: Mapping[str, Band], segment: Segment, known: Known | None) -> Row:
    """Bands of the form that the population is known of only together."""
    parts = tuple(key for key, band in bands.items() if band in segment.mine)
    row = _row(counts, "age", age_words(segment.youngest, segment.end), parts, known, segment)
    row.is_sum = True
    return row


def _sexes(lowest: int, counts: Counts, area: Area) -> Table:
    known = area.sexes(lowest)
    parts = (Gender.WOMAN.value, Gender.MAN.value, Gender.OTHER.value)
    rows = [_row(counts, "gender", part_words("gender", part), (part,), known, part) for part in parts]
    return _table("gender", [*rows, _unsaid(counts, "gender")], known)


def _places(counts: Counts, places: Mapping[str, str], known: Known | None) -> Table:
    rows = [_row(counts, "municipality", name, (code,), known, code) for code, name in places.items()]
    if counts.is_any("municipality", ELSEWHERE):
        rows.append(_row(counts, "municipality", ELSEWHERE_WORDS, (ELSEWHERE,), None, None))
    return _table("municipality", [*rows, _unsaid(counts, "municipality")], known)


def _alone(kind: str, counts: Exact) -> Table:
    """What the group has chosen to measure: no population is known, and somebody can be in many parts."""
    parts = [part for part in parts_of(kind) if counts.is_any(kind, part)]
    rows = [_row(counts, kind, part_words(kind, part), (part,), None, None) for part in parts]
    table = _table(kind, [*rows, _unsaid(counts, kind)], None, is_many=True)
    table.nobody = ", ".join(part_words(kind, part) for part in parts_of(kind) if part not in parts)
    return table
