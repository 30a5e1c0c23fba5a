"""The year of a resource group and of the needs of its place: counted exactly, for who may open everything by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from samskapa.cocreate.assignments.queries.area_year import yearly_tellings
from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.pool.queries.group_year import moves_between, stood_at
from samskapa.cocreate.pool.queries.wording import STATUS
from samskapa.cocreate.underway.domain import Answer, Kind, Spent
from samskapa.cocreate.underway.queries.area_year import Noted
from samskapa.ground.figures.queries import midnight

from ..domain import LONGER, Year, bands, middle, share
from .year_facts import Facts, by_unit, by_way, facts_of
from .year_tables import Row, Section, Table, band_words, hours, status_heads, when_words


def exact_sections(group: Group, year: Year) -> list[Section]:
    """The group's year, exactly. Thirteen queries, whatever the size. What has happened after the last counted day is
    not looked at, so that a year that is over says the same tomorrow (but for what is disposed of, and an answer that
    was changed since)."""
    facts = facts_of(group.node_id, year)
    return [
        members_section(group, year),
        _needs(facts),
        _answers(facts),
        _results(facts, yearly_tellings(group.node_id, year.first, year.until)),
        _said(facts),
        _time(facts),
        by_unit(facts),
        by_way(facts),
    ]


def members_section(group: Group, year: Year) -> Section:
    """Those who were in the group at both ends of the year, and what happened between."""
    before, after = stood_at(group, midnight(year.first)), stood_at(group, midnight(year.until))
    rows = [Row(str(STATUS[status]), [before[status], after[status]]) for status in before]
    rows.append(Row(_("All together"), [sum(before.values()), sum(after.values())]))
    moves = moves_between(group, midnight(year.first), midnight(year.until))
    happened = [
        Row(_("Wanted to join"), [moves.came]),
        Row(_("Were said welcome to"), [moves.welcomed]),
        Row(_("Could be asked, when they had been introduced"), [moves.active]),
        Row(_("Began to rest"), [moves.rested]),
        Row(_("Left"), [moves.left]),
    ]
    return Section(
        "members",
        _("Members"),
        _("Everybody who has sent the form and not left. Who is still filling it in is not counted."),
        [
            Table(_("By status"), _("How many stood where."), status_heads(year), rows),
            Table(
                _("What happened in the year"),
                _("Who leaves and comes back is counted each time. The beginning, plus came, minus left, is the end."),
                [_("What happened"), _("Number of them")],
                happened,
            ),
        ],
    )


def _needs(facts: Facts) -> Section:
    days = [each for _unit, _way, each in facts.days]
    counts, so_far, rows = bands(days), 0, []
    for key, words in band_words().items():
        so_far += counts[key]
        rows.append(Row(words, [counts[key], share(so_far, len(days)) if key != LONGER else None]))
    rows.append(Row(_("All together"), [len(days), None]))
    median = middle(days)
    sentence = _("From the day the need was first written down until somebody was chosen for the first time.")
    if median is not None:
        sentence += " " + _("The median is %(days)s days: half took no longer.") % {"days": median}
    return Section(
        "needs",
        _("Needs, and the time until somebody was chosen"),
        _("A need counts on the day it was sent to the coordinator, or published without that."),
        [
            Table(
                _("Received"),
                _("Also those that were called off later."),
                [_("What"), _("Number of them")],
                [
                    Row(_("Needs received"), [len(facts.needs)]),
                    Row(_("Assignments in which somebody was chosen"), [len(days)]),
                ],
            ),
            Table(
                _("From need to choice"),
                sentence,
                [_("Time"), _("Assignments"), _("Per cent within that time")],
                rows,
            ),
        ],
    )


def _counted(values: Iterable[str], words: dict[str, str]) -> list[Row]:
    """A row for each word with number and share, and the sum."""
    counts = Counter(values)
    whole = counts.total()
    rows = [Row(label, [counts[key], share(counts[key], whole)]) for key, label in words.items()]
    return [*rows, Row(_("All together"), [whole, None])]


def _answers(facts: Facts) -> Section:
    rows = _counted((when for _unit, _way, when, _outcome in facts.answers), when_words())
    return Section(
        "answers",
        _("Answers to those who applied"),
        _("Each applicant counts on the day by which an answer was promised."),
        [
            Table(
                _("Answered in time"),
                _("Who withdrew before that is left out."),
                [_("When"), _("Applicants"), _("Per cent")],
                rows,
            )
        ],
    )


def _results(facts: Facts, yearly: int) -> Section:
    heads = [_("When"), _("Assignments"), _("Per cent")]
    tables = [
        Table(
            title,
            sentence,
            heads,
            _counted((when for _unit, _way, when, which in facts.results if which == kind), when_words()),
        )
        for kind, title, sentence in (
            (Kind.CLOSING, _("When the work ended"), _("By the day the unit had promised to tell.")),
            (Kind.LATER, _("Half a year later"), _("Within two weeks of being asked again.")),
        )
    ]
    every_year = Row(_("Standing assignments told back of"), [yearly])
    tables.append(
        Table(
            _("Every year"), _("Each telling counts when it was told."), [_("What"), _("Number of them")], [every_year]
        )
    )
    return Section(
        "results",
        _("What it led to"),
        _("Whether the unit told those who took part what the work had led to."),
        tables,
    )


def _said(facts: Facts) -> Section:
    words = {
        Answer.YES.value: _("Yes, it is so"),
        Answer.PARTLY.value: _("Partly"),
        Answer.NO.value: _("No"),
        "no_answer": _("No answer"),
    }
    rows = _counted((answer for _unit, _way, answer, _kind in facts.said), words)
    return Section(
        "confirmed",
        _("Whether it is so"),
        _("Those who took part are asked twice whether it is as told. Each counts four weeks after the first time."),
        [
            Table(
                _("What they answered"),
                _("One answer for each telling."),
                [_("What they said"), _("Number of them"), _("Per cent")],
                rows,
            )
        ],
    )


def _time(facts: Facts) -> Section:
    kinds = {
        Spent.MEETING: _("Meetings"),
        Spent.READING: _("Reading and preparing"),
        Spent.TRAVEL: _("Travel"),
        Spent.OTHER: _("Other"),
    }
    rows = []
    for what, label in kinds.items():
        each = [note for note in facts.noted if note.what == what]
        rows.append(Row(label, [hours(_minutes(each)), hours(_minutes(note for note in each if note.has_fee))]))
    noted = [hours(_minutes(facts.noted)), hours(_minutes(note for note in facts.noted if note.has_fee))]
    agreed = [minutes for _unit, _way, minutes, _fee in facts.agreed]
    paid = [minutes for _unit, _way, minutes, has_fee in facts.agreed if has_fee]
    heads = [_("Time"), _("Hours"), _("Of those with a fee")]
    return Section(
        "time",
        _("Time"),
        _(
            "With a fee means that the assignment says a fee is paid. What has really been paid "
            "is not known here, only with whoever pays."
        ),
        [
            Table(
                _("Noted"),
                _("Hours that those who took part have noted themselves, by the day they are of. Not everybody notes."),
                heads,
                [*rows, Row(_("All together"), list(noted))],
            ),
            Table(
                _("Agreed"),
                _("Hours that assignments say they take, of agreements first confirmed by both this year."),
                heads,
                [Row(_("Agreed time"), [hours(sum(agreed)), hours(sum(paid))])],
            ),
        ],
    )


def _minutes(notes: Iterable[Noted]) -> int:
    return sum(note.minutes for note in notes)
