"""What is known of the population of an area: always the newest table that answers, with its year and source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from samskapa.ground.organisations.domain import Kind
from samskapa.ground.organisations.models import Node

from ..domain import Band, Segment, Sex, segments
from ..domain.ages import covers_from
from ..models import PopulationFact, PopulationTable


def area_codes() -> frozenset[str]:
    """The codes of every county and municipality that we know."""
    found = Node.objects.filter(kind__in=[Kind.REGION, Kind.MUNICIPALITY]).exclude(code="")
    return frozenset(found.values_list("code", flat=True))


def population_tables(within: str = "") -> QuerySet[PopulationTable]:
    """Every table, or those for one area, the newest first; with how many figures each holds."""
    found = PopulationTable.objects.filter(within=within) if within else PopulationTable.objects.all()
    return found.annotate(size=Count("facts")).order_by("-year", "-pk")


@dataclass(frozen=True, slots=True)
class Known:
    """What the population is in some parts. numbers: part -> how many. whole: of how many that is a part; None where
    that is not known. with_children: those too young for the group are counted in it."""

    numbers: Mapping[Any, int]
    whole: int | None
    with_children: bool
    year: int
    source: str

    def share(self, part: Any) -> Fraction | None:
        """Of the population, from 0 to 1; None where there is no figure."""
        number = self.numbers.get(part)
        return Fraction(number, self.whole) if number is not None and self.whole else None


@dataclass(slots=True)
class _Table:
    year: int
    source: str
    by_sex: dict[str, dict[Band, int]]


@dataclass(frozen=True, slots=True)
class Area:
    """The population of one area, table by table, the newest first."""

    tables: list[_Table]

    def ages(self, mine: Sequence[Band], lowest: int) -> tuple[Known | None, list[Segment]]:
        """The newest figures by age that can be compared with `mine`, by segment; (None, []) where there are none.

        The whole is everybody from `lowest` up where an edge meets there. Else it is everybody, and the share of a part
        is a lower bound: with the children away the whole would be smaller.
        """
        for table in self.tables:
            theirs = _together(table.by_sex)
            found = segments(mine, list(theirs))
            if found:
                whole, with_children = _whole(theirs, lowest)
                numbers = {segment: sum(theirs[band] for band in segment.theirs) for segment in found}
                return Known(numbers, whole, with_children, table.year, table.source), found
        return None, []

    def sexes(self, lowest: int) -> Known | None:
        """The newest figures by sex: of those from `lowest` up where an edge meets there, else of all ages."""
        for table in self.tables:
            if not (table.by_sex.get(Sex.WOMAN) and table.by_sex.get(Sex.MAN)):
                continue
            both = {sex: _whole(table.by_sex[sex], lowest) for sex in (Sex.WOMAN.value, Sex.MAN.value)}
            numbers = {sex: number for sex, (number, _with_children) in both.items() if number is not None}
            if len(numbers) == 2:
                with_children = any(each for _number, each in both.values())
                return Known(numbers, sum(numbers.values()), with_children, table.year, table.source)
        return None


def population_of(code: str) -> Area:
    """All that is known of the area; one query."""
    rows = PopulationFact.objects.filter(area_code=code).order_by("-table__year", "-table_id")
    tables: dict[int, _Table] = {}
    for pk, year, source, youngest, oldest, sex, number in rows.values_list(
        "table_id", "table__year", "table__source", "youngest", "oldest", "sex", "number"
    ):
        table = tables.setdefault(pk, _Table(year, source, defaultdict(dict)))
        table.by_sex[sex][Band(youngest, oldest)] = number
    return Area(list(tables.values()))


def municipalities_of(county: str, lowest: int) -> Known | None:
    """How many live in each municipality of the county, by code: of the tables that know most of them the newest. One
    query."""
    rows = (
        PopulationFact.objects.filter(area_code__startswith=county)
        .exclude(area_code=county)
        .values("table_id", "table__year", "table__source", "area_code")
        .annotate(
            everybody=Sum("number"),
            grown=Sum("number", filter=Q(youngest__gte=lowest)),
            across=Count("pk", filter=Q(youngest__lt=lowest) & (Q(oldest__gte=lowest) | Q(oldest=None))),
        )
        .order_by()
    )
    tables: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        tables[row["table__year"], row["table_id"]].append(dict(row))
    if not tables:
        return None
    _newest, best = max(tables.items(), key=lambda item: (len(item[1]), item[0]))
    with_children = any(row["across"] or not row["grown"] for row in best)
    numbers = {row["area_code"]: row["everybody" if with_children else "grown"] for row in best}
    return Known(numbers, sum(numbers.values()), with_children, best[0]["table__year"], best[0]["table__source"])


def _together(by_sex: Mapping[str, Mapping[Band, int]]) -> dict[Band, int]:
    found: dict[Band, int] = defaultdict(int)
    for bands in by_sex.values():
        for band, number in bands.items():
            found[band] += number
    return dict(found)


def _whole(bands: Mapping[Band, int], lowest: int) -> tuple[int | None, bool]:
    """(how many there are from `lowest` up, False), or of all ages (…, True); None where neither is known."""
    if covers_from(bands, lowest):
        return sum(n for band, n in bands.items() if band.youngest >= lowest), False
    if covers_from(bands, 0):
        return sum(bands.values()), True
    return None, True
