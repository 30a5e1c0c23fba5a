"""The same year as it may be passed on: no count from 1 to 4, and nothing by which one could be computed.

Each table is protected by itself, and none shares more than its sum with another. Answers, results and confirmations
are told by month already (decision 22), where a month may be hidden: their sum is that of the months that are told.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.utils.translation import gettext as _

from samskapa.cocreate.assignments.queries.area_year import days_to_choice, needs_received
from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.pool.queries.group_year import moves_between, stood_at
from samskapa.cocreate.pool.queries.wording import STATUS
from samskapa.cocreate.underway.queries.area_year import noted_in, people_who_noted
from samskapa.ground.figures.domain import SMALLEST_TOLD
from samskapa.ground.figures.queries import ToldSum, midnight, told_sums
from samskapa.ground.figures.services.files import Cell

from ..domain import Year, bands, middle, told, told_by, told_moves
from . import hidden_words
from .year_shared_divided import divided_sections
from .year_tables import Row, Section, Table, band_words, status_heads, unit_words, way_words

#: What of the months is added up, of config/figures.py.
_BY_MONTH = ("answered", "results", "confirmed", "told_back")


def shared_sections(group: Group, year: Year, today: date) -> list[Section]:
    """The group's year to pass on. At most fifteen queries, whatever the size. Only of a year that is over: of two days
    in a row one could see what happened between them."""
    needs = needs_received(group.node_id, year.first, year.until)
    days = days_to_choice(group.node_id, year.first, year.until)
    sums = [each for each in told_sums(group.node_id, year.first, year.until, today) if each.measure.key in _BY_MONTH]
    return [
        _members(group, year),
        _needs(needs, [each for _unit, _way, each in days]),
        *(_of_months(each) for each in sums),
        *divided_sections(group, year, needs, days, today),
        _time(group, year),
    ]


def _cell(count: int | None) -> Cell:
    return hidden_words() if count is None else count


def _members(group: Group, year: Year) -> Section:
    stood = [stood_at(group, midnight(moment)) for moment in (year.first, year.until)]
    ends = [told({status.value: n for status, n in each.items()}) for each in stood]
    rows = [Row(str(STATUS[status]), [_cell(end.parts[status.value]) for end in ends]) for status in stood[0]]
    rows.append(Row(_("All together"), [_cell(end.total) for end in ends]))
    moves = moves_between(group, midnight(year.first), midnight(year.until))
    came, left = told_moves(moves.came, moves.left)
    happened = [Row(_("Wanted to join"), [_cell(came)]), Row(_("Left"), [_cell(left)])]
    return Section(
        "members",
        _("Members"),
        _("Everybody who has sent the form and not left. Who is still filling it in is not counted."),
        [
            Table(_("By status"), _("How many stood where."), status_heads(year), rows),
            Table(
                _("What happened in the year"),
                _("Who comes and who leaves are shown together or not at all, for one gives away the other."),
                [_("What happened"), _("Number of them")],
                happened,
            ),
        ],
    )


def _needs(rows: list[tuple[int | None, str]], days: list[int]) -> Section:
    units, ways = Counter(unit for unit, _way in rows), Counter(way for _unit, way in rows)
    names = unit_words(units)
    in_bands = told(bands(days))
    sentence = _("From the day the need was first written down until somebody was chosen for the first time.")
    if in_bands.total:
        sentence += " " + _("The median is %(days)s days: half took no longer.") % {"days": middle(days)}
    total = told({"all": len(rows)}).total
    divided = [
        _divided(_("By unit"), _("Unit"), {names[unit]: n for unit, n in units.items()}, list(names.values()), total),
        _divided(
            _("By way of contributing"),
            _("Way to take part"),
            {way_words()[way]: n for way, n in ways.items()},
            list(way_words().values()),
            total,
        ),
    ]
    return Section(
        "needs",
        _("Needs, and the time until somebody was chosen"),
        _("A need counts on the day it was sent to the coordinator, or published without that."),
        [
            Table(
                _("Received"),
                _("Also those that were called off later."),
                [_("What"), _("Number of them")],
                [Row(_("Needs received"), [_cell(total)])],
            ),
            *(divided if rows else []),
            Table(
                _("From need to choice"),
                sentence,
                [_("Time"), _("Assignments")],
                [
                    *(Row(words, [_cell(in_bands.parts[key])]) for key, words in band_words().items()),
                    Row(_("All together"), [_cell(in_bands.total)]),
                ],
            ),
        ],
    )


def _divided(title: str, head: str, counts: dict[str, int], order: list[str], total: int | None) -> Table:
    """How the needs are divided, where their sum is told; those of which there are none are left out."""
    shown = told_by(counts) if total is not None else None
    rows = [] if shown is None else [Row(name, [_cell(shown.get(name))]) for name in order if counts.get(name)]
    sentence = _("Needs received.") if rows else _("Too few for it to be shown.")
    return Table(title, sentence, [head, _("Needs received")], rows)


def _of_months(one: ToldSum) -> Section:
    tables = []
    for feature in one.measure.features:
        rows = []
        for part in feature.parts:
            count, hidden = one.counts[feature.key, part.key]
            rows.append(Row(str(part.label), [count if one.months > hidden else hidden_words(), hidden]))
        heads = [str(feature.title), _("Sum of the months shown"), _("Months not shown")]
        tables.append(Table(str(feature.title), str(feature.sentence), heads, rows))
    sentence = _(
        "%(what)s This is the sum of the months that everybody can see, %(months)s of them counted. What is not shown "
        "of a month is not in it."
    )
    words = sentence % {"what": one.measure.sentence, "months": one.months}
    return Section(one.measure.key, str(one.measure.title), words, tables if one.months else [])


def _time(group: Group, year: Year) -> Section:
    people = people_who_noted(group.node_id, year.first, year.until)
    minutes = sum(note.minutes for note in noted_in(group.node_id, year.first, year.until))
    shown = None if 0 < people < SMALLEST_TOLD or (minutes and not people) else round(minutes / 60)
    return Section(
        "time",
        _("Time"),
        _("Whole hours that those who took part have noted themselves. Shown where at least five people have noted."),
        [
            Table(
                _("Noted"),
                _("By the day they are of."),
                [_("Time"), _("Hours")],
                [Row(_("All together"), [_cell(shown)])],
            )
        ],
    )
