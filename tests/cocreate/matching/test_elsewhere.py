"""What else goes on at the same time: the law, what the pages say, and to whom."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.domain.applying import Given
from samskapa.cocreate.assignments.domain.days import DayAndHours, as_rows
from samskapa.cocreate.assignments.models import Agreement, Application, Assignment
from samskapa.cocreate.assignments.services.applying import apply
from samskapa.cocreate.matching.access import token_of
from samskapa.cocreate.matching.domain import Reply
from samskapa.cocreate.matching.domain.clashing import clashes, overlap
from samskapa.cocreate.matching.models import Invitation
from samskapa.cocreate.matching.queries.elsewhere import Clash, at_the_same_time
from samskapa.cocreate.matching.queries.fitting import rows_of, shown
from samskapa.cocreate.matching.queries.wanted import wanted_of
from samskapa.cocreate.matching.queries.why import why
from samskapa.cocreate.matching.services.settling import settle_wave
from samskapa.cocreate.pool.models import Member
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.language.templatetags.reader import day as in_words
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from tests.factories.assignments import ANSWERS
from tests.factories.bulk_members import many_members
from tests.factories.matching import Turn, ask, invitation_of, make_assignment, make_turn
from tests.factories.organisations import NOW, log_in

DAY = timedelta(days=1)
FIRST = NOW.date() + 60 * DAY
RESULT = ANSWERS["result"] | {"told_back_on": NOW.date() + 300 * DAY}

#: Few, so that one often begins when the other ends.
hours = st.builds(time, st.sampled_from([0, 9, 10, 23]), st.sampled_from([0, 30, 59]))


def said_of(day: date) -> str:
    """As a sentence begins with it."""
    return in_words(day).capitalize()


some_days = st.dates(min_value=FIRST, max_value=FIRST + 2 * DAY)
whole = st.builds(DayAndHours, some_days)
timed = st.builds(lambda day, one, other: DayAndHours(day, *sorted((one, other))), some_days, hours, hours).filter(
    lambda each: each.is_possible
)
each_day = whole | timed


# --- the law --------------------------------------------------------------------------------------


def minutes(each: DayAndHours) -> set[tuple[date, int]]:
    """The same told in minutes: every one of the day where no hours are said."""
    if each.starts is None or each.ends is None:
        return {(each.day, minute) for minute in range(24 * 60)}
    first, last = (60 * hour.hour + hour.minute for hour in (each.starts, each.ends))
    return {(each.day, minute) for minute in range(first, last)}


@given(one=each_day, other=each_day)
def test_two_days_overlap_when_they_have_a_minute_in_common(one, other):
    assert overlap(one, other) is overlap(other, one) is bool(minutes(one) & minutes(other))


@given(one=each_day, other=each_day)
def test_a_day_without_hours_is_the_whole_day(one, other):
    assert overlap(DayAndHours(one.day), other) is (one.day == other.day)
    assert overlap(one, one)


@given(mine=st.lists(each_day, max_size=5), theirs=st.lists(each_day, max_size=5))
def test_clashes_are_some_of_mine_in_their_order_and_there_are_as_well_some_of_theirs(mine, theirs):
    found = clashes(mine, theirs)
    assert found == [each for each in mine if each in found]
    assert bool(found) is bool(clashes(theirs, mine))
    if not {each.day for each in mine} & {each.day for each in theirs}:
        assert found == []


def at(day: date, first: float | None = None, last: float | None = None) -> DayAndHours:
    def hour(number: float | None) -> time | None:
        return None if number is None else time(int(number), round(60 * (number % 1)))

    return DayAndHours(day, hour(first), hour(last))


def test_what_begins_when_the_other_ends_is_no_conflict():
    assert not overlap(at(FIRST, 13, 15), at(FIRST, 15, 17))
    assert not overlap(at(FIRST, 13, 15), at(FIRST, 15.5, 17))
    assert overlap(at(FIRST, 13, 15), at(FIRST, 14.5, 17))


# --- what is found --------------------------------------------------------------------------------


def when(*days: DayAndHours, starts_on: date | None = None) -> dict:
    values = {"occasions": 3, "minutes_each": 60, "when_text": "", "days": as_rows(days), "starts_on": starts_on}
    return {"time": values, "result": RESULT}


def another(turn: Turn, title: str, *days: DayAndHours, starts_on: date | None = None) -> Assignment:
    return make_assignment(turn.unit, turn.coordinator, title={"title": title}, **when(*days, starts_on=starts_on))


def applies(member: Member, assignment: Assignment) -> Application:
    return apply(assignment, given=Given("Min"), by=Actor(person_id=member.person_id), now=NOW)


def found_for(turn: Turn) -> dict[int, list[Clash]]:
    found = at_the_same_time([member.person_id for member in turn.members], turn.assignment, NOW)
    return {member.pk: found.get(member.person_id, []) for member in turn.members}


@pytest.mark.django_db
def test_days_that_overlap_are_found_and_others_are_not():
    turn = make_turn(1, **when(at(FIRST, 13, 15), at(FIRST + 7 * DAY, 13, 15), at(FIRST + 14 * DAY, 13, 15)))
    (member,) = turn.members
    for title, *days in (
        ("A dag före", at(FIRST - DAY, 13, 15)),
        ("B samma dag, sedan", at(FIRST, 15, 16)),
        ("C samtidigt", at(FIRST - DAY), at(FIRST, 14, 16), at(FIRST + 14 * DAY, 9, 13.5)),
        ("D utan klockslag", at(FIRST + 7 * DAY)),
        ("E en annan vecka", at(FIRST + 21 * DAY)),
    ):
        applies(member, another(turn, title, *days))
    assert found_for(turn) == {
        member.pk: [
            Clash("C samtidigt", (at(FIRST, 13, 15), at(FIRST + 14 * DAY, 13, 15)), is_certain=True),
            Clash("D utan klockslag", (at(FIRST + 7 * DAY, 13, 15),), is_certain=False),
        ]
    }


@pytest.mark.django_db
def test_a_first_day_and_no_more_is_a_day_without_hours():
    turn = make_turn(1, **when(starts_on=FIRST))
    (member,) = turn.members
    applies(member, another(turn, "Bara första dagen", starts_on=FIRST))
    applies(member, another(turn, "En annan första dag", starts_on=FIRST + DAY))
    applies(member, another(turn, "Med klockslag", at(FIRST - DAY, 9, 10), at(FIRST, 9, 10)))
    assert [(each.title, each.days, each.is_certain) for each in found_for(turn)[member.pk]] == [
        ("Bara första dagen", (at(FIRST),), False),
        ("Med klockslag", (at(FIRST),), False),
    ]
    late = another(turn, "Utan dag")
    assert at_the_same_time([member.person_id], late, NOW) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("how", "is_found"),
    [
        ("asked", True),
        ("yes", True),
        ("no", False),
        ("lapsed", False),
        ("taken_back", False),
        ("applied", True),
        ("chosen", True),
        ("not_chosen", False),
        ("withdrawn", False),
        ("ended", False),
        ("called off", False),
        ("done", False),
    ],
)
def test_only_what_one_is_in_or_may_be_in_and_that_goes_on(how, is_found):
    turn = make_turn(1, **when(at(FIRST, 13, 15)))
    (member,) = turn.members
    other = another(turn, "Ett annat", at(FIRST, 13, 15))
    if how in ("asked", *(reply.value for reply in Reply)):
        ask(turn, assignment=other, alone=True)
        Invitation.objects.update(answer="" if how == "asked" else how, answered_at=None if how == "asked" else NOW)
    else:
        application = applies(member, other)
        if how in ("chosen", "not_chosen", "ended"):
            state = "chosen" if how == "ended" else how
            Application.objects.filter(pk=application.pk).update(
                state=state, answered_at=NOW, answered_by=turn.coordinator.person_id, answer_reason="Så här."
            )
        if how == "withdrawn":
            Application.objects.filter(pk=application.pk).update(state=how, withdrawn_at=NOW)
        if how == "ended":
            Agreement.objects.create(root=other, application=application, created_at=NOW, ended_at=NOW)
        if how == "called off":
            Assignment.objects.filter(pk=other.pk).update(
                state=State.CANCELLED, cancelled_at=NOW, cancelled_reason="Nej"
            )
        if how == "done":
            Assignment.objects.filter(pk=other.pk).update(state=State.DONE, done_at=NOW)
    assert bool(found_for(turn)[member.pk]) is is_found


@pytest.mark.django_db
def test_a_day_that_has_been_is_no_conflict_any_more_and_nobody_gets_anothers():
    turn = make_turn(2, **when(at(FIRST, 13, 15), at(FIRST + 7 * DAY, 13, 15)))
    other = another(turn, "Ett annat", at(FIRST, 13, 15), at(FIRST + 7 * DAY, 13, 15))
    applies(turn.members[0], other)
    person = turn.members[0].person_id
    people = [member.person_id for member in turn.members]
    (clash,) = at_the_same_time(people, turn.assignment, NOW)[person]
    assert clash.days == (at(FIRST, 13, 15), at(FIRST + 7 * DAY, 13, 15))
    assert list(at_the_same_time(people, turn.assignment, NOW)) == [person]
    (clash,) = at_the_same_time(people, turn.assignment, NOW + 61 * DAY)[person]
    assert clash.days == (at(FIRST + 7 * DAY, 13, 15),)
    assert at_the_same_time(people, turn.assignment, NOW + 70 * DAY) == {}


# --- what is said ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_it_is_said_and_leaves_nobody_out():
    turn = make_turn(3, **when(*(at(FIRST + 7 * number * DAY, 13, 15) for number in range(5))))
    first, second, third = turn.members
    applies(first, another(turn, "Samtidigt", at(FIRST, 14, 16)))
    applies(second, another(turn, "Alla dagar", *(at(FIRST + 7 * number * DAY) for number in range(5))))
    rows = rows_of(
        shown([member.pk for member in turn.members], NOW), turn.assignment, wanted_of(turn.assignment, {}), NOW
    )
    assert {row.member.pk: row.clashes for row in rows} == {
        first.pk: [f"{said_of(FIRST)} kl. 13–15: samtidigt som ”Samtidigt”, som hen är med i eller tillfrågad om."],
        second.pk: [
            f"{said_of(FIRST)} kl. 13–15, {in_words(FIRST + 7 * DAY)} kl. 13–15, "
            f"{in_words(FIRST + 14 * DAY)} kl. 13–15, "
            "2 dagar till: samma dag som ”Alla dagar”, som hen är med i eller tillfrågad om."
        ],
        third.pk: [],
    }
    assert why(first, turn.filling, {}, NOW).clashes == rows[0].clashes
    assert why(first, turn.filling, {}, NOW).reasons == []


@pytest.mark.django_db
def test_the_clock_passes_by_nobody_for_it():
    turn = make_turn(4, **when(at(FIRST, 13, 15)))
    other = another(turn, "Samtidigt", at(FIRST, 13, 15))
    for member in turn.members[2:]:
        applies(member, other)
    wave = ask(turn, turn.members[:2], next_by_itself=True)
    opened = settle_wave(wave.pk, by=SYSTEM, now=NOW + 8 * DAY)
    assert set(opened.invitations.values_list("member", flat=True)) == {each.pk for each in turn.members[2:]}


@pytest.mark.django_db
def test_the_coordinators_pages_say_the_days_and_the_conflicts(client):
    turn = make_turn(2, **when(at(FIRST, 13, 15)))
    applies(turn.members[0], another(turn, "Ett <b>annat</b>", at(FIRST, 13, 15)))
    grant = RoleGrant.objects.get(person_id=turn.coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)
    page = client.get(reverse("matching:fits", args=[turn.assignment.pk])).content.decode()
    assert f"<li>{said_of(FIRST)} kl. 13–15</li>" in page
    said = f"{said_of(FIRST)} kl. 13–15: samtidigt som ”Ett &lt;b&gt;annat&lt;/b&gt;”, som hen är med i"
    assert page.count(said) == 1
    alone = client.get(reverse("matching:why", args=[turn.assignment.pk, turn.members[0].pk])).content.decode()
    assert said in alone


@pytest.mark.django_db
def test_the_one_who_is_asked_sees_it_when_logged_in_and_never_by_a_link_or_of_another(client):
    now = timezone.now()
    turn = make_turn(2, now=now, **when(at(FIRST, 13, 15)))
    first, second = turn.members
    applies(first, another(turn, "Mitt andra", at(FIRST, 13, 15)))
    ask(turn, now=now)
    said = f"{said_of(FIRST)} kl. 13–15: samtidigt som ”Mitt andra”, som du är med i eller har fått frågan om."
    by_link = client.get(reverse("matching:by_link", args=[token_of(invitation_of(first))])).content.decode()
    assert "Mitt andra" not in by_link
    assert f"{said_of(FIRST)} kl. 13–15</li>" in by_link
    log_in(client, Person.objects.get(pk=first.person_id))
    page = client.get(reverse("matching:invitation", args=[invitation_of(first).pk])).content.decode()
    assert said in page
    assert "Du kan säga ja ändå." in page
    log_in(client, Person.objects.get(pk=second.person_id))
    page = client.get(reverse("matching:invitation", args=[invitation_of(second).pk])).content.decode()
    assert "Mitt andra" not in page
    assert "samtidigt som" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("number", [2, 50])
def test_it_costs_the_same_however_many_they_are(number, django_assert_num_queries):
    turn = make_turn(1, **when(at(FIRST, 13, 15)))
    others = [another(turn, f"Annat {each}", at(FIRST, 13, 15), at(FIRST + DAY)) for each in range(3)]
    many_members(turn.members, number - 1)
    people = list(Member.objects.values_list("person_id", flat=True))
    Application.objects.bulk_create(
        Application(assignment=others[each % 3], person_id=person, number=each + 1, state="applied", applied_at=NOW)
        for each, person in enumerate(people)
    )
    with django_assert_num_queries(4):
        found = at_the_same_time(people, turn.assignment, NOW)
    assert len(found) == len(people) == number
    assert all(len(each) == 1 for each in found.values())
