"""What is counted of a year in one place, exactly, and divided by unit and by way of contributing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samskapa.cocreate.assignments.queries.area_year import agreed_minutes, days_to_choice, needs_received
from samskapa.cocreate.assignments.queries.figures import answers_due
from samskapa.cocreate.underway.domain import Answer
from samskapa.cocreate.underway.queries.area_year import Noted, noted_in
from samskapa.cocreate.underway.queries.figures import confirmed, results_due
from samskapa.ground.figures.services.files import Cell

from ..domain import Year
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
    """Two tables with a row for each of `names` of which there is anything."""
    needs, chosen = Counter(map(key, facts.needs)), Counter(map(key, facts.days))
    due, in_time = Counter(map(key, facts.answers)), Counter(key(row) for row in facts.answers if row[2] == "in_time")
    results = Counter(map(key, facts.results))
    told = Counter(key(row) for row in facts.results if row[2] == "in_time")
    yes = Counter(key(row) for row in facts.said if row[2] == Answer.YES)
    noted: Counter[Any] = Counter()
    for note in facts.noted:
        noted[note_key(note)] += note.minutes
    agreed: Counter[Any] = Counter()
    for row in facts.agreed:
        agreed[key(row)] += row[2]
    one, two = [], []
    for place, name in names.items():
        numbers: list[Cell] = [needs[place], chosen[place], due[place], in_time[place]]
        more: list[Cell] = [results[place], told[place], yes[place], hours(noted[place]), hours(agreed[place])]
        if any(numbers) or any(more):
            one.append(Row(name, numbers))
            two.append(Row(name, more))
    return [
        Table(
            _("Needs and answers"),
            _("Needs received, assignments with somebody chosen, applicants promised an answer, answered in time."),
            [head, _("Needs received"), _("Somebody chosen"), _("Applicants"), _("Answered in time")],
            one,
        ),
        Table(
            _("Results and time"),
            _("Results to be told, told in time, answers that it is so, hours noted and hours agreed."),
            [head, _("Results to tell"), _("Told in time"), _("It is so"), _("Hours noted"), _("Hours agreed")],
            two,
        ),
    ]
