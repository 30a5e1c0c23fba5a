"""What the pages of the figures show, and the same as rows for files and paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_skeleton
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samskapa.ground.core.domain import Actor
from samskapa.ground.figures.domain import TOTAL, month_after, month_before
from samskapa.ground.figures.models import Comment, Figure, Snapshot
from samskapa.ground.figures.queries import Line, MeasureTables, Shown, comment_on, tables_of
from samskapa.ground.figures.services.files import Cell, Sheet
from samskapa.ground.language.templatetags.reader import count, day
from samskapa.ground.organisations.domain import Kind, Role, paths_above
from samskapa.ground.organisations.models import Node, RoleGrant
from samskapa.ground.people.queries import in_reader_order

#: What everybody may see the figures of, once they are shown.
OPEN_KINDS = (Kind.NATION, Kind.REGION, Kind.MUNICIPALITY)


@dataclass(frozen=True, slots=True)
class View:
    """How somebody sees the figures of a node. is_own: the unit itself, or its coordinator: before everybody else, and
    exactly. Both may open every counted thing by name anyway."""

    node: Node
    is_own: bool


def month_words(month: date) -> str:
    """ "oktober 2026", in the reader's language."""
    return format_skeleton("yMMMM", month, locale=(get_language() or "sv").split("-")[0])


@dataclass(frozen=True, slots=True)
class Page:
    """A month's figures of a place. area: the region or municipality whose told counts stand beside, None where there
    is none. is_before: not everybody sees them yet. earlier, later: the months beside that one may see."""

    view: View
    snapshot: Snapshot
    area: Node | None
    measures: list[MeasureTables]
    comment: Comment | None
    is_before: bool
    earlier: str
    later: str

    @property
    def month(self) -> str:
        return month_words(self.snapshot.month)

    @property
    def key(self) -> str:
        """How the month is written in an address."""
        return f"{self.snapshot.month:%Y-%m}"

    @property
    def is_exact(self) -> bool:
        return any(each.is_exact for each in self.measures)

    @property
    def in_confidence(self) -> str:
        """Why the unit sees no more of some measures than others do; "" for others."""
        if not self.view.is_own:
            return ""
        return _(
            "These answers are not meant for everybody at the unit. So you see what others may see too, and small "
            "numbers are not shown."
        )

    def notes_on(self, one: MeasureTables) -> list[str]:
        """What a file says above the numbers of a measure."""
        said = [str(one.measure.sentence), "" if one.measure.is_by_name else self.in_confidence]
        return [each for each in said if each]

    @property
    def hides(self) -> bool:
        return any(each.hides for each in self.measures)


def page_of(view: View, snapshot: Snapshot, seen: QuerySet[Snapshot], *, today: date) -> Page:
    """Everything of one page; a fixed number of queries. seen: the months that one may see."""
    is_before = today < snapshot.shown_on
    area = _area_of(view.node)
    months = set(seen.values_list("month", flat=True))
    return Page(
        view=view,
        snapshot=snapshot,
        area=area,
        # What is told of the area is told to nobody before its day.
        measures=tables_of(
            snapshot, view.node.pk, is_own=view.is_own, area_id=area.pk if area and not is_before else None
        ),
        comment=comment_on(snapshot, view.node.pk),
        is_before=is_before,
        earlier=_key(month_before(snapshot.month), months),
        later=_key(month_after(snapshot.month), months),
    )


def _key(month: date, months: set[date]) -> str:
    return f"{month:%Y-%m}" if month in months else ""


def _area_of(node: Node) -> Node | None:
    """The nearest region or municipality above."""
    above = Node.objects.filter(path__in=paths_above(node.path)[:-1], kind__in=[Kind.REGION, Kind.MUNICIPALITY])
    return max(above, key=lambda each: len(each.path), default=None)


def places_to_choose(actor: Actor, node: Node, snapshot: Snapshot) -> QuerySet[Node]:
    """The places one step down from `node` that one may see and in which something was counted that month, by name: a
    list to find one's place in, without a number, so that nobody is ranked."""
    counted = Figure.objects.filter(snapshot=snapshot, node_id=OuterRef("pk"), feature="", count__gt=0)
    found = Node.objects.filter(Exists(counted), parent=node).order_by(in_reader_order(), "pk")
    if actor.acts_as(Role.HOST, Role.COORDINATOR, Role.LEADERSHIP) and actor.reaches(node.path):
        return found
    return found.filter(kind__in=[kind.value for kind in OPEN_KINDS])


def who_sees_first(snapshot: Snapshot) -> Iterator[tuple[int, int, str]]:
    """(person's id, node's id, its name) of hosts and coordinators of the places in which something was counted; one
    query. A coordinator's own place is enough: from there the way leads to the units."""
    counted = Figure.objects.filter(snapshot=snapshot, node_id=OuterRef("node"), feature="", count__gt=0)
    grants = RoleGrant.objects.filter(
        Exists(counted), role__in=[Role.HOST.value, Role.COORDINATOR.value], ended_at=None, person__is_active=True
    )
    yield from grants.order_by("pk").values_list("person", "node", "node__name").iterator()


# --- for files and paper --------------------------------------------------------------------------


def hidden_words() -> str:
    """What stands in the place of a count that is not told."""
    return _("not shown")


def explanation(page: Page) -> list[str]:
    """What a file says above its numbers."""
    said = [f"{page.view.node.name}, {page.month}"]
    if page.is_exact:
        said.append(
            _("Exact figures for your own work. Do not pass them on: small numbers can point at single people.")
        )
    if page.hides or not page.is_exact:
        said.append(
            _(
                'Where it says "not shown" it is one to four, or a number by which one could compute that it is one to '
                "four somewhere else. A zero is shown."
            )
        )
    if page.is_before:
        said.append(_("Shown to everybody from %(day)s.") % {"day": day(page.snapshot.shown_on)})
    said.append(_("Counted once, on %(day)s, and not changed since.") % {"day": day(page.snapshot.frozen_at)})
    if page.comment:
        said.append(_("The unit says: %(text)s") % {"text": " ".join(page.comment.text.split())})
    return said


def _cell(shown: Shown | None) -> Cell:
    if shown is None:
        return None
    return hidden_words() if shown.count is None else shown.count


def _extra_heads(page: Page, one: MeasureTables) -> list[str]:
    heads = []
    if one.is_exact:
        heads.append(_("Twelve months"))
    if one.total.area is not None and page.area:
        heads.append(page.area.name)
    return heads


def _extra_cells(line: Line) -> list[Cell]:
    return [_cell(each) for each in (line.months, line.area) if each is not None]


def csv_rows(page: Page) -> list[list[Cell]]:
    """One row for each count, with keys that never change beside the words, for a program. None: not told."""
    rows: list[list[Cell]] = [["month", "place", "measure", "feature", "part", "count", "is_hidden", "words"]]
    for one in page.measures:
        lines = [(TOTAL, one.total, str(one.measure.title))]
        for table in one.tables:
            for part, line in zip(table.feature.parts, table.lines, strict=True):
                lines.append(((table.feature.key, part.key), line, f"{table.feature.title}: {part.label}"))
        for (feature, part_key), line, words in lines:
            shown = line.shown
            rows.append(
                [
                    page.key,
                    page.view.node.name,
                    one.measure.key,
                    feature,
                    part_key,
                    shown.count,
                    int(shown.is_hidden),
                    words,
                ]
            )
    return rows


def sheets(page: Page) -> list[Sheet]:
    """A sheet that explains, and one for each measure."""
    found = [Sheet(_("About the figures"), [], explanation(page))]
    for one in page.measures:
        heads: list[Cell] = [_("Divided by"), _("Part"), page.month, *_extra_heads(page, one)]
        rows = [heads, ["", _("All together"), _cell(one.total.shown), *_extra_cells(one.total)]]
        for table in one.tables:
            rows += [
                [str(table.feature.title), str(line.label), _cell(line.shown), *_extra_cells(line)]
                for line in table.lines
            ]
        found.append(Sheet(str(one.measure.title), rows, page.notes_on(one)))
    return found


def paper(page: Page, now: datetime) -> dict:
    """The data of the sheet statistics/month.typ."""

    def words(cell: Cell) -> str:
        return cell if isinstance(cell, str) else count(cell) if cell is not None else ""

    return {
        "title": _("Figures for %(place)s") % {"place": page.view.node.name},
        "lead": page.month,
        "notes": explanation(page)[1:],
        "printed": _("Printed %(day)s.") % {"day": day(now)},
        "measures": [
            {
                "title": str(one.measure.title),
                "sentence": " ".join(page.notes_on(one)),
                "total": _("All together: %(number)s") % {"number": words(_cell(one.total.shown))},
                "tables": []
                if one.is_empty
                else [
                    {
                        "title": str(table.feature.title),
                        "sentence": str(table.feature.sentence),
                        "heads": [str(table.feature.title), page.month, *_extra_heads(page, one)],
                        "rows": [
                            {
                                "label": str(line.label),
                                "share": line.share,
                                "cells": [words(_cell(line.shown)), *(words(each) for each in _extra_cells(line))],
                            }
                            for line in table.lines
                        ],
                    }
                    for table in one.tables
                ],
            }
            for one in page.measures
        ],
    }
