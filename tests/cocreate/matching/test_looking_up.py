"""Why somebody does not see an assignment can be asked: by name from the assignment, and from the member."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.domain.applying import Given
from samskapa.cocreate.assignments.models import StandingTerms
from samskapa.cocreate.assignments.services.applying import apply
from samskapa.cocreate.matching.domain import Said, Verdict
from samskapa.cocreate.matching.models import Invitation
from samskapa.cocreate.matching.queries.filling import fillings_of, open_to_fill
from samskapa.cocreate.matching.queries.looking_up import MOST_NAMED, answers_for
from samskapa.cocreate.matching.queries.members import may_be_asked
from samskapa.cocreate.matching.queries.why import Answers, asked_about, why
from samskapa.cocreate.matching.services.enquiring import answer_enquiry
from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.models import Introduced, Member
from samskapa.cocreate.pool.queries.names import named
from samskapa.cocreate.pool.services import joining
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from samskapa.ground.protection.services import protect
from tests.factories.bulk_members import many_members
from tests.factories.enquiries import enquire, make_two
from tests.factories.matching import CLOSES, Turn, ask, make_assignment, make_turn
from tests.factories.organisations import NOW, actor_for, log_in, make_grant, make_node
from tests.factories.pool import make_member

pytestmark = pytest.mark.django_db


def as_coordinator(client, coordinator: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


def member_called(turn: Turn, name: str, status: Status = Status.ACTIVE) -> Member:
    return make_member(turn.group, coordinator=turn.coordinator, status=status, name={"called": name})


def look_up(client, turn: Turn, name: str, **more: str) -> str:
    page = reverse("matching:look_up", args=[turn.assignment.pk])
    answer = client.get(page, {"name": name, "group": str(turn.group.pk)} | more)
    assert answer.status_code == 200
    return answer.content.decode()


def found(text: str) -> list[tuple[str, str]]:
    """Each row as (name, answer)."""
    rows = re.findall(
        r'<li><p><a href="[^"]+">([^<]+)</a></p><p><span aria-hidden="true">.</span> ([^<]+)</p></li>', text
    )
    return [(name.strip(), said.strip()) for name, said in rows]


# --- by name, from the assignment -----------------------------------------------------------------


def test_a_person_is_looked_up_in_any_status_and_the_answer_leads_to_the_whole_one(client):
    turn = make_turn()
    kerstin, christina = member_called(turn, "Kerstin Öberg"), member_called(turn, "Christina Öberg")
    member_called(turn, "Kerstin Ny", Status.INTERESTED)
    member_called(turn, "Kerstin Begun", Status.BEGUN)
    member_called(turn, "Göran")
    rests = member_called(turn, "Kerstin Ek")
    joining.rest(rests, by=Actor(person_id=rests.person_id), now=NOW)
    ask(turn, [christina], alone=True)
    as_coordinator(client, turn.coordinator)
    fits = client.get(reverse("matching:fits", args=[turn.assignment.pk])).content.decode()
    assert f'action="{reverse("matching:look_up", args=[turn.assignment.pk])}"' in fits
    text = look_up(client, turn, "kerstin")
    assert found(text) == [
        ("Kerstin Öberg", "Kan tillfrågas, men har inte blivit det än."),
        ("Kerstin Ny", "Vill gå med. Samtal och introduktion är kvar."),
        ("Kerstin Ek", "Vilar, och tillfrågas inte förrän hen själv säger till."),
    ]
    page = reverse("matching:why", args=[turn.assignment.pk, kerstin.pk])
    assert f'href="{page}?group={turn.group.pk}"' in text
    assert client.get(page).status_code == 200
    [(name, said)] = found(look_up(client, turn, "kristina oberg"))
    assert (name, said.endswith("Till varje uppdrag frågar vi en gång.")) == ("Christina Öberg", True)
    for odd in ("", "   ", "\x00"):
        text = look_up(client, turn, odd)
        assert (found(text), "Skriv ett namn eller en del av det." in text) == ([], True)
    assert found(look_up(client, turn, "x" * 300)) == []


def test_the_look_is_in_the_trail_as_a_look_at_the_list_of_members_is(client):
    turn = make_turn()
    kerstin = member_called(turn, "Kerstin")
    member_called(turn, "Göran")
    as_coordinator(client, turn.coordinator)
    look_up(client, turn, "ingen alls")
    assert AuditEntry.objects.filter(action="pool.members_read").count() == 0
    look_up(client, turn, "kerstin")
    entry = AuditEntry.objects.get(action="pool.members_read")
    assert (entry.object_id, entry.details["people"]) == (str(turn.group.pk), [kerstin.person_id])
    assert "kerstin" not in str(entry.details)


def test_nobody_protected_is_found_by_their_name(client):
    turn = make_turn()
    member = member_called(turn, "Hemliga Hedda")
    protect(
        member.person,
        coordinators=[Person.objects.get(pk=turn.coordinator.person_id)],
        place="",
        by=SYSTEM,
        now=timezone.now(),
    )
    as_coordinator(client, turn.coordinator)
    text = look_up(client, turn, "hedda")
    assert (found(text), "Ingen i gruppen heter något liknande" in text) == ([], True)
    assert member.person.name not in text


def test_at_most_ten_are_shown_and_it_says_that_there_are_more(client):
    turn = make_turn()
    many_members([member_called(turn, "Kim Ek")], 12, called=lambda number: f"Kim Berg {number}")
    as_coordinator(client, turn.coordinator)
    assert len(named(turn.group, "kim")) == 13
    text = look_up(client, turn, "kim")
    assert len(found(text)) == MOST_NAMED == 10
    assert "3 till heter något liknande." in text
    [(name, _said)] = found(look_up(client, turn, "ek kim"))
    assert name == "Kim Ek"


def test_what_is_looked_for_comes_along(client):
    turn = make_turn()
    make_member(turn.group, coordinator=turn.coordinator, name={"called": "Siv"}, languages={"language": ["sv"]})
    as_coordinator(client, turn.coordinator)
    sought = {"look": "1", "language": "fi", "only": "language"}
    fits = client.get(reverse("matching:fits", args=[turn.assignment.pk]), sought).content.decode()
    assert '<input type="hidden" name="only" value="language">' in fits
    text = look_up(client, turn, "siv", **sought)
    assert found(text) == [("Siv", "Är inte med bland dem du söker. Språk: har svarat svenska.")]
    assert "&amp;language=fi&amp;only=language" in text
    assert found(look_up(client, turn, "siv")) == [("Siv", "Kan tillfrågas, men har inte blivit det än.")]


def test_it_is_asked_from_where_nobody_is_left_and_where_nobody_can_be_asked_any_more(client):
    turn = make_turn(2)
    closed = make_assignment(turn.unit, turn.coordinator, closes_on=timezone.localdate() - timezone.timedelta(days=5))
    ask(turn)
    as_coordinator(client, turn.coordinator)
    for assignment, said in (
        (turn.assignment, "Det finns ingen kvar att fråga här"),
        (closed, "Just nu går det inte att fråga"),
    ):
        text = client.get(reverse("matching:fits", args=[assignment.pk])).content.decode()
        assert said in text
        assert f'action="{reverse("matching:look_up", args=[assignment.pk])}"' in text
    answer = client.get(reverse("matching:look_up", args=[closed.pk]), {"name": "kim"}).content.decode()
    assert found(answer) == [("Kim", "Det går inte att anmäla intresse för uppdraget nu.")] * 2


def test_others_find_nobody(client):
    turn = make_turn()
    member = member_called(turn, "Kerstin")
    for grant in (make_grant(None, Role.HOST, turn.unit), make_grant(None, Role.COORDINATOR)):
        log_in(client, grant.person, grant)
        page = reverse("matching:look_up", args=[turn.assignment.pk])
        assert client.get(page, {"name": "kerstin"}).status_code == 404
        assert client.get(reverse("matching:of_member", args=[member.pk])).status_code == 404


def test_who_comes_by_an_enquiry_finds_her_own_members_alone_and_not_who_has_applied(client):
    two = make_two()
    answer_enquiry(enquire(two, two.group.node)[0], Said.YES, by=two.coordinator, now=NOW)
    theirs = make_member(two.group, coordinator=two.coordinator, name={"called": "Kerstin Där"})
    make_member(two.here.group, coordinator=two.here.coordinator, name={"called": "Kerstin Här"})
    apply(two.assignment, given=Given("Min erfarenhet"), by=Actor(person_id=theirs.person_id), now=NOW)
    as_coordinator(client, two.coordinator)
    page = reverse("matching:look_up", args=[two.assignment.pk])
    answer = client.get(page, {"name": "kerstin", "group": str(two.here.group.pk)}).content.decode()
    hidden = "Tillfrågas inte till det här uppdraget. Varför visas inte här."
    assert found(answer) == [("Kerstin Där", hidden)]
    about = answers_for(
        asked_about(Member.objects.filter(pk=theirs.pk)).get(),
        fillings_of(two.coordinator, two.group, open_to_fill(two.coordinator, two.group, NOW.date())),
        NOW,
    )
    assert [(row.assignment, row.answer.in_short) for row in about] == [(two.assignment, hidden)]


# --- from the member ------------------------------------------------------------------------------


def test_from_the_page_of_a_member_to_the_open_assignments_and_why(client):
    turn = make_turn(2)
    member = turn.members[0]
    other = make_assignment(turn.unit, turn.coordinator, title={"title": "Ett annat"}, closes_on=CLOSES)
    make_assignment(turn.unit, turn.coordinator, title={"title": "Ett stängt"}, closes_on=NOW.date())
    far = make_node(Kind.REGION)  # somebody else's
    make_assignment(make_node(Kind.UNIT, parent=far), actor_for(role=Role.COORDINATOR, node=far))
    only = make_assignment(turn.unit, turn.coordinator, title={"title": "Bara nominerade"}, closes_on=CLOSES)
    StandingTerms.objects.create(assignment=only, by_nomination=True)
    ask(turn, now=timezone.now())
    as_coordinator(client, turn.coordinator)
    page = reverse("matching:of_member", args=[member.pk])
    assert (
        f'<a href="{page}">Varför ser personen inte ett uppdrag?</a>'
        in client.get(reverse("pool:member", args=[member.pk])).content.decode()
    )
    text = client.get(page).content.decode()
    rows = re.findall(r'<a href="([^"]+)">([^<]+)</a></p><p><span aria-hidden="true">(.)</span> ([^<]+)</p>', text)
    whole = [
        f"{reverse('matching:why', args=[each.pk, member.pk])}?group={turn.group.pk}"
        for each in (turn.assignment, other, only)
    ]
    assert [(href, title, sign) for href, title, sign, _said in rows] == [
        (whole[0], turn.assignment.title, "✗"),
        (whole[1], "Ett annat", "✓"),
        (whole[2], "Bara nominerade", "✗"),
    ]
    assert rows[0][3].endswith("Till varje uppdrag frågar vi en gång.")
    assert rows[1][3] == f"Kan tillfrågas. Har nyss blivit tillfrågad om ”{turn.assignment.title}”."
    assert rows[2][3] == "Till det här uppdraget är det bara patientorganisationer som nominerar."
    for href in whole:
        assert client.get(href.replace("&amp;", "&")).status_code == 200
    looks = AuditEntry.objects.filter(action="people.looked", object_id=str(member.person_id))
    assert looks.count() == 5  # the member, the list, and three answers


def test_what_was_looked_for_the_last_time_decides(client):
    turn = make_turn(1)
    silent = turn.members[0]
    member = make_member(turn.group, coordinator=turn.coordinator, languages={"language": ["sv"]})
    ask(turn, [silent], alone=True, sought={"language": ["fi"], "only": ["language"]})
    known = Answers([member], [turn.filling], NOW)
    assert [line.key for line in known.answer(member, turn.filling).left_out] == ["language"]
    assert known.answer(member, turn.filling, {}).verdict == Verdict.MET


@pytest.mark.parametrize("number", [3, 40])
def test_the_page_of_a_member_costs_the_same_however_many_assignments(client, number):
    turn = make_turn(2)
    for _each in range(number):
        make_assignment(turn.unit, turn.coordinator)
    ask(turn)
    as_coordinator(client, turn.coordinator)
    page = reverse("matching:of_member", args=[turn.members[0].pk])
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        text = client.get(page).content.decode()
    assert text.count("?group=") >= min(number, 25)
    assert len(queries) == COST, [query["sql"][:90] for query in queries]


COST = 19


def test_the_short_answer_says_no_where_the_list_leaves_somebody_out_and_yes_where_it_does_not():
    """Whoever can be asked is in the list, and no other."""
    turn = make_turn(6)
    rests, asked, applied, minor, unread, free = turn.members
    joining.rest(rests, by=Actor(person_id=rests.person_id), now=NOW)
    ask(turn, [asked], alone=True)
    apply(turn.assignment, given=Given("Min erfarenhet"), by=Actor(person_id=applied.person_id), now=NOW)
    Member.objects.filter(pk=minor.pk).update(age="16-17")
    Introduced.objects.filter(member=unread, point="secrecy").delete()
    gone = make_member(turn.group, coordinator=turn.coordinator)
    Person.objects.filter(pk=gone.person_id).update(is_active=False)
    new = make_member(turn.group, coordinator=turn.coordinator, status=Status.TALKED)
    members = list(asked_about(Member.objects.filter(group=turn.group)).order_by("pk"))
    known = Answers(members, [turn.filling], NOW)
    yes = {each.pk for each in members if known.answer(each, turn.filling, {}).verdict == Verdict.MET}
    assert yes == set(may_be_asked(turn.group, turn.assignment).values_list("pk", flat=True)) == {free.pk}
    assert {new.pk, gone.pk} <= {each.pk for each in members}
    for member in members:  # the whole answer is the same one
        whole = why(member, turn.filling, {}, NOW)
        assert whole.reasons == known.answer(member, turn.filling, {}).reasons
    assert Invitation.objects.count() == 1
