"""A year of a group as a page, a workbook and a paper: the same tables, and what is said above them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samskapa.cocreate.pool.models import Group
from samskapa.ground.figures.services.files import Cell, Sheet
from samskapa.ground.language.templatetags.reader import day

from ..domain import Year
from . import hidden_words
from .year import exact_sections
from .year_shared import shared_sections
from .year_tables import Section, last_day


@dataclass(frozen=True, slots=True)
class YearPage:
    """is_shared: the variant to pass on. years: those that one can choose."""

    group: Group
    year: Year
    is_shared: bool
    years: range
    sections: list[Section]

    @property
    def hides(self) -> bool:
        """Whether something is not shown."""
        cells = (cell for one in self.sections for table in one.tables for row in table.rows for cell in row.cells)
        return any(cell == hidden_words() for cell in cells)


def year_page(group: Group, year: Year, *, is_shared: bool, years: range, today: date) -> YearPage:
    """Everything of one page; a fixed number of queries."""
    sections = shared_sections(group, year, today) if is_shared else exact_sections(group, year)
    return YearPage(group, year, is_shared, years, sections)


def notes_of(page: YearPage) -> list[str]:
    """What page and files say above the numbers."""
    if page.is_shared:
        said = [
            _(
                'This may be passed on. Where it says "not shown" it is one to four, or a number by which one could '
                "compute that it is one to four somewhere else. A zero is shown."
            )
        ]
    else:
        said = [
            _(
                "Exact figures, for coordinators of the group, who can open everything by name. Numbers under five can "
                "point at single people, so do not pass these on."
            )
        ]
        if page.year.is_over:
            said.append(_("There is another variant that may be passed on."))
    said.append(
        _("Counted to and including %(day)s, from the work itself. Nobody has filled in a report.")
        % {"day": last_day(page.year)}
    )
    return said


def words(cell: Cell) -> str:
    """A cell in the reader's language: whole numbers with spaces, hours with up to two decimals."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    return str(format_decimal(cell, format="#,##0.##", locale=(get_language() or "sv").split("-")[0]))


def title_of(page: YearPage) -> str:
    """ "Resursgruppen, 2026"."""
    return _("The year %(year)s for %(group)s") % {"year": page.year.number, "group": page.group.name}


def sheets(page: YearPage) -> list[Sheet]:
    """A sheet that explains, and one for each section with its tables below each other."""
    found = [Sheet(_("About the figures"), [], [title_of(page), page.group.node.name, *notes_of(page)])]
    for one in page.sections:
        rows: list[list[Cell]] = []
        for table in one.tables:
            rows += [[table.title], [table.sentence], list(table.heads)]
            rows += [[row.label, *row.cells] for row in table.rows]
            rows.append([None])
        found.append(Sheet(one.title, rows, [one.sentence]))
    return found


def paper(page: YearPage, now: datetime) -> dict[str, Any]:
    """The data of the sheet statistics/month.typ."""
    return {
        "title": title_of(page),
        "lead": page.group.node.name,
        "notes": notes_of(page),
        "printed": _("Printed %(day)s.") % {"day": day(now)},
        "bars": False,
        "measures": [
            {
                "title": one.title,
                "sentence": one.sentence,
                "total": "",
                "tables": [
                    {
                        "title": table.title,
                        "sentence": table.sentence,
                        "heads": table.heads,
                        "rows": [
                            {"label": row.label, "share": 0, "cells": [words(cell) for cell in row.cells]}
                            for row in table.rows
                        ],
                    }
                    for table in one.tables
                    if table.rows
                ],
            }
            for one in page.sections
        ],
    }
