"""What is held of somebody who was asked: shown, blanked when they are forgotten or time is out, and hidden."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from samskapa.edge.my_data.services.retention import carry_out
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.protection.services import protect
from samskapa.listen.surveys.domain import Mode, Whom
from samskapa.listen.surveys.models import Asked, AskedLink, Sheet, Urn
from samskapa.listen.surveys.queries import answers_of, results_shown
from samskapa.listen.surveys.queries.my_data import survey_rows_of, surveys_past
from samskapa.listen.surveys.services import blank_surveys, close, hand_in
from tests.factories.organisations import NOW
from tests.factories.people import make_person
from tests.factories.surveys import answer_all, link_of, make_asking, person_asked

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def anna():
    return make_person("Anna Ek", email="anna@example.se")


def closing(people, **fields):
    return make_asking(people, set_key="closing", mode=Mode.NAMED, **fields)


def test_a_person_sees_what_they_were_asked_and_answered_by_name_and_only_that_they_answered_anonymously(anna):
    named = closing([person_asked(anna, "representative")])
    hand_in(named.asked.get(), {"heard": "4", "again": "yes", "words": "Bra"}, by=SYSTEM, now=NOW)
    anonymous = make_asking([Whom(address="Anna@example.se")])
    hand_in(anonymous.asked.get(), {"said": "1"}, by=SYSTEM, now=NOW)
    with override("sv"):
        rows = survey_rows_of(anna.pk)
    facts = [{fact.key: fact.value for fact in row.facts} for row in rows]
    assert [(each["has_answered"], each["address"]) for each in facts] == [(True, ""), (True, "anna@example.se")]
    assert (facts[0]["heard"], facts[0]["again"], facts[0]["words"]) == ("4", "Ja", "Bra")
    assert set(facts[1]) == {"asked_at", "how", "address", "has_answered"}


def test_whoever_is_forgotten_leaves_that_somebody_answered_and_the_results_as_they_were(anna):
    people = [person_asked(anna, "representative")]
    people += [Whom(address=f"{n}@example.se", side="representative") for n in range(5)]
    asking = closing(people)
    answer_all(asking, [{"heard": "5"}] + [{"heard": "1"}] * 5, side="representative")
    link_of(asking.asked.get(person=anna))
    before = results_shown(close(asking, by=SYSTEM, now=NOW))
    for _again in range(2):
        blank_surveys(anna.pk, by=SYSTEM, now=NOW)
    asked = asking.asked.get(person=anna)
    assert (asked.has_answered, asked.blanked_at, asked.sheet.answers, asked.links.count()) == (True, NOW, {}, 0)
    asking.refresh_from_db()
    assert results_shown(asking) == before
    assert [each.answers for each in answers_of(asking)].count({"heard": "1"}) == 5


def test_whoever_is_forgotten_before_the_round_closes_is_not_counted(anna):
    people = [person_asked(anna, "representative")]
    people += [Whom(address=f"{n}@example.se", side="representative") for n in range(5)]
    asking = closing(people)
    answer_all(asking, [{"heard": "5"}] * 6, side="representative")
    blank_surveys(anna.pk, by=SYSTEM, now=NOW)
    assert results_shown(close(asking, by=SYSTEM, now=NOW)).groups[0].sheets == 5


def test_two_years_after_the_round_closed_names_addresses_and_own_words_are_gone():
    asking = make_asking(5, days=None)
    answer_all(asking, [{"said": "4", "next_time": "Ring mig på 070"}] * 5)
    close(asking, by=SYSTEM, now=NOW)
    for days, left in ((700, 5), (740, 0)):
        carry_out(now=NOW + days * DAY)
        assert Asked.objects.exclude(address="").count() == left
    assert Urn.objects.get().sheets == [{"said": "4"}] * 5
    assert AskedLink.objects.count() == 0
    assert surveys_past(NOW + 1000 * DAY) == []


def test_a_round_that_goes_on_is_not_blanked_however_old():
    asking = make_asking(1, days=None)
    carry_out(now=NOW + 2000 * DAY)
    assert asking.asked.get().address
    assert surveys_past(NOW + 2000 * DAY) == []


def test_where_somebody_is_protected_from_now_on_no_address_is_left(anna, grant):
    asking = closing([Whom(address="anna@example.se", side="host")])
    protect(anna, coordinators=[grant.person], by=SYSTEM, now=NOW)
    assert asking.asked.get().address == f"person:{anna.pk}"
    hand_in(asking.asked.get(), {"heard": "3"}, by=SYSTEM, now=NOW)
    blank_surveys(anna.pk, by=SYSTEM, now=NOW)
    assert Sheet.objects.get().answers == {}
