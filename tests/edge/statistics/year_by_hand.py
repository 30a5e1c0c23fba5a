"""A year in a region with two units, small enough to be counted on paper."""

from __future__ import annotations

from datetime import UTC, date, datetime

from samskapa.cocreate.assignments.models import Application, Assignment, Choice, Version
from samskapa.cocreate.pool.models import Group, Member, Move
from samskapa.cocreate.underway.models import Confirmation, TimeNote, Work
from samskapa.edge.statistics.domain import (
    Year,
)
from samskapa.edge.statistics.queries.year import exact_sections
from samskapa.edge.statistics.queries.year_shared import shared_sections
from samskapa.ground.organisations.domain import Kind
from tests.factories.assignments import make_agreeing, make_need, make_open
from tests.factories.kept import triggers_at_rest
from tests.factories.organisations import make_node
from tests.factories.people import make_person
from tests.factories.pool import make_group
from tests.factories.underway import confirm, note, tell, under_way

YEAR = Year(2026, date(2026, 1, 1), date(2027, 1, 1))
NEXT_MARCH = date(2027, 3, 1)


def at(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 10, tzinfo=UTC)


class Example:
    """A region with two units, and another region with its own. All days are set by hand, so that it can be counted on
    paper."""

    def __init__(self) -> None:
        nation = make_node(Kind.NATION)
        self.region = make_node(Kind.REGION, "Region Ekliden", nation)
        self.clinic = make_node(Kind.UNIT, "Kliniken", self.region)
        self.ward = make_node(Kind.UNIT, "Avdelningen", self.region)
        self.group, self.coordinator = make_group(self.region)
        Group.objects.update(made_at=at(3, 1, 2025))
        other = make_node(Kind.REGION, "Region Björkvik", nation)
        self._members()
        self._at_work()
        self._others(other)

    def _members(self) -> None:
        """Three at the start of the year (one talked with, two who can be asked). One of them leaves, one begins to
        rest; two come, of whom one is welcomed; one fills in the form and is not counted. At the end: four."""
        courses = [
            [("begun", "sent", "interested", at(5, 1, 2025)), ("interested", "talked", "talked", at(6, 1, 2025))],
            [
                ("begun", "sent", "interested", at(5, 1, 2025)), ("interested", "talked", "talked", at(6, 1, 2025)),
                ("talked", "welcomed", "welcomed", at(7, 1, 2025)),
                ("welcomed", "introduced", "active", at(8, 1, 2025)),
                ("active", "own_wish", "left", at(4, 1)),
            ],
            [
                ("begun", "imported", "interested", at(5, 1, 2025)), ("interested", "talked", "talked", at(6, 1, 2025)),
                ("talked", "welcomed", "welcomed", at(7, 1, 2025)),
                ("welcomed", "introduced", "active", at(8, 1, 2025)),
                ("active", "own_wish", "resting", at(12, 31)),
            ],
            [
                ("begun", "sent", "interested", at(1, 1)), ("interested", "talked", "talked", at(2, 1)),
                ("talked", "welcomed", "welcomed", at(3, 1)), ("welcomed", "introduced", "active", at(1, 2, 2027)),
            ],
            [("begun", "sent", "interested", at(12, 31))],
            [],
        ]  # fmt: skip
        for course in courses:
            member = Member.objects.create(
                group=self.group,
                person=make_person(),
                since=at(1, 1),
                begun_at=at(1, 1),
                heard_at=at(1, 1),
                age="30-49",
            )
            for start, why, to, moment in course:
                Move.objects.create(member=member, from_status=start, why=why, to_status=to, at=moment)

    def _at_work(self) -> None:
        """At the clinic: work with two representatives that is told in time; one says that it is so, and notes time. At
        the ward: an assignment in which one is chosen, answered late; and a need that is only received."""
        agreements = under_way(representatives=2, unit=self.clinic)
        tell(agreements[0])
        confirm(agreements[0])
        note(agreements[0], "meeting", 6)
        note(agreements[0], "travel", 3)
        self.first = agreements[0].root
        times = {"occasions": 4, "minutes_each": 90, "reading_minutes": 30}
        Assignment.objects.filter(pk=self.first.pk).update(
            created_at=at(2, 1),
            sent_at=at(2, 3),
            closes_on=date(2026, 3, 1),
            answer_by=date(2026, 3, 31),
            contribution="research",
            pay="fee",
            **times,
        )
        Choice.objects.filter(assignment=self.first).update(chosen_at=at(3, 13))  # day 40
        Application.objects.filter(assignment=self.first).update(answered_at=at(3, 31))
        Work.objects.filter(assignment=self.first).update(tell_by=date(2026, 9, 1))
        self.first.work.tellings.update(told_at=at(9, 1))
        Confirmation.objects.filter(telling__work__assignment=self.first).update(asked_at=at(9, 1))
        Confirmation.objects.filter(agreement=agreements[0]).update(answered_at=at(9, 5))
        with triggers_at_rest():
            Version.objects.filter(agreement__in=agreements).update(fixed_at=at(4, 10))
        TimeNote.objects.filter(agreement=agreements[0]).update(day=date(2026, 5, 5))
        self.second = make_agreeing(unit=self.ward)
        Assignment.objects.filter(pk=self.second.pk).update(
            created_at=at(1, 1),
            sent_at=at(1, 2),
            closes_on=date(2026, 3, 1),
            answer_by=date(2026, 5, 1),
            contribution="education",
        )
        Choice.objects.filter(assignment=self.second).update(chosen_at=at(4, 11))  # day 100
        Application.objects.filter(assignment=self.second).update(answered_at=at(5, 2))
        need = make_open(unit=self.ward)
        Assignment.objects.filter(pk=need.pk).update(created_at=at(12, 1), sent_at=at(12, 31), contribution="education")

    def _others(self, other) -> None:
        """What is not of this year, not of this place, or not received."""
        later = make_open(unit=self.ward)
        Assignment.objects.filter(pk=later.pk).update(created_at=at(12, 31), sent_at=at(1, 1, 2027))
        make_need(unit=self.ward)
        elsewhere = make_agreeing(unit=make_node(Kind.UNIT, "Annanstans", other))
        Assignment.objects.filter(pk=elsewhere.pk).update(
            created_at=at(2, 1),
            sent_at=at(2, 2),
            closes_on=date(2026, 3, 1),
            answer_by=date(2026, 3, 1),
        )
        Choice.objects.filter(assignment=elsewhere).update(chosen_at=at(3, 1))

    def exact(self) -> dict[str, dict[str, list[list[object]]]]:
        """Section -> table -> its rows with their labels."""
        return tables(exact_sections(self.group, YEAR))

    def shared(self) -> dict[str, dict[str, list[list[object]]]]:
        return tables(shared_sections(self.group, YEAR, NEXT_MARCH))


def tables(sections):
    return {
        one.key: {table.title: [[row.label, *row.cells] for row in table.rows] for table in one.tables}
        for one in sections
    }
