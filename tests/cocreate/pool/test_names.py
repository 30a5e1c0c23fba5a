"""Sheets of names: a search by them finds whom a look at every name would find, whatever has happened since."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from samskapa.cocreate.pool.domain import Entry, Status
from samskapa.cocreate.pool.domain.searching import ALIKE, SHEET, Search, alike, is_found, lines_of_sheet, sheet_of
from samskapa.cocreate.pool.models import Group, Member, NameSheet
from samskapa.cocreate.pool.queries.members import called
from samskapa.cocreate.pool.queries.names import answered_by_name
from samskapa.cocreate.pool.services import joining
from samskapa.cocreate.pool.services.naming import make_sheets, names_change
from samskapa.cocreate.pool.services.taking_in import take_in
from samskapa.ground.core.domain import Actor
from samskapa.ground.people.domain import swedish_sort_key
from samskapa.ground.people.models import Person, ProtectedDetails
from samskapa.ground.protection.services import lift, protect
from tests.factories.bulk_members import many_members
from tests.factories.organisations import NOW
from tests.factories.people import make_person
from tests.factories.pool import answer, make_group, make_member
from tests.factories.threads import at_once

WORDS = st.text("abcdeå{ -小龙é", max_size=12)


def key(words: str) -> str:
    return swedish_sort_key(words)


def looked_at(group: Group, words: str) -> list[int]:
    """By every name, opened as it is now."""
    members = Member.objects.filter(group=group).exclude(status=Status.LEFT).select_related("person").order_by("pk")
    return [member.pk for member in members if is_found(key(words), key(called(member)))]


def found(group: Group, words: str) -> list[int]:
    search = Search(key(words).split())
    said = answered_by_name(group, search)
    return sorted(pk for pk, answers in said.items() if (answers | answers >> search.size) & search.all == search.all)


@given(WORDS, st.lists(WORDS, max_size=5))
def test_a_search_that_remembers_words_says_what_the_law_says_of_each(wanted, names):
    search = Search(key(wanted).split())
    for name in map(key, names):
        like = [
            any(word in each or (len(word) > 3 and alike(word, each) >= ALIKE) for each in name.split())
            for word in key(wanted).split()
        ]
        assert search.finds(name) is all(like)


@given(st.lists(st.tuples(st.integers(0, 10**12), st.text().map(swedish_sort_key)), max_size=9))
def test_a_sheet_says_what_was_written_on_it(names):
    assert list(lines_of_sheet(sheet_of(names))) == names


@pytest.mark.django_db
def test_whatever_happens_to_a_name_the_search_says_what_it_is_now():
    group, coordinator = make_group()
    other = make_member(make_group()[0], name={"called": "Maja"})
    maja = make_member(group, coordinator=coordinator, name={"called": "Maja Öberg"})
    own = Actor(person_id=maja.person_id)
    details: list[ProtectedDetails] = []

    def protected() -> None:
        person, named = Person.objects.get(pk=maja.person_id), Person.objects.get(pk=coordinator.person_id)
        details.append(protect(person, coordinators=[named], by=coordinator, now=NOW))

    steps = {
        "nothing": lambda: None,
        "another name": lambda: answer(Member.objects.get(pk=maja.pk), "name", own, called="Mayya Oberg"),
        "a draft": lambda: make_member(group, status=Status.BEGUN, name={"called": "Maja i pennan"}),
        "a list": lambda: take_in(
            group,
            [(make_person(), Entry("Maj", "", "", "", False, {"called": "Maj Å"}, ""))],
            words="Ja",
            by=coordinator,
            now=NOW,
        ),
        "protected": protected,
        "not protected": lambda: lift(details[0], by=coordinator, now=NOW),
        "named again": lambda: answer(Member.objects.get(pk=maja.pk), "name", own, called="Maja"),
        "left": lambda: joining.leave(Member.objects.get(pk=maja.pk), by=own, now=NOW),
        "back": lambda: joining.begin(group, by=own, now=NOW + timedelta(days=1)),
    }
    for name, step in steps.items():
        step()
        tag = Person.objects.get(pk=maja.person_id).protected_tag or "x"
        for _as_it_is_and_then_made_anew in range(2):
            for words in ("maja", "öberg", "mayya oberg", "maj", "penan", "skyddad", tag):
                assert found(group, words) == looked_at(group, words), (name, words)
                assert other.pk not in found(group, words)
            make_sheets(group)
        assert not NameSheet.objects.filter(group=group, names__isnull=True).exists()
    assert not found(group, "öberg")


@pytest.mark.django_db
def test_a_search_reads_sheets_and_no_member_and_nothing_stands_in_clear():
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator, name={"called": "Ringhals"})
    many_members([member], SHEET + 1)
    make_sheets(group)
    with CaptureQueriesContext(connection) as asked:
        assert found(group, "ringhals") == [member.pk]
        make_sheets(group)
    assert len(asked) == 3
    assert not any("pool_member" in query["sql"] for query in asked)
    with connection.cursor() as cursor:
        cursor.execute("SELECT names FROM pool_namesheet")
        sheets = [names for (names,) in cursor.fetchall()]
    assert len(sheets) >= 2
    assert not any("ringhals" in sheet.lower() for sheet in sheets)


@pytest.mark.django_db(transaction=True)
def test_a_search_while_a_name_is_changed_waits_for_nobody_and_misses_nothing_afterwards():
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator, name={"called": "Ada"})
    many = many_members([member], 3, called=lambda n: f"Bo {n}")

    def rename() -> None:
        answer(Member.objects.get(pk=member.pk), "name", Actor(person_id=member.person_id), called="Cia")

    def change_another() -> None:
        with transaction.atomic():
            names_change(many[:1])
            many[0].called = "Dag"
            many[0].save(update_fields=["called"])

    for _turn in range(5):
        results = at_once(rename, change_another, *[lambda: make_sheets(group)] * 2, lambda: found(group, "bo"))
        assert not [each for each in results if isinstance(each, Exception)], results
        make_sheets(group)
        for words in ("ada", "bo", "cia", "dag"):
            assert found(group, words) == looked_at(group, words), words
        answer(Member.objects.get(pk=member.pk), "name", Actor(person_id=member.person_id), called="Ada")
