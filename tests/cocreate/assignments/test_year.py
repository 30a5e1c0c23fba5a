"""The letter about one's year: what one did, what came of it, once, and nothing where nothing was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samskapa.cocreate.assignments import jobs
from samskapa.cocreate.assignments.models import Agreement, Application, Assignment, ToldBack
from samskapa.cocreate.assignments.queries.year import Year, people_in, span_of, year_of
from samskapa.cocreate.assignments.services.applying import withdraw
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.core.services import mail_in_words
from samskapa.ground.people.models import Person
from tests.factories.applications import make_application
from tests.factories.assignments import host_of, make_agreement, make_open
from tests.factories.organisations import NOW
from tests.factories.people import make_person
from tests.factories.standing import settle

pytestmark = pytest.mark.django_db
NEW_YEAR = datetime(2027, 1, 1, 6, 0, tzinfo=UTC)


@pytest.fixture
def agreement() -> Agreement:
    found = make_agreement(names=("Asta Alm",))
    settle(found)
    Application.objects.filter(pk=found.application_id).update(applied_at=datetime(2026, 3, 1, tzinfo=UTC))
    Agreement.objects.filter(pk=found.pk).update(settled_at=datetime(2026, 5, 1, tzinfo=UTC))
    Assignment.objects.filter(pk=found.root_id).update(title="Lugnare väntrum")
    return Agreement.objects.select_related("root", "application").get(pk=found.pk)


def tells(agreement: Agreement, text: str, at: datetime) -> None:
    ToldBack.objects.create(
        assignment=agreement.root, year=at.year, text=text, told_at=at, told_by_id=host_of(agreement.root).person_id
    )


def letters() -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(kind="assignments/year").order_by("pk"))


def test_a_year_begins_and_ends_by_the_clock_on_the_wall():
    assert span_of(2026) == (datetime(2025, 12, 31, 23, tzinfo=UTC), datetime(2026, 12, 31, 23, tzinfo=UTC))


def test_it_tells_what_one_did_and_what_came_of_it(agreement):
    person = agreement.application.person_id
    tells(agreement, "Kvällstider sedan i maj.", datetime(2026, 12, 31, 22, 59, tzinfo=UTC))
    assert year_of(person, 2026) == Year(
        ["Lugnare väntrum"], ["Lugnare väntrum"], [("Lugnare väntrum", "Kvällstider sedan i maj.")], 0
    )
    assert year_of(person, 2025).is_empty
    assert year_of(person, 2027).is_empty
    assert list(people_in(2026)) == [person]
    assert list(people_in(2027)) == []


def test_what_was_told_a_year_later_is_in_that_years_letter(agreement):
    tells(agreement, "Nu ses det.", datetime(2026, 12, 31, 23, 0, tzinfo=UTC))  # midnight in Stockholm
    person = agreement.application.person_id
    assert (year_of(person, 2026).told, year_of(person, 2027).told) == ([], [("Lugnare väntrum", "Nu ses det.")])
    assert list(people_in(2027)) == [person]


def test_it_comes_once_in_january_and_in_words(agreement):
    tells(agreement, "Kvällstider sedan i maj.", datetime(2026, 11, 1, tzinfo=UTC))
    jobs.years_letters.func(now=datetime(2026, 12, 30, tzinfo=UTC))
    assert letters() == []
    for day in (1, 2, 30):
        jobs.years_letters.func(now=NEW_YEAR.replace(day=day))
    [letter] = letters()
    subject, body = mail_in_words(letter, name="Asta", language="sv", now=NEW_YEAR)
    assert subject == "Ditt år 2026, och vad det ledde till"
    assert body.index("Du anmälde intresse för:\n- Lugnare väntrum") < body.index("Kvällstider sedan i maj.")
    assert "Verksamheten har inte berättat" not in body
    jobs.years_letters.func(now=NEW_YEAR.replace(month=2))
    assert len(letters()) == 1


def test_what_is_not_told_yet_is_said(agreement):
    jobs.years_letters.func(now=NEW_YEAR)
    body = mail_in_words(letters()[0], name="", language="sv", now=NEW_YEAR)[1]
    assert "Verksamheten har inte berättat än vad det har lett till." in body


def test_who_did_nothing_withdrew_or_is_gone_gets_none(agreement):
    withdrew = make_application(make_open(), make_person("Drog sig ur"))
    Application.objects.filter(pk=withdrew.pk).update(applied_at=datetime(2026, 3, 1, tzinfo=UTC))
    withdraw(withdrew, by=Actor(person_id=withdrew.person_id), now=NOW)
    make_person("Gjorde inget")
    Person.objects.filter(pk=agreement.application.person_id).update(is_active=False)
    jobs.years_letters.func(now=NEW_YEAR)
    assert letters() == []


def test_a_year_costs_four_questions_however_much_one_did(agreement):
    person = agreement.application.person
    for _ in range(3):
        make_application(make_open(), person)
    with CaptureQueriesContext(connection) as queries:
        year_of(person.pk, 2026)
    assert len(queries) == 4
