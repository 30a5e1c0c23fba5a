"""What is counted of assignments: each thing in one month, in the part that it belongs to, and in no other."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samskapa.cocreate.assignments.domain import ApplicationState, State
from samskapa.cocreate.assignments.forms.wording import CONTRIBUTION, FORM, INFLUENCE, figures
from samskapa.cocreate.assignments.models import Application, Assignment, ToldBack, Version
from samskapa.cocreate.assignments.queries import figures as figures_of
from samskapa.cocreate.assignments.queries.figures import (
    answers_due_in,
    published_in,
    settled_in_month,
    tellings_due_in,
)
from samskapa.ground.figures.domain import Counted, month_after
from samskapa.ground.figures.queries import measures, rows_in
from tests.factories.applications import make_application
from tests.factories.assignments import make_open
from tests.factories.bulk import many_assignments
from tests.factories.organisations import NOW
from tests.factories.people import make_person
from tests.factories.standing import council

pytestmark = pytest.mark.django_db
MAY = date(2025, 5, 1)
JUNE = month_after(MAY)


def moment(day: date, *clock: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(*clock or (12,))))


def counts(rows) -> Counter:
    found: Counter = Counter()
    for row in rows:
        found[row.node_id, row.parts] += row.count
    return found


def test_an_assignment_counts_in_the_month_in_which_it_was_published_in_sweden():
    assignment = make_open()
    parts = (assignment.contribution, assignment.form, assignment.influence)
    for published_at, month in [
        (moment(date(2025, 4, 30), 23, 59), None),
        (moment(MAY, 0, 0), MAY),
        (moment(date(2025, 5, 31), 23, 59), MAY),
        (moment(JUNE, 0, 0), None),
    ]:
        Assignment.objects.filter(pk=assignment.pk).update(published_at=published_at)
        expected = Counter({(assignment.unit_id, parts): 1}) if month else Counter()
        assert counts(published_in(MAY, JUNE)) == expected, published_at


def test_what_was_called_off_later_was_published_and_what_was_left_open_is_said_so():
    assignment = make_open()
    Assignment.objects.filter(pk=assignment.pk).update(
        published_at=moment(MAY),
        contribution="",
        form="",
        state=State.CANCELLED,
        cancelled_at=NOW,
        cancelled_reason="Nej",
    )
    assert list(published_in(MAY, JUNE)) == [Counted(assignment.unit_id, ("unsaid", "unsaid", assignment.influence), 1)]


def test_every_choice_of_an_assignment_has_its_part():
    keys = [[part.key for part in feature.parts] for feature in figures.PUBLISHED.features]
    assert keys == [[*map(str, CONTRIBUTION), "unsaid"], [*map(str, FORM), "unsaid"], [*map(str, INFLUENCE), "unsaid"]]


@pytest.fixture
def applicant():
    """Somebody who has been promised an answer by 20 May."""
    assignment = make_open()
    application = make_application(assignment, make_person(), now=NOW)
    Assignment.objects.filter(pk=assignment.pk).update(
        closes_on=date(2025, 5, 10), answer_by=date(2025, 5, 20), state=State.CHOOSING
    )
    return application


ANSWER = {"state": ApplicationState.NOT_CHOSEN, "answer_reason": "Tack"}


def set_to(application: Application, **fields) -> None:
    if fields.get("answered_at"):
        fields.setdefault("answered_by", make_person())
    Application.objects.filter(pk=application.pk).update(**fields)


@pytest.mark.parametrize(
    ("fields", "parts"),
    [
        ({}, ("none", "none")),
        (ANSWER | {"answered_at": moment(date(2025, 5, 20), 23, 59)}, ("in_time", "not_chosen")),
        (ANSWER | {"answered_at": moment(date(2025, 5, 21), 0, 0)}, ("late", "not_chosen")),
        (ANSWER | {"answered_at": moment(JUNE, 0, 0)}, ("none", "none")),  # frozen: not so when May was over
        (ANSWER | {"answered_at": moment(MAY), "state": ApplicationState.CHOSEN}, ("in_time", "chosen")),
        (
            ANSWER | {"answered_at": moment(MAY), "state": ApplicationState.CHOSEN, "is_deputy": True},
            ("in_time", "deputy"),
        ),
        (
            ANSWER | {"answered_at": moment(MAY), "state": ApplicationState.WITHDRAWN, "withdrawn_at": moment(JUNE)},
            ("in_time", "chosen"),
        ),
        ({"state": ApplicationState.WITHDRAWN, "withdrawn_at": moment(MAY)}, None),
    ],
)
def test_an_applicant_counts_in_the_month_of_the_promised_day(applicant, fields, parts):
    set_to(applicant, **fields)
    unit = applicant.assignment.unit_id
    assert counts(answers_due_in(MAY, JUNE)) == (Counter({(unit, parts): 1}) if parts else Counter())
    assert counts(answers_due_in(JUNE, month_after(JUNE))) == Counter()


def test_who_waits_in_what_was_called_off_is_not_waited_for(applicant):
    Assignment.objects.filter(pk=applicant.assignment_id).update(
        state=State.CANCELLED, cancelled_at=NOW, cancelled_reason="Nej"
    )
    assert list(answers_due_in(MAY, JUNE)) == []


def test_an_agreement_counts_by_its_first_version_alone():
    agreement = council()[0]
    first = Version.objects.get(agreement=agreement)
    month = timezone.localdate(first.fixed_at).replace(day=1)
    later = month_after(month)
    Version.objects.create(agreement=agreement, number=2, fixed_at=moment(later))
    unit, level = agreement.root.unit_id, agreement.root.influence
    assert list(settled_in_month(month, later)) == [Counted(unit, ("standing", level), 1)]
    assert list(settled_in_month(later, month_after(later))) == []


def test_a_standing_group_counts_in_the_month_of_its_telling():
    agreement = council(terms={"told_back_month": 5})[0]
    term = agreement.terms.get()
    year = term.starts_on.year + 1
    may = date(year, 5, 1)
    unit = agreement.root.unit_id
    assert list(tellings_due_in(may, month_after(may))) == [Counted(unit, ("none",))]
    assert list(tellings_due_in(month_after(may), date(year, 7, 1))) == []
    told = ToldBack(assignment=agreement.root, year=year, text="Det blev bättre.", told_by=make_person())
    told.told_at = moment(date(year, 5, 31), 23, 59)
    told.save()
    assert list(tellings_due_in(may, month_after(may))) == [Counted(unit, ("in_time",))]


def test_a_group_that_has_not_begun_has_nothing_to_tell():
    assert list(tellings_due_in(MAY, JUNE)) == []


def test_every_measure_of_the_table_has_words_and_counts_with_a_fixed_number_of_queries():
    mine = [measure for measure in measures() if settings.FIGURES[measure.key][1].startswith(figures_of.__name__)]
    assert [measure.key for measure in mine] == ["published", "answered", "settled", "told_back"]
    assignment = make_open()
    asked = []
    for more in (0, 2, 297):
        many_assignments([assignment], more)
        Assignment.objects.update(published_at=moment(MAY))
        with CaptureQueriesContext(
            connection,
        ) as made:
            found = {measure.key: list(rows_in(measure.key, MAY)) for measure in mine}
        asked.append(len(made))
    assert asked == [5, 5, 5]
    assert sum(row.count for row in found["published"]) == 300
    assert all(len(row.parts) == 3 for row in found["published"])


def test_a_thing_counts_in_one_month_only():
    """Over a year of months each assignment, applicant and agreement is there once: no sum comes back."""
    agreement = council()[0]
    day = timezone.localdate(NOW).replace(day=1)
    months = [day + timedelta(days=31 * n) for n in range(-2, 10)]
    for count in (published_in, answers_due_in, settled_in_month):
        rows = [row for month in months for row in count(month.replace(day=1), month_after(month.replace(day=1)))]
        assert [(row.node_id, row.count) for row in rows] == [(agreement.root.unit_id, 1)], count.__name__
