"""What is counted of a year in one place, exactly, and divided by unit and by way of contributing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samskapa.cocreate.assignments.queries.area_year import agreed_minutes, days_to_choice, needs_received
from samskapa.cocreate.assignments.queries.figures import answers_due
from samskapa.cocreate.underway.domain import Answer
from samskapa.cocreate.underway.queries.area_year import Noted, noted_in
from samskapa.cocreate.underway.queries.figures import confirmed, results_due
from samskapa.ground.figures.services.files import Cell

from ..domain import Year, middle, share
from .year_tables import Row, Section, Table, hours, unit_words, way_words


@dataclass(frozen=True, slots=True)
class Facts:
    """All rows of a year; each begins with (unit, contribution)."""

    needs: list[tuple[int | None, str]]
    days: list[tuple[int | None, str, int]]
    answers: list[tuple[int | None, str, str, str]]
    results: list[tuple[int | None, str, str, str]]
    said: list[tuple[int | None, str, str, str]]
    noted: list[Noted]
    agreed: list[tuple[int | None, str, int, bool]]


def facts_of(area_id: int, year: Year) -> Facts:
    """Seven things of the place, in a fixed number of queries."""
    first, until = year.first, year.until
    return Facts(
        needs=needs_received(area_id, first, until),
        days=days_to_choice(area_id, first, until),
        answers=list(answers_due(first, until, area_id=area_id)),
        results=list(results_due(first, until, area_id=area_id)),
        said=list(confirmed(first, until, area_id=area_id)),
        noted=noted_in(area_id, first, until),
        agreed=agreed_minutes(area_id, first, until),
    )


def by_unit(facts: Facts) -> Section:
    everything: list[Any] = [*facts.needs, *facts.days, *facts.answers, *facts.results, *facts.said, *facts.agreed]
    units = {row[0] for row in everything} | {note.unit for note in facts.noted}
    return Section(
        "units",
        _("By unit"),
        _("The same numbers for each unit in which something was counted, by name and not by number."),
        _divided(facts, _("Unit"), unit_words(units), key=lambda row: row[0], note_key=lambda note: note.unit),
    )


def by_way(facts: Facts) -> Section:
    return Section(
        "ways",
        _("By way of contributing"),
        _("The same numbers for each way of contributing."),
        _divided(
            facts, _("Way to take part"), way_words(), key=lambda row: row[1], note_key=lambda note: note.contribution
        ),
    )


def _divided(
    facts: Facts,
    head: str,
    names: dict[Any, str],
    *,
    key: Callable[[Any], Any],
    note_key: Callable[[Noted], Any],
) -> list[Table]:
    """Four tables with a row for each of `names` of which there is anything."""
    needs, days = Counter(map(key, facts.needs)), days_by(facts.days, key)
    due, in_time = Counter(map(key, facts.answers)), Counter(key(row) for row in facts.answers if row[2] == "in_time")
    results = Counter(map(key, facts.results))
    told = Counter(key(row) for row in facts.results if row[2] == "in_time")
    asked, yes = Counter(map(key, facts.said)), Counter(key(row) for row in facts.said if row[2] == Answer.YES)
    noted: Counter[Any] = Counter()
    for note in facts.noted:
        noted[note_key(note)] += note.minutes
    agreed: Counter[Any] = Counter()
    for row in facts.agreed:
        agreed[key(row)] += row[2]
    tables: list[list[Row]] = [[], [], [], []]
    for place, name in names.items():
        numbers: list[list[Cell]] = [
            [needs[place], len(days[place]), middle(days[place])],
            _shared_out(in_time[place], due[place]),
            _shared_out(told[place], results[place]),
            [*_shared_out(yes[place], asked[place]), hours(noted[place]), hours(agreed[place])],
        ]
        if any(cell for cells in numbers for cell in cells):
            for table, cells in zip(tables, numbers, strict=True):
                table.append(Row(name, cells))
    one, two, three, four = tables
    return [
        Table(
            _("From need to choice"),
            _(
                "Needs received, assignments in which somebody was chosen, and the median of days between: half took "
                "no longer."
            ),
            [head, _("Needs received"), _("Somebody chosen"), _("Median, days")],
            one,
        ),
        Table(
            _("Answered in time"),
            _("Each applicant counts on the day by which an answer was promised."),
            [head, _("Applicants"), _("Answered in time"), _("Per cent")],
            two,
        ),
        Table(
            _("Told in time"),
            _("By the day the unit had promised to tell."),
            [head, _("Results to tell"), _("Told in time"), _("Per cent")],
            three,
        ),
        Table(
            _("Whether it is so, and time"),
            _("Those who were asked whether it is as told, those who said yes, hours noted and hours agreed."),
            [head, _("Were asked"), _("It is so"), _("Per cent"), _("Hours noted"), _("Hours agreed")],
            four,
        ),
    ]


def days_by(rows: Iterable[tuple[int | None, str, int]], key: Callable[[Any], Any]) -> defaultdict[Any, list[int]]:
    """Days from need to choice, of each place or way."""
    found: defaultdict[Any, list[int]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row[2])
    return found


def _shared_out(part: int, whole: int) -> list[Cell]:
    """How many there are, how many of them are so, and how many per cent that is."""
    return [whole, part, share(part, whole)]
