"""Lists, how far they have come, and their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from samskapa.cocreate.pool.models import Group, Member
from samskapa.cocreate.pool.queries.members import called
from samskapa.ground.people.domain.my_data import Due

from ..domain import BUSY, KEPT, Choice, Column, Read, Stage, State, read_row
from ..domain import Words as Compared
from ..models import Import, Origin, Row
from .words import HEADINGS, trouble_in_words


def imports_of(group: Group) -> QuerySet[Import]:
    """The group's lists, the latest first."""
    return Import.objects.filter(group=group).select_related("made_by", "upload").order_by("-made_at", "-pk")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of a list are what. new: not looked at yet. good: comes in when the coordinator says so. twins:
    may be somebody who is there, and nobody has chosen. chosen: of those, the ones that come in or fill in. skipped:
    the coordinator left them out. bad: cannot be taken in. made: came in. filled: filled somebody in. told: of those
    who came in, have been written to."""

    new: int = 0
    good: int = 0
    twins: int = 0
    chosen: int = 0
    skipped: int = 0
    bad: int = 0
    made: int = 0
    filled: int = 0
    told: int = 0

    @property
    def comes_in(self) -> int:
        """How many rows do something when the coordinator says so."""
        return self.good + self.chosen

    @property
    def done(self) -> int:
        return self.made + self.filled


_TWIN = Q(twin__isnull=False) | Q(twin_row__isnull=False)
TO_TAKE_IN = Q(state=State.GOOD) & (Q(twin=None, twin_row=None) | Q(choice__in=[Choice.FILL, Choice.NEW]))


def counts_of(one: Import) -> Counts:
    """Two queries, whatever the length of the list."""
    good = Q(state=State.GOOD)
    rows = Row.objects.filter(of=one).aggregate(
        new=Count("pk", filter=Q(state=State.NEW)),
        good=Count("pk", filter=good & Q(twin=None, twin_row=None)),
        twins=Count("pk", filter=good & _TWIN & Q(choice="")),
        chosen=Count("pk", filter=good & _TWIN & Q(choice__in=[Choice.FILL, Choice.NEW])),
        skipped=Count("pk", filter=good & _TWIN & Q(choice=Choice.SKIP)),
        bad=Count("pk", filter=Q(state=State.BAD)),
    )
    origins = Origin.objects.filter(of=one).aggregate(
        made=Count("pk", filter=Q(is_new=True)),
        filled=Count("pk", filter=Q(is_new=False)),
        told=Count("pk", filter=Q(told_at__isnull=False)),
    )
    return Counts(**rows, **origins)


def is_busy(one: Import, counts: Counts) -> bool:
    """Whether the worker has something left to do for the list."""
    return Stage(one.stage) in BUSY or is_telling(one, counts)


def is_telling(one: Import, counts: Counts) -> bool:
    return one.tells_since is not None and counts.told < counts.made


def rows_of(one: Import, kind: str) -> QuerySet[Row]:
    """Rows in the order of the file. kind: "good", "told" (something in it is left out), "twins" or "bad"."""
    found = Row.objects.filter(of=one).order_by("number")
    if kind == "bad":
        return found.filter(state=State.BAD)
    found = found.filter(state=State.GOOD)
    if kind == "twins":
        return found.filter(_TWIN).select_related("twin__person", "twin__municipality")
    return found.exclude(told=[]) if kind == "told" else found.filter(twin=None, twin_row=None)


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as a page shows it. name: as it would be called. facts: what it says, in words: (heading, text). told: what
    is to be said of it, as sentences."""

    row: Row
    name: str
    facts: list[tuple[str, str]]
    told: list[str]


def shown(row: Row, one: Import, words: Compared) -> Shown:
    """`one` is the row's list, with its headings."""
    read = read_row(row.cells, row.faults, one.mapping, words)
    used = [(place, Column(value)) for place, value in enumerate(one.mapping) if value]
    facts = [
        (str(HEADINGS[column]), row.cells[place])
        for place, column in used
        if place < len(row.cells) and row.cells[place]
    ]
    return Shown(
        row=row,
        name=_name(read, row, one.mapping),
        facts=facts,
        told=[trouble_in_words(place, code, one.headings) for place, code in row.told],
    )


def _name(read: Read, row: Row, mapping: list[str]) -> str:
    if read.entry:
        return read.entry.name
    wanted = [Column.NAME, Column.FIRST_NAME, Column.LAST_NAME]
    places = [mapping.index(each) for each in wanted if each in mapping]
    return " ".join(row.cells[place] for place in places if place < len(row.cells)).strip()


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody who is there, as a page shows them beside a row."""

    member: Member
    name: str
    place: str
    since: datetime


def beside(row: Row) -> Beside | None:
    if row.twin is None:
        return None
    hidden = bool(row.twin.person.protected_tag)
    place = row.twin.municipality.name if row.twin.municipality and not hidden else ""
    return Beside(row.twin, called(row.twin), place, row.twin.since)


def example_rows(one: Import, number: int = 3) -> list[list[str]]:
    """The cells of the first rows, for whoever says what the columns are."""
    return [row.cells for row in Row.objects.filter(of=one).order_by("number")[:number]]


def examples_by_column(one: Import) -> list[tuple[str, list[str]]]:
    """Each heading, with what stands below it first."""
    rows = example_rows(one)
    return [
        (heading, [row[place] for row in rows if place < len(row) and row[place]])
        for place, heading in enumerate(one.headings)
    ]


def origins_to_tell(one: Import) -> QuerySet[Origin]:
    """Who came in and has not been told, in the order they came."""
    return Origin.objects.filter(of=one, is_new=True, told_at=None).order_by("pk")


def imports_past(limit: datetime) -> list[Due]:
    """Lists of which rows are still kept, made at or before `limit`."""
    found = Import.objects.filter(closed_at=None, made_at__lte=limit).order_by("pk")
    return [Due(one.pk, None, one.made_at) for one in found]


def imports_to_close(now: datetime) -> QuerySet[Import]:
    """The same, whose time is out (domain.KEPT)."""
    return Import.objects.filter(closed_at=None, made_at__lte=now - KEPT).order_by("pk")


def names_by_column(mapping: Iterable[str]) -> list[str]:
    """What each column is taken for, in words; "" where it is left out."""
    return [str(HEADINGS[Column(value)]) if value else "" for value in mapping]


def origin_of(member: Member) -> Origin | None:
    """From which list the member came in, if from any."""
    return Origin.objects.filter(member=member, is_new=True).select_related("of__made_by").first()


def by_pk(rows: Iterable[Any]) -> Mapping[int, Any]:
    return {row.pk: row for row in rows}
