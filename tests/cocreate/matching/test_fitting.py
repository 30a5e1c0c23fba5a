"""Who may be asked, in which order, and what the page says of each: the database says the same as the law."""

from __future__ import annotations

import random
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.domain import Form
from samskapa.cocreate.assignments.domain.applying import Given
from samskapa.cocreate.assignments.models import Application
from samskapa.cocreate.assignments.services.applying import apply
from samskapa.cocreate.matching.domain import Criterion, Verdict, fair_order, findings
from samskapa.cocreate.matching.models import Invitation, Wave
from samskapa.cocreate.matching.queries.fitting import Turns, lines_of, rows_of, shown, turn_list, unsaid
from samskapa.cocreate.matching.queries.members import in_fair_order, load_of, may_be_asked, narrowed
from samskapa.cocreate.matching.queries.wanted import sought_from, told_of, wanted_of
from samskapa.cocreate.matching.queries.why import why
from samskapa.cocreate.pool.domain import Care, Language, Need, SpeaksFor, Status, When
from samskapa.cocreate.pool.models import Consent, Introduced, Member, Minor, Tag
from samskapa.cocreate.pool.services import joining
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person, display_name
from samskapa.ground.protection.services import protect
from tests.factories.bulk_members import many_members
from tests.factories.matching import Turn, ask, make_assignment, make_turn
from tests.factories.organisations import NOW, log_in, make_node
from tests.factories.people import make_person
from tests.factories.pool import make_group, make_member

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def many(turn: Turn, number: int, chance: random.Random) -> list[Member]:
    """Members straight into the tables, of every kind: what they have told, and how much they were asked."""
    here, there = make_node(Kind.MUNICIPALITY, code="9101"), make_node(Kind.MUNICIPALITY, code="9201")
    unknown = make_node(Kind.MUNICIPALITY)
    contact = Person.objects.get(pk=turn.coordinator.person_id)
    found = []
    for _each in range(number):
        member = Member.objects.create(
            group=turn.group,
            person=make_person(),
            status=Status.ACTIVE,
            since=NOW - chance.randrange(1, 900) * DAY,
            begun_at=NOW - 900 * DAY,
            heard_at=NOW,
            age="30-49",
            contact=contact,
            municipality=chance.choice([here, there, unknown, None]),
        )
        Introduced.objects.create(member=member, point="secrecy", at=NOW, by=contact)
        for kind, values in {
            "contribution": ["improvement_team", "jury"],
            "care": list(Care)[:3],
            "as": ["patient", "relative"],
            "language": list(Language)[:3],
            "when": list(When)[:2],
            "need": [Need.REMOTE, Need.BREAKS, Need.TRAVEL],
            "speaks_for": list(SpeaksFor),
        }.items():
            for value in chance.sample(values, chance.randrange(0, 3)):
                Tag.objects.create(member=member, kind=kind, value=value)
        found.append(member)
    return found


def been_asked(turn: Turn, members: list[Member], chance: random.Random) -> None:
    """Some were asked to other things, some long ago, and some were chosen for what they applied to themselves."""
    contact = Person.objects.get(pk=turn.coordinator.person_id)
    members = members[len(members) // 4 :]  # and some never were
    for number in range(6):
        other = make_assignment(turn.unit, turn.coordinator)
        at = NOW - chance.choice([30, 200, 364, 365, 366, 500]) * DAY
        wave = Wave.objects.create(
            assignment=other, group=turn.group, number=1, answer_by=at.date(), size=1, wanted=1, opened_at=at
        )
        for member in chance.sample(members, len(members) // 3):
            Invitation.objects.create(wave=wave, assignment=other, person=member.person, member=member, asked_at=at)
        for place, member in enumerate(chance.sample(members, len(members) // 5), start=1):
            Application.objects.create(
                assignment=other,
                person=member.person,
                number=place,
                applied_at=at,
                state="chosen" if number % 2 else "not_chosen",
                answer_reason="Så blev det.",
                answered_at=at,
                answered_by=contact,
            )


@pytest.mark.parametrize("seed", [1, 2])
def test_the_database_puts_them_in_the_same_fair_order_as_the_law(seed):
    chance = random.Random(seed)
    turn = make_turn()
    been_asked(turn, many(turn, 30, chance), chance)
    rows = list(in_fair_order(Member.objects.filter(group=turn.group), turn.assignment, NOW))
    loads = {row.pk: load_of(row) for row in rows}
    assert [row.pk for row in rows] == fair_order(loads, turn.assignment.pk)
    assert {load.asked for load in loads.values()} >= {0, 1}
    assert {load.taken for load in loads.values()} >= {0, 1}
    assert {load.is_untried for load in loads.values()} == {True, False}


@pytest.mark.parametrize("form", ["", Form.PLACE, Form.DIGITAL, Form.BOTH])
def test_the_database_leaves_out_just_those_for_whom_the_law_says_not_met(form):
    chance = random.Random(7)
    turn = make_turn(place={"form": form, "place": "", "municipality_id": None})
    many(turn, 40, chance)
    everybody = may_be_asked(turn.group, turn.assignment)
    assert everybody.count() == 40
    sought = {"as": ["relative"], "care": [Care.PRIMARY], "language": [Language.FINNISH], "when": [When.DAYTIME],
              "speaks_for": [SpeaksFor.MANDATE]}  # fmt: skip
    for there in ({}, {"need": [Need.BREAKS]}):
        wanted = wanted_of(turn.assignment, sought_from(sought | there))
        for criterion in Criterion:
            kept = set(narrowed(everybody, wanted, [criterion]).values_list("pk", flat=True))
            by_law = {
                member.pk
                for member in everybody.prefetch_related("tags").select_related("municipality")
                for finding in findings(wanted, told_of(member))
                if finding.criterion == criterion and finding.verdict is not Verdict.NOT_MET
            }
            assert kept == by_law, criterion
    assert narrowed(everybody, wanted, ["contribution"]).count() < 40


def test_what_is_unknown_leaves_nobody_out():
    turn = make_turn(3)
    wanted = wanted_of(turn.assignment, {"care": ["home"], "language": ["fi"], "need": ["calm"], "as": ["patient"]})
    assert narrowed(may_be_asked(turn.group, turn.assignment), wanted, list(Criterion)).count() == 3


@pytest.mark.parametrize("what", ["resting", "welcomed", "asked", "applied", "no guardian", "not told of secrecy"])
def test_who_is_not_proposed_is_not_in_the_list_and_the_page_says_why(what):
    turn = make_turn(3)
    member = turn.members[0]
    own = Actor(person_id=member.person_id)
    if what == "resting":
        joining.rest(member, by=own, now=NOW)
    if what == "welcomed":
        member = make_member(turn.group, coordinator=turn.coordinator, status=Status.WELCOMED)
    if what == "asked":
        ask(turn, turn.members[:2])
    if what == "applied":
        apply(turn.assignment, given=Given("Min erfarenhet"), by=own, now=NOW)
    if what == "no guardian":
        Member.objects.filter(pk=member.pk).update(age="16-17")
    if what == "not told of secrecy":
        Introduced.objects.filter(member=member, point="secrecy").delete()
    assert member not in set(may_be_asked(turn.group, turn.assignment))
    # Who is being introduced has two points left.
    assert len(why(member, turn.filling, {}, NOW).reasons) == (2 if what == "welcomed" else 1)
    assert why(turn.members[2], turn.filling, {}, NOW).reasons == []


def test_a_minor_whose_guardian_has_said_yes_can_be_asked():
    turn = make_turn(2)
    member, contact = turn.members[0], Person.objects.get(pk=turn.coordinator.person_id)
    Member.objects.filter(pk=member.pk).update(age="16-17")
    consent = Consent.objects.create(
        group=turn.group, person=member.person, to="guardian", words="Ja", given_at=NOW, given_by=contact
    )
    Minor.objects.create(
        member=member, guardian="A", guide="B", adult="C", consent=consent, noted_at=NOW, noted_by=contact
    )
    assert may_be_asked(turn.group, turn.assignment).count() == 2
    Consent.objects.filter(pk=consent.pk).update(ended_at=NOW)
    assert may_be_asked(turn.group, turn.assignment).count() == 1


def test_why_names_the_criterion_by_which_one_is_left_out():
    turn = make_turn(1)
    member = make_member(turn.group, coordinator=turn.coordinator, languages={"language": ["sv"]})
    sought = {"language": ["fi"], "only": ["language"]}
    assert [line.key for line in why(member, turn.filling, sought, NOW).left_out] == ["language"]
    assert why(turn.members[0], turn.filling, sought, NOW).left_out == []
    assert why(member, turn.filling, {"language": ["fi"]}, NOW).left_out == []


def test_a_protected_member_has_the_neutral_name_and_no_place_and_stays_in_the_list():
    turn = make_turn(1)
    home = make_node(Kind.MUNICIPALITY, code="9101")
    member = make_member(turn.group, coordinator=turn.coordinator, municipality={"municipality_id": home.pk})
    named = Person.objects.get(pk=turn.coordinator.person_id)
    protect(member.person, coordinators=[named], place="", by=SYSTEM, now=NOW)
    wanted = wanted_of(make_assignment(turn.unit, turn.coordinator, place={"form": "place", "place": "Salen"}), {})
    rows = rows_of(shown(ids_of(turn, wanted), NOW), turn.assignment, wanted, NOW)
    (row,) = [row for row in rows if row.member == member]
    assert row.name == display_name(Person.objects.get(pk=member.person_id)) != member.called
    assert [line.why for line in row.lines if line.key == "place"] == ["har inte berättat"]


def test_what_nobody_says_anything_of_is_said_once_and_not_on_every_row():
    turn = make_turn(1, place={"form": "", "place": "", "municipality_id": None})
    wanted = wanted_of(turn.assignment, {"care": ["home"]})
    assert unsaid(wanted) == {"as", "language", "when", "speaks_for", "form", "access"}
    (row,) = rows_of(shown(ids_of(turn, wanted), NOW), turn.assignment, wanted, NOW)
    assert [line.key for line in row.lines] == ["contribution", "care", "place"]
    assert [line.key for line in lines_of(told_of(row.member), wanted)] == [criterion.value for criterion in Criterion]


def ids_of(turn: Turn, wanted) -> list[int]:
    return Turns(turn_list(turn.group, turn.assignment, wanted, (), NOW), at=0, most=50)[0:50]


@pytest.mark.parametrize(("asked", "shows"), [("", 0), ("1", 0), ("2", 50), ("9", 50), ("0", 50), ("-1", 50), ("x", 0)])
def test_every_page_of_the_turn_is_the_list_itself_and_beyond_the_last_is_the_last(client, asked, shows):
    turn = make_turn(2)
    many_members(turn.members, 58)
    grant = RoleGrant.objects.get(person_id=turn.coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)
    page = client.get(reverse("matching:fits", args=[turn.assignment.pk]), {"page": asked}).content.decode()
    turns = turn_list(turn.group, turn.assignment, wanted_of(turn.assignment, {}), (), timezone.now())
    order = [str(member.pk) for member in turns]
    assert re.findall(r'name="members" value="(\d+)"', page) == order[shows : shows + 50]
    assert "60 medlemmar kan tillfrågas" in page


def test_members_of_another_group_are_never_in_the_list():
    turn = make_turn(1)
    make_member(make_group()[0])
    assert list(may_be_asked(turn.group, turn.assignment)) == turn.members


@pytest.mark.parametrize("number", [3, 60])
def test_a_page_costs_the_same_however_many_there_are(number, django_assert_num_queries):
    turn = make_turn()
    chance = random.Random(3)
    been_asked(turn, many(turn, number, chance), chance)
    wanted = wanted_of(turn.assignment, {"care": [Care.PRIMARY]})
    with django_assert_num_queries(8):
        turns = turn_list(turn.group, turn.assignment, wanted, ["care"], timezone.now())
        page = Turns(turns, at=0, most=50)[0:50]
        rows = rows_of(shown(page, NOW), turn.assignment, wanted, NOW)
    assert 0 < len(rows) <= 50
