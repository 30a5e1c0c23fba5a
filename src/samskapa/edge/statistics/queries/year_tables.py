"""What the tables of a year are made of, and the words of their rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from samskapa.cocreate.assignments.domain import Contribution
from samskapa.cocreate.assignments.queries.wording import CONTRIBUTION
from samskapa.ground.figures.services.files import Cell
from samskapa.ground.language.templatetags.reader import day
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.queries import in_reader_order

from ..domain import BANDS, LONGER, Year


@dataclass(frozen=True, slots=True)
class Row:
    """label, and a cell for each further heading of its table. None: nothing to say."""

    label: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """heads: the first is that of the labels. sentence: what the numbers mean."""

    title: str
    sentence: str
    heads: list[str]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Section:
    """key: where a page can go to. sentence: what is counted here, and when it counts."""

    key: str
    title: str
    sentence: str
    tables: list[Table]


#: How an answer, or a telling, came.
def when_words() -> dict[str, str]:
    """In their order."""
    return {"in_time": _("In time"), "late": _("Late"), "none": _("Not yet")}


def band_words() -> dict[str, str]:
    """Days from need to choice, in their order."""
    first, second, third = BANDS
    return {
        str(first): _("Up to %(most)s days") % {"most": first},
        str(second): _("%(least)s to %(most)s days") % {"least": first + 1, "most": second},
        str(third): _("%(least)s to %(most)s days") % {"least": second + 1, "most": third},
        LONGER: _("More than %(most)s days") % {"most": third},
    }


def way_words() -> dict[str, str]:
    """Ways of contributing, in their order; "": not said yet."""
    return {way.value: str(CONTRIBUTION[way]) for way in Contribution} | {"": _("Not said yet")}


def unit_words(units: Iterable[int | None]) -> dict[int | None, str]:
    """The names of the units, in the reader's order; None: no unit is known yet. One query."""
    wanted = set(units)
    found = Node.objects.filter(pk__in=[pk for pk in wanted if pk is not None]).order_by(in_reader_order(), "pk")
    names: dict[int | None, str] = {node.pk: node.name for node in found}
    return names | ({None: _("No unit yet")} if None in wanted else {})


def last_day(year: Year) -> str:
    """The last day that is counted."""
    return day(year.until - timedelta(days=1))


def status_heads(year: Year) -> list[str]:
    """Of the table of members: at the beginning of the year, and on its last day that is counted."""
    end = _("When the year ended") if year.is_over else last_day(year)
    return [_("Where they stand"), _("When the year began"), end]


def hours(minutes: int) -> float:
    """Hours in quarters, as they are noted."""
    return minutes / 60
