"""The year to pass on, divided by unit and by way of contributing: the middle time and the shares, without counts.

A median or a share is told of a row of which every count could be told by the rules of the figures (`told_rows`), and
of nothing less: what it says of the row is then no secret, and of the others it says nothing. Shares by unit are
computed from the months that everybody sees already. Of ways no month is frozen: they are counted of the year, so only
where no month hides anything, for else a year's shares would tell of the month.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samskapa.cocreate.assignments.queries.figures import answers_due
from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.underway.queries.figures import results_due
from samskapa.ground.figures.queries import ToldWhole, told_whole
from samskapa.ground.figures.services.files import Cell

from ..domain import Year, bands, middle, share, told_rows
from . import hidden_words
from .year_facts import days_by
from .year_tables import Row, Section, Table, unit_words, way_words

#: Measures of config/figures.py, and the feature whose first part is "in time".
_ANSWERED, _RESULTS = "answered", "results"
_WHEN = {_ANSWERED: "when", _RESULTS: "when"}
_IN_TIME, _NOT_IN_TIME = "in_time", "not_in_time"
_MONTHS = 12

#: What is told of each place, or way; no entry: nothing was counted there.
Cells = dict[Any, Cell]


def divided_sections(
    group: Group, year: Year, needs: list[tuple[int | None, str]], days: list[tuple[int | None, str, int]], today: date
) -> list[Section]:
    """By unit and by way. needs, days: those of the year. Five queries, whatever the size."""
    answers = list(answers_due(year.first, year.until, area_id=group.node_id))
    results = list(results_due(year.first, year.until, area_id=group.node_id))
    units = {row[0]: None for rows in (needs, days, answers, results) for row in rows}
    names = unit_words(units)
    nodes = {group.node_id, *(unit for unit in units if unit is not None)}
    months = told_whole(nodes, _WHEN, year.first, year.until, today)
    by_unit = [
        _medians(days, lambda row: row[0]),
        *({unit: _of_months(months[unit, key]) for unit in units if unit is not None} for key in _WHEN),
    ]
    by_way = [
        _medians(days, lambda row: row[1]),
        *(
            _of_year(rows, lambda row: row[1], is_told=months[group.node_id, key].months == _MONTHS)
            for key, rows in ((_ANSWERED, answers), (_RESULTS, results))
        ),
    ]
    return [
        Section(
            "units",
            _("By unit"),
            _("Of each unit by itself. Units of which nothing can be shown are left out."),
            [
                _table(
                    _("Unit"),
                    names,
                    by_unit,
                    _("The median is of days from need to choice. Shares are of the months that show all of the unit."),
                )
            ],
        ),
        Section(
            "ways",
            _("By way of contributing"),
            _("Of each way by itself. Ways of which nothing can be shown are left out."),
            [
                _table(
                    _("Way to take part"),
                    way_words(),
                    by_way,
                    _("The median is of days from need to choice. Shares are shown where no month hides anything."),
                )
            ],
        ),
    ]


def _medians(days: Iterable[tuple[int | None, str, int]], key: Callable[[Any], Any]) -> Cells:
    found = days_by(days, key)
    shown = told_rows({place: bands(each) for place, each in found.items()})
    return {place: middle(each) if place in shown else hidden_words() for place, each in found.items()}


def _of_months(told: ToldWhole) -> Cell:
    """The share in time; nothing to say where there was nothing in any month that was counted."""
    found = share(told.counts[_IN_TIME], sum(told.counts.values()))
    return hidden_words() if found is None and told.months < max(told.seen, 1) else found


def _of_year(rows: Iterable[tuple[int, str, str, str]], key: Callable[[Any], Any], *, is_told: bool) -> Cells:
    counts: dict[Any, dict[str, int]] = {}
    for row in rows:
        each = counts.setdefault(key(row), {_IN_TIME: 0, _NOT_IN_TIME: 0})
        each[_IN_TIME if row[2] == _IN_TIME else _NOT_IN_TIME] += 1
    shown = told_rows(counts) if is_told else set()
    return {
        place: share(each[_IN_TIME], sum(each.values())) if place in shown else hidden_words()
        for place, each in counts.items()
    }


def _table(head: str, names: Mapping[Any, str], columns: list[Cells], sentence: str) -> Table:
    """A row for each of which something is told. Where one has nothing in a column of which nothing at all is told it
    says so too: whether there is nothing is not told either."""
    blank = [None if any(_is_number(cell) for cell in column.values()) else hidden_words() for column in columns]
    rows = []
    for place, name in names.items():
        cells = [column.get(place, nothing) for column, nothing in zip(columns, blank, strict=True)]
        if any(map(_is_number, cells)):
            rows.append(Row(name, cells))
    return Table(
        _("Time and shares"),
        sentence if rows else _("Too few for it to be shown."),
        [head, _("Median, days"), _("Per cent answered in time"), _("Per cent told in time")],
        rows,
    )


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float)
