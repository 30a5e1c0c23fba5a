"""What is counted, what is frozen, and a month's tables for a page or a file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Max, QuerySet, Sum
from django.utils import timezone
from django.utils.module_loading import import_string

from .domain import TOTAL, Counted, Feature, Measure, Place, month_after
from .models import Comment, Figure, Snapshot

#: (measure, feature, part) -> how many and whether it is hidden. What has no entry is a zero that is told.
Cells = dict[tuple[str, str, str], tuple[int, bool]]
#: What was counted in months that do not say it themselves.
_FIRST_COUNTED = ("published", "answered", "settled", "told_back")


@cache
def measures() -> tuple[Measure, ...]:
    """What is counted, in the order in which it is shown: the rows of config/figures.py."""
    found = []
    for key, (words, _rows) in settings.FIGURES.items():
        measure: Measure = import_string(words)
        if measure.key != key:
            raise ValueError(f"{words} is called {measure.key}, not {key}")
        found.append(measure)
    return tuple(found)


def midnight(day: date) -> datetime:
    """The moment in which the day begins where the service is: for those who count by moments."""
    return timezone.make_aware(datetime.combine(day, time()))


def measures_in(snapshot: Snapshot) -> list[Measure]:
    """Those that were counted in the month, in order: what came later was not nothing then, but nobody knows."""
    counted = _FIRST_COUNTED if snapshot.counted is None else snapshot.counted
    return [measure for measure in measures() if measure.key in counted]


def rows_in(measure: str, month: date) -> Iterable[Counted]:
    """What the measure's app counts in the month."""
    count: Callable[[date, date], Iterable[Counted]] = import_string(settings.FIGURES[measure][1])
    return count(month, month_after(month))


def places() -> list[Place]:
    """The tree, as whoever holds it tells of it."""
    found: list[Place] = import_string(settings.SLOTS["figure_places"])()
    return found


def newest_month() -> date | None:
    """The newest month that is frozen."""
    newest: date | None = Snapshot.objects.aggregate(newest=Max("month"))["newest"]
    return newest


def snapshots(today: date, *, also_before: bool) -> QuerySet[Snapshot]:
    """The frozen months, the newest first; those that everybody sees, or also those that units see before."""
    found = Snapshot.objects.order_by("-month")
    return found if also_before else found.filter(shown_on__lte=today)


def comment_on(snapshot: Snapshot, node_id: int) -> Comment | None:
    """What the unit has said of the month."""
    return Comment.objects.filter(snapshot=snapshot, node_id=node_id).order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Shown:
    """A count as it is shown. count: None where it is not told."""

    count: int | None

    @property
    def is_hidden(self) -> bool:
        return self.count is None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table. share: 0 to 100, the length of its bar beside the longest of the table. months: the sum of
    twelve months, area: the same count of the whole area around; None where the table has no such column."""

    label: Any
    shown: Shown
    share: int
    months: Shown | None = None
    area: Shown | None = None


@dataclass(frozen=True, slots=True)
class FeatureTable:
    feature: Feature
    lines: list[Line]

    @property
    def hides(self) -> bool:
        return any(line.shown.is_hidden for line in self.lines)


@dataclass(frozen=True, slots=True)
class MeasureTables:
    """All that a page says of one measure. total: its line without a part. is_exact: nothing is hidden, because the
    reader may open every counted thing by name."""

    measure: Measure
    is_exact: bool
    total: Line
    tables: list[FeatureTable]

    @property
    def is_empty(self) -> bool:
        """Nothing was counted, now or in twelve months."""
        lines = [self.total, *(line for table in self.tables for line in table.lines)]
        return all(line.shown.count == 0 and (line.months is None or line.months.count == 0) for line in lines)

    @property
    def hides(self) -> bool:
        return self.total.shown.is_hidden or any(table.hides for table in self.tables)


def cells_of(snapshot: Snapshot, node_id: int) -> Cells:
    """The month's cells of one node; one query."""
    rows = Figure.objects.filter(snapshot=snapshot, node_id=node_id)
    found = rows.values_list("measure", "feature", "part", "count", "is_hidden")
    return {(measure, feature, part): (count, hidden) for measure, feature, part, count, hidden in found}


def twelve_months(snapshot: Snapshot, node_id: int) -> dict[tuple[str, str, str], int]:
    """The exact sums of the node in the twelve months that end with this one; one query. Never for publication."""
    first = date(snapshot.month.year - 1, snapshot.month.month, 1)
    rows = Figure.objects.filter(
        snapshot__month__gt=first, snapshot__month__lte=snapshot.month, node_id=node_id
    ).values_list("measure", "feature", "part")
    return {(m, f, p): n for m, f, p, n in rows.annotate(n=Sum("count")).order_by()}


def tables_of(snapshot: Snapshot, node_id: int, *, is_own: bool, area_id: int | None = None) -> list[MeasureTables]:
    """The month's tables of a node, in the fixed order. Two queries at most.

    is_own: the reader is the unit or its coordinator, and sees exact counts where `Measure.is_by_name`, with the sum of
    twelve months. area_id: the node whose told counts stand beside.
    """
    cells = cells_of(snapshot, node_id)
    months = twelve_months(snapshot, node_id) if is_own else None
    area = cells_of(snapshot, area_id) if area_id is not None else None
    return [_measure_tables(measure, cells, months, area, is_own=is_own) for measure in measures_in(snapshot)]


def _measure_tables(measure: Measure, cells: Cells, months, area: Cells | None, *, is_own: bool) -> MeasureTables:
    is_exact = is_own and measure.is_by_name

    def line(label: Any, feature: str, part: str, longest: int) -> Line:
        shown = _shown(cells, measure.key, feature, part, is_exact=is_exact)
        return Line(
            label,
            shown,
            round(100 * (shown.count or 0) / longest) if longest else 0,
            Shown(months.get((measure.key, feature, part), 0)) if months is not None and is_exact else None,
            _shown(area, measure.key, feature, part, is_exact=False) if area is not None else None,
        )

    tables = []
    for feature in measure.features:
        counts = [_shown(cells, measure.key, feature.key, part.key, is_exact=is_exact) for part in feature.parts]
        longest = max((shown.count or 0 for shown in counts), default=0)
        tables.append(
            FeatureTable(feature, [line(part.label, feature.key, part.key, longest) for part in feature.parts])
        )
    return MeasureTables(measure, is_exact, line(None, *TOTAL, 0), tables)


@dataclass(frozen=True, slots=True)
class ToldSum:
    """What everybody can add up of a measure. months: how many are counted. counts: (feature, part) -> the sum of the
    months in which it is told, and in how many it is not; TOTAL is without a part."""

    measure: Measure
    months: int
    counts: dict[tuple[str, str], tuple[int, int]]


def told_sums(node_id: int, first: date, until: date, today: date) -> list[ToldSum]:
    """Of each measure the sum of the months from `first` until before `until` that everybody sees: what is told of
    them, and nothing else. A sum of all months would tell those that are hidden. Two queries."""
    months, cells = _months_seen([node_id], first, until, today)
    found = []
    for measure in measures():
        counted = [cells[node_id, snapshot.pk] for snapshot in months if measure in measures_in(snapshot)]
        counts = {}
        for cell in (TOTAL, *((feature.key, part.key) for feature in measure.features for part in feature.parts)):
            shown = [_shown(month, measure.key, *cell, is_exact=False).count for month in counted]
            counts[cell] = sum(n for n in shown if n is not None), shown.count(None)
        found.append(ToldSum(measure, len(counted), counts))
    return found


@dataclass(frozen=True, slots=True)
class ToldWhole:
    """What everybody can add up of one of a measure's features, of the months in which all of it is told, so that one
    part can be set beside the others. months: how many those are. seen: how many there are in which it is counted.
    counts: by part."""

    months: int
    seen: int
    counts: dict[str, int]


def told_whole(
    node_ids: Collection[int], wanted: dict[str, str], first: date, until: date, today: date
) -> dict[tuple[int, str], ToldWhole]:
    """(node, measure) -> its sum over the months from `first` until before `until` that everybody sees, and that hide
    nothing of the feature at that node: only what is told already. wanted: measure -> one of its features. Two queries,
    however many nodes."""
    months, cells = _months_seen(node_ids, first, until, today)
    found = {}
    for measure in measures():
        for feature in (each for each in measure.features if each.key == wanted.get(measure.key)):
            for node in node_ids:
                counted = [cells[node, snapshot.pk] for snapshot in months if measure in measures_in(snapshot)]
                rows = [_row(month, measure.key, feature) for month in counted]
                whole = [row for row in rows if None not in row.values()]
                counts = {part.key: sum(row[part.key] or 0 for row in whole) for part in feature.parts}
                found[node, measure.key] = ToldWhole(len(whole), len(counted), counts)
    return found


def _row(month: Cells, measure: str, feature: Feature) -> dict[str, int | None]:
    return {part.key: _shown(month, measure, feature.key, part.key, is_exact=False).count for part in feature.parts}


def _months_seen(
    node_ids: Collection[int], first: date, until: date, today: date
) -> tuple[list[Snapshot], dict[tuple[int, int], Cells]]:
    """The months that everybody sees, and the cells of (node, month). Two queries."""
    months = list(snapshots(today, also_before=False).filter(month__gte=first, month__lt=until))
    cells: dict[tuple[int, int], Cells] = {(node, snapshot.pk): {} for node in node_ids for snapshot in months}
    rows = Figure.objects.filter(snapshot__in=months, node_id__in=node_ids)
    for node, pk, key, feature, part, count, hidden in rows.values_list(
        "node_id", "snapshot", "measure", "feature", "part", "count", "is_hidden"
    ):
        cells[node, pk][key, feature, part] = count, hidden
    return months, cells


def _shown(cells: Cells, measure: str, feature: str, part: str, *, is_exact: bool) -> Shown:
    count, hidden = cells.get((measure, feature, part), (0, False))
    if is_exact:
        return Shown(count)
    _total, is_row_hidden = cells.get((measure, *TOTAL), (0, False))
    return Shown(None if hidden or is_row_hidden else count)
