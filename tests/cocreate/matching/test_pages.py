"""The pages: who fits, asking, the waves, why not; and the one who is asked."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.models import Application
from samskapa.cocreate.matching.access import token_of
from samskapa.cocreate.matching.models import Invitation, Wave
from samskapa.cocreate.pool.models import Member, Tag
from samskapa.cocreate.pool.queries.asked import asked_of
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from samskapa.ground.protection.services import protect
from tests.factories.matching import Turn, ask, invitation_of, make_assignment, make_turn
from tests.factories.organisations import log_in, make_grant
from tests.factories.people import make_person
from tests.factories.pool import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """Of a page: the clock's own."""
    return timezone.now()


def url(name: str, *args) -> str:
    return reverse(f"matching:{name}", args=args)


def as_coordinator(client, coordinator: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


def chosen(turn: Turn, *members, **more) -> dict:
    day = timezone.localdate() + timedelta(days=5)
    picked = [str(member.pk) for member in (members or turn.members)]
    return {"members": picked, "answer_by": day.isoformat(), "wanted": "2"} | more


def ticked(text: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'name="members" value="(\d+)" id="\w+" checked', text)]


def test_from_the_applicants_to_a_wave_and_its_answers(client):
    turn = make_turn(3)
    as_coordinator(client, turn.coordinator)
    applicants = client.get(reverse("assignments:applicants", args=[turn.assignment.pk])).content.decode()
    page = url("fits", turn.assignment.pk)
    assert f'href="{page}"' in applicants
    text = client.get(page).content.decode()
    assert "3 medlemmar kan tillfrågas" in text
    assert "Har aldrig blivit tillfrågad." in text
    assert len(ticked(text)) == 3  # as many as the need wants
    asked = client.post(page, chosen(turn, next_by_itself="on"))
    assert asked["Location"] == url("waves", turn.assignment.pk)
    wave = Wave.objects.get()
    assert (wave.size, wave.wanted, wave.next_by_itself) == (3, 2, True)
    assert client.post(page, chosen(turn, next_by_itself="on"))["Location"] == asked["Location"]
    text = client.get(asked["Location"]).content.decode()
    assert text.count("Har inte svarat än.") == 3
    client.post(url("stop_next", wave.pk))
    client.post(url("take_back", invitation_of(turn.members[0]).pk))
    text = client.get(asked["Location"]).content.decode()
    assert ("Frågan är tillbakatagen." in text, "Fråga inga fler automatiskt" in text) == (True, False)


def test_those_whose_turn_it_is_are_ticked_and_who_was_just_asked_is_not(client, now):
    turn = make_turn(4, people={"people_wanted": 1})
    other = make_assignment(turn.unit, turn.coordinator, title={"title": "Ett annat"})
    ask(turn, turn.members[:2], assignment=other, now=now)
    as_coordinator(client, turn.coordinator)
    text = client.get(url("fits", turn.assignment.pk)).content.decode()
    assert set(ticked(text)) == {member.pk for member in turn.members[2:]}  # never fewer than two
    assert text.count("Har nyss blivit tillfrågad om ”Ett annat”.") == 2


def test_nobody_is_ticked_beforehand_for_whom_something_does_not_fit_and_why_it_is_not_known_is_said_once(client):
    turn = make_turn(4, people={"people_wanted": 3})
    relative, patient = turn.members[1:3]
    Tag.objects.filter(member__in=turn.members, kind="as").delete()
    Tag.objects.create(member=relative, kind="as", value="relative")
    Tag.objects.create(member=patient, kind="as", value="patient")
    as_coordinator(client, turn.coordinator)
    text = client.get(url("fits", turn.assignment.pk) + "?look=1&as=relative&language=sv&when=daytime").content.decode()
    assert set(ticked(text)) == {member.pk for member in turn.members} - {patient.pk}
    assert f'value="{patient.pk}" id="id_members_{patient.pk}">' in text  # there all the same, in their turn
    told, silent = "språk, tider, på plats eller hemifrån (har inte berättat).", "erfarenhet som, språk, tider"
    assert (text.count(f"sätt att medverka, {told}"), text.count(f"sätt att medverka, {silent}")) == (2, 2)


def test_one_who_was_just_asked_to_something_else_is_asked_only_when_it_is_said(client, now):
    turn = make_turn(2)
    other = make_assignment(turn.unit, turn.coordinator)
    ask(turn, turn.members[:1], assignment=other, alone=True, now=now)
    as_coordinator(client, turn.coordinator)
    page, said = url("fits", turn.assignment.pk), chosen(turn)
    assert 'name="anyway"' not in client.get(page).content.decode()
    refused = client.post(page, said)
    text = refused.content.decode()
    assert (refused.status_code, Invitation.objects.count()) == (422, 1)
    assert f'name="anyway" value="{turn.members[0].pk}"' in text
    assert f'name="anyway" value="{turn.members[1].pk}"' not in text
    assert set(ticked(text)) == {member.pk for member in turn.members}
    assert client.post(page, said | {"anyway": [str(turn.members[0].pk)]}).status_code == 302


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"members": []}, "Kryssa för dem du vill fråga."),
        ({"answer_by": "2020-01-01"}, "Den dagen har varit"),
        ({"answer_by": "2199-01-01"}, "Det går att anmäla sig till och med"),
        ({"answer_by": "snart"}, "Skriv datumet som 2027-03-12."),
        ({"wanted": "0"}, "1"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_chosen_is_kept(client, said, told):
    turn = make_turn(3)
    as_coordinator(client, turn.coordinator)
    refused = client.post(url("fits", turn.assignment.pk), chosen(turn, *turn.members[:2]) | said)
    text = refused.content.decode()
    assert (refused.status_code, told in text) == (422, True)
    kept = [] if "members" in said else [member.pk for member in turn.members[:2]]
    assert (set(ticked(text)), Wave.objects.count()) == (set(kept), 0)


def test_one_alone_is_questioned_kindly_and_then_asked(client):
    turn = make_turn(2)
    as_coordinator(client, turn.coordinator)
    page, said = url("fits", turn.assignment.pk), chosen(turn, turn.members[0])
    assert "en enda person" not in client.get(page).content.decode()
    refused = client.post(page, said)
    assert refused.status_code == 422
    assert "Två eller fler är starkare tillsammans." in refused.content.decode()
    assert '<input type="checkbox" name="alone"' in refused.content.decode()
    assert client.post(page, said | {"alone": "on"}).status_code == 302


def test_the_second_of_two_coordinators_is_told_and_nobody_is_asked_twice(client):
    turn = make_turn(3)
    ask(turn, turn.members[:2], answer_by=timezone.localdate() + timedelta(days=5))
    grant = make_grant(None, Role.COORDINATOR, turn.region)
    log_in(client, grant.person, grant)
    refused = client.post(url("fits", turn.assignment.pk), chosen(turn, *turn.members[1:]))
    assert refused.status_code == 422
    assert "1 av dem du valde har nyss blivit tillfrågad" in refused.content.decode()
    assert ticked(refused.content.decode()) == [turn.members[2].pk]
    assert Invitation.objects.count() == 2


def test_what_is_looked_for_leaves_out_only_those_for_whom_it_does_not_fit(client):
    turn = make_turn(1)
    turn.members.append(make_member(turn.group, coordinator=turn.coordinator, languages={"language": ["sv"]}))
    as_coordinator(client, turn.coordinator)
    page = url("fits", turn.assignment.pk)
    assert "2 medlemmar kan tillfrågas" in client.get(page + "?look=1&language=fi").content.decode()
    left = client.get(page + "?look=1&language=fi&only=language").content.decode()
    assert "1 medlem kan tillfrågas" in left
    assert "språk, på plats eller hemifrån (har inte berättat)" in left
    for odd in ("?look=1&language=xx&only=zz&page=99&group=abc", "?group=99999999999999999999", "?look"):
        assert client.get(page + odd).status_code == 200
    client.post(page + "?look=1&language=fi&only=language", chosen(turn, turn.members[0], alone="on"))
    assert Wave.objects.get().sought == {"language": ["fi"], "only": ["language"]}
    # What was looked for the last time is looked for again.
    assert "0 medlemmar" in client.get(page).content.decode()


def test_the_page_of_one_member_says_why(client):
    turn = make_turn(2)
    as_coordinator(client, turn.coordinator)
    page = url("why", turn.assignment.pk, turn.members[0].pk)
    assert "Finns bland dem som kan tillfrågas." in client.get(page).content.decode()
    ask(turn)
    text = client.get(page).content.decode()
    assert "Till varje uppdrag frågar vi en gång." in text
    assert "Är introducerad och kan tillfrågas." in text
    looks = AuditEntry.objects.filter(action="people.looked", object_id=str(turn.members[0].person_id))
    assert looks.count() == 2


def test_a_protected_member_has_the_neutral_name_on_every_page(client):
    turn = make_turn(2)
    member = turn.members[0]
    secret = member.person.name
    protect(
        member.person,
        coordinators=[Person.objects.get(pk=turn.coordinator.person_id)],
        place="",
        by=SYSTEM,
        now=timezone.now(),
    )
    as_coordinator(client, turn.coordinator)
    pages = [url("fits", turn.assignment.pk), url("why", turn.assignment.pk, member.pk)]
    shown = "".join(client.get(page).content.decode() for page in pages)
    assert client.post(pages[0], chosen(turn)).status_code == 302
    shown += client.get(url("waves", turn.assignment.pk)).content.decode()
    assert secret
    assert secret not in shown
    assert shown.count(f'name="members" value="{member.pk}"') == 1


def test_nobody_is_asked_where_there_is_no_group_or_nothing_to_apply_to(client):
    turn = make_turn(2)
    closed = make_assignment(turn.unit, turn.coordinator, closes_on=timezone.localdate() - timedelta(days=5))
    as_coordinator(client, turn.coordinator)
    page = url("fits", closed.pk)
    assert "Just nu går det inte att fråga någon" in client.get(page).content.decode()
    assert client.post(page, chosen(turn)).status_code == 200
    assert Wave.objects.count() == 0


def test_host_and_other_coordinators_see_nothing_of_it(client):
    turn = make_turn(2)
    wave = ask(turn)
    host = make_grant(None, Role.HOST, turn.unit)
    stranger = make_grant(None, Role.COORDINATOR)
    member = turn.members[0]
    for grant in (host, stranger):
        log_in(client, grant.person, grant)
        for page in (
            url("fits", turn.assignment.pk),
            url("waves", turn.assignment.pk),
            url("why", turn.assignment.pk, member.pk),
        ):
            assert client.get(page).status_code == 404
        for page in (url("stop_next", wave.pk), url("take_back", invitation_of(member).pk)):
            assert client.post(page).status_code == 404
        assert client.get(url("invitation", invitation_of(member).pk)).status_code == 404


# --- the one who is asked ---------------------------------------------------------------------------


def test_yes_by_the_link_without_logging_in_then_the_application_when_logged_in(client, now):
    turn = make_turn(2)
    ask(turn, now=now)
    invitation = invitation_of(turn.members[0])
    page = url("by_link", token_of(invitation))
    text = client.get(page).content.decode()
    assert "Du behöver inte säga varför." in text
    assert "Vi skriver texten tillsammans." in text  # how much one can influence
    assert "533" in text  # what is paid
    assert invitation_of(turn.members[0]).answer == ""
    assert client.post(page, {"answer": "yes"})["Location"] == page
    assert "Gå vidare till anmälan" in client.get(page).content.decode()
    client.post(page, {"answer": "no"})
    assert invitation_of(turn.members[0]).answer == "no"
    log_in(client, turn.members[0].person)
    own = url("invitation", invitation.pk)
    assert client.get(own).status_code == 200
    apply = reverse("assignments:apply", args=[turn.assignment.pk])
    assert client.post(own, {"answer": "yes"})["Location"] == apply
    assert client.get(apply).status_code == 200
    assert Application.objects.count() == 0


def test_a_link_that_is_not_ours_opens_nothing_and_a_strange_answer_changes_nothing(client, now):
    turn = make_turn(2)
    ask(turn, now=now)
    invitation = invitation_of(turn.members[0])
    assert client.get(url("by_link", "inte-vår")).status_code == 404
    page = url("by_link", token_of(invitation))
    assert client.post(page, {"answer": "lapsed"}).status_code == 200
    assert invitation_of(turn.members[0]).answer == ""
    log_in(client, turn.members[1].person)
    assert client.get(url("invitation", invitation.pk)).status_code == 404


def test_after_the_day_one_is_told_that_one_can_still_apply(client):
    turn = make_turn(2)
    ask(turn)  # twenty days ago, to be answered in a week
    page = url("by_link", token_of(invitation_of(turn.members[0])))
    for answer in (client.get(page), client.post(page, {"answer": "yes"})):
        assert "Dagen att svara har gått" in answer.content.decode()
        assert "Du kan ändå anmäla intresse" in answer.content.decode()
    assert invitation_of(turn.members[0]).answer == ""


def test_it_stands_on_ones_own_pages_until_it_is_answered(client, now):
    turn = make_turn(2)
    ask(turn, now=now)
    person = turn.members[0].person
    log_in(client, person)
    own = url("invitation", invitation_of(turn.members[0]).pk)
    mine = client.get(reverse("pages:my_page")).content.decode()
    assert mine.count(f'href="{own}"') >= 2  # the next step, and the row
    assert [row.path for row in asked_of(person.pk)] == [own]
    assert own in client.get(reverse("pool:mine", args=[turn.group.node_id])).content.decode()
    client.post(own, {"answer": "no"})
    assert own not in client.get(reverse("pages:my_page")).content.decode()
    assert "Du sa nej." in asked_of(person.pk)[0].what


@pytest.mark.parametrize("number", [3, 60])
def test_the_pages_cost_the_same_however_many(client, number, django_assert_num_queries, now):
    turn = make_turn(3)
    for _each in range(number - 3):
        clone(turn)
    as_coordinator(client, turn.coordinator)
    client.get(url("fits", turn.assignment.pk))
    with django_assert_num_queries(18):
        client.get(url("fits", turn.assignment.pk))
    ask(turn, now=now)
    with django_assert_num_queries(14):
        client.get(url("waves", turn.assignment.pk))


def clone(turn: Turn) -> None:
    """One more like the first, straight into the tables."""
    first = turn.members[0]
    member = Member.objects.get(pk=first.pk)
    member.pk, member.uid, member.person = None, uuid4(), make_person()
    member.called = ""
    member.save(force_insert=True)
    for point in first.introduced.all():
        point.pk, point.member = None, member
        point.save(force_insert=True)
    turn.members.append(member)
