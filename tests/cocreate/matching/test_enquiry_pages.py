"""The pages of asking others: choosing, writing, answering; and that nobody gets to know what is another group's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.domain.applying import Given
from samskapa.cocreate.assignments.models import Assignment, StandingTerms
from samskapa.cocreate.assignments.services.applying import apply
from samskapa.cocreate.matching.domain import Reply, Said
from samskapa.cocreate.matching.models import Enquiry, Wave
from samskapa.cocreate.matching.services.answering import answer_invitation
from samskapa.cocreate.matching.services.asking import open_wave
from samskapa.cocreate.matching.services.enquiring import answer_enquiry
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Node, RoleGrant
from samskapa.ground.people.models import Person
from samskapa.ground.protection.services import protect
from tests.factories.enquiries import Two, enquire, make_two, put_forward
from tests.factories.matching import ask, invitation_of
from tests.factories.organisations import log_in, make_grant, make_node
from tests.factories.pool import answer, make_group, make_member

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def url(name: str, *args) -> str:
    return reverse(f"matching:{name}", args=args)


def logged_in(actor: Actor) -> Client:
    client, grant = Client(), RoleGrant.objects.get(person_id=actor.person_id)
    log_in(client, grant.person, grant)
    return client


def text_of(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, (path, page.status_code)
    return page.content.decode()


def with_yes(members: int = 2, here: int = 2, *, asks: bool = True) -> Two:
    """The other group has said yes, and asked its members; ours are asked too."""
    two, now = make_two(members, here), timezone.now()
    for place, member in enumerate(two.members):
        answer(member, "name", called=f"Björk{place}")
    for place, member in enumerate(two.here.members):
        answer(member, "name", called=f"Ek{place}")
    enquiry = enquire(two, two.group.node, now=now)[0]
    answer_enquiry(enquiry, Said.YES, by=two.coordinator, now=now)
    if asks:
        ids, day = [member.pk for member in two.members], timezone.localdate() + 6 * DAY
        wave = {"answer_by": day, "wanted": 2, "next_by_itself": True, "sought": {}}
        open_wave(two.assignment, two.group, ids, **wave, by=two.coordinator, now=now)
        ask(two.here, now=now)
    return two


def test_from_choosing_to_writing_to_the_waves_page():
    two = make_two()
    maja = logged_in(two.here.coordinator)
    assert url("whom", two.assignment.pk) in text_of(maja, url("waves", two.assignment.pk))
    page = text_of(maja, url("whom", two.assignment.pk))
    assert page.index("Banken, Region Björkvik") < page.index("Hjärtföreningen i Ekliden")
    chosen = f"?place={two.group.node_id}&place={two.section.pk}"
    found = text_of(maja, url("whom", two.assignment.pk) + chosen + "&q=hjärtat")
    assert found.count(" checked") == 2  # what is ticked comes along
    form = text_of(maja, url("enquire", two.assignment.pk) + chosen)
    assert ("Banken, Region Björkvik" in form, "Fråga 2" in form) == (True, True)
    said = {"place": [two.group.node_id, two.section.pk], "wanted": "1", "message": "Hej!"}
    path = url("enquire", two.assignment.pk)
    late = maja.post(path, said | {"answer_by": "2199-01-01"})
    assert (late.status_code, Enquiry.objects.count(), "Hej!" in late.content.decode()) == (422, 0, True)
    day = (timezone.localdate() + 5 * DAY).isoformat()
    for _twice in range(2):
        sent = maja.post(path, said | {"answer_by": day})
        assert sent["Location"] == url("waves", two.assignment.pk)
    assert Enquiry.objects.count() == 2
    page = text_of(maja, sent["Location"])
    assert page.count("Har inte svarat än.") == 2
    assert "Är tillfrågad." in text_of(maja, url("whom", two.assignment.pk))
    maja.post(url("take_back_enquiry", Enquiry.objects.get(group=None).pk))
    assert "Frågan är tillbakatagen." in text_of(maja, sent["Location"])


def test_organisations_with_a_section_in_the_region_come_first_and_who_cannot_answer_shows_how_to_reach_them():
    two = make_two()
    quiet = {"email": "kansli@astma.example", "phone": "08-12 34 56"}
    near = make_node(Kind.PATIENT_ORGANISATION, "Övriga föreningen")
    make_node(Kind.SECTION, "Övriga i Ekliden", near, county_code="91")
    make_node(Kind.PATIENT_ORGANISATION, "Astmaföreningen", **quiet)
    make_grant(None, Role.ORGANISATION, make_node(Kind.PATIENT_ORGANISATION, "Ömma fötter"))
    page = text_of(logged_in(two.here.coordinator), url("whom", two.assignment.pk))
    order = ["Organisationer med en förening i regionen", "Övriga i Ekliden", "Andra patientorganisationer"]
    order += ["Ömma fötter", "Astmaföreningen"]  # where somebody can answer before where nobody can
    assert [page.index(each) for each in order] == sorted(page.index(each) for each in order)
    astma = Node.objects.get(name="Astmaföreningen")
    assert f'value="{astma.pk}"' not in page
    assert ("Ingen där kan svara här än." in page, quiet["email"] in page, quiet["phone"] in page) == (True,) * 3


def test_nobody_who_cannot_answer_is_asked_though_the_address_says_so():
    two = make_two()
    silent = make_node(Kind.PATIENT_ORGANISATION, "Tysta föreningen")
    maja, path = logged_in(two.here.coordinator), url("enquire", two.assignment.pk)
    page = text_of(maja, f"{path}?place={silent.pk}&place={two.section.pk}")
    assert ("De här får inte frågan" in page, f'value="{silent.pk}"' in page) == (True, False)
    day = (timezone.localdate() + 5 * DAY).isoformat()
    refused = maja.post(path, {"place": [silent.pk, two.section.pk], "wanted": "1", "answer_by": day})
    assert (refused.status_code, Enquiry.objects.count()) == (422, 0)
    assert maja.get(path)["Location"] == url("whom", two.assignment.pk)


def test_where_organisations_nominate_only_they_are_offered():
    two = make_two()
    Assignment.objects.filter(pk=two.assignment.pk).update(is_standing=True)
    StandingTerms.objects.create(assignment=two.assignment, by_nomination=True)
    maja = logged_in(two.here.coordinator)
    page = text_of(maja, url("whom", two.assignment.pk))
    assert ("Banken" in page, "Hjärtföreningen i Ekliden" in page) == (False, True)
    assert url("whom", two.assignment.pk) in text_of(maja, url("fits", two.assignment.pk))  # from what is closed


def test_the_other_group_says_yes_and_asks_its_own_members_alone():
    two = make_two(2, here=2)
    enquiry = enquire(two, two.group.node, now=timezone.now())[0]
    other = logged_in(two.coordinator)
    fits = f"{url('fits', two.assignment.pk)}?group={two.group.pk}"
    assert other.get(fits).status_code == 404  # not before the yes
    assert url("enquiry", enquiry.pk) in text_of(other, reverse("pages:desk"))
    assert url("enquiry", enquiry.pk) in text_of(other, reverse("pool:waiting", args=[two.group.node_id]))
    page = text_of(other, url("enquiry", enquiry.pk))
    assert ("Vi hoppas på er." in page, two.here.region.name in page) == (True, True)
    assert other.post(url("answer_enquiry", enquiry.pk), {"answer": "yes"})["Location"] == fits
    text = text_of(other, fits)
    assert "2 medlemmar kan tillfrågas" in text
    day = (timezone.localdate() + 5 * DAY).isoformat()
    asked = other.post(fits, {"members": [member.pk for member in two.members], "answer_by": day, "wanted": "2"})
    assert asked["Location"] == f"{url('waves', two.assignment.pk)}?group={two.group.pk}"
    wave = Wave.objects.get()
    assert (wave.group, wave.size) == (two.group, 2)
    page = text_of(other, asked["Location"])
    assert (page.count("Har inte svarat än."), "Andra som frågar" in page) == (2, False)
    back = other.post(url("take_back", invitation_of(two.members[0]).pk))
    assert back["Location"] == asked["Location"]


def test_who_asked_sees_numbers_and_never_who_and_can_touch_nothing_of_it():
    two = with_yes()
    answer_invitation(
        invitation_of(two.members[0]), Reply.NO, by=Actor(person_id=two.members[0].person_id), now=timezone.now()
    )
    maja = logged_in(two.here.coordinator)
    page = text_of(maja, url("waves", two.assignment.pk))
    assert ("Björk" in page.replace("Björkvik", ""), "Ek0" in page) == (False, True)
    assert "Tillfrågade medlemmar: 2. Ja: 0. Har inte svarat än: 1." in page
    theirs = Wave.objects.get(group=two.group)
    for path in (url("stop_next", theirs.pk), url("take_back", invitation_of(two.members[1]).pk)):
        assert maja.post(path).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.next_by_itself, invitation_of(two.members[1]).answer) == (True, "")
    assert maja.get(url("why", two.assignment.pk, two.members[0].pk)).status_code == 404


def test_the_other_group_sees_neither_applicants_nor_others_waves():
    two = with_yes()
    other, person = logged_in(two.coordinator), two.members[0].person
    answer_invitation(invitation_of(two.members[0]), Reply.YES, by=Actor(person_id=person.pk), now=timezone.now())
    apply(two.assignment, given=Given("Min erfarenhet"), by=Actor(person_id=person.pk), now=timezone.now())
    ours = Wave.objects.get(group=two.here.group)
    page = text_of(other, url("waves", two.assignment.pk))
    assert ("Ek0" in page, "har anmält sig" in page, "Omgång 1" in page, "Omgång 2" in page) == (
        False, False, True, False,
    )  # fmt: skip
    assert "Har sagt ja." in page
    for path in (
        reverse("assignments:applicants", args=[two.assignment.pk]),
        url("why", two.assignment.pk, two.here.members[0].pk),
        url("whom", two.assignment.pk),
        url("enquire", two.assignment.pk),
    ):
        assert other.get(path).status_code == 404, path
    for path in (url("stop_next", ours.pk), url("take_back", invitation_of(two.here.members[0]).pk)):
        assert other.post(path).status_code == 404, path
    assert other.post(url("take_back_enquiry", Enquiry.objects.get().pk)).status_code == 404
    for path in (url("fits", two.assignment.pk), url("waves", two.assignment.pk)):
        assert reverse("assignments:applicants", args=[two.assignment.pk]) not in text_of(other, path)


def test_of_one_in_both_groups_neither_gets_to_know_the_other():
    two = make_two(1, here=1)
    now = timezone.now()
    ours = make_member(two.here.group, two.members[0].person, coordinator=two.here.coordinator)
    theirs = make_member(two.group, two.here.members[0].person, coordinator=two.coordinator)
    answer_enquiry(enquire(two, two.group.node, now=now)[0], Said.YES, by=two.coordinator, now=now)
    ask(two.here, [ours], alone=True, now=now)
    apply(two.assignment, given=Given("Min"), by=Actor(person_id=theirs.person_id), now=now)
    other = logged_in(two.coordinator)
    for member in (two.members[0], theirs):  # asked by us; has applied
        page = text_of(other, url("why", two.assignment.pk, member.pk))
        assert "Varför visas inte här." in page
        assert not any(
            word in page for word in ("En gång till varje uppdrag", "Har anmält sig eller", "Blev tillfrågad")
        )
    maja = logged_in(two.here.coordinator)
    assert "Varför visas inte här." not in text_of(maja, url("why", two.assignment.pk, ours.pk))
    Wave.objects.update(group=two.group)  # as if they had asked
    assert "Varför visas inte här." in text_of(maja, url("why", two.assignment.pk, ours.pk))


def test_a_third_group_and_another_organisation_see_nothing():
    two = make_two(1)
    group, section = enquire(two, now=timezone.now())
    _third, third = make_group()
    stranger = make_grant(None, Role.ORGANISATION, make_node(Kind.PATIENT_ORGANISATION))
    answer_enquiry(group, Said.YES, by=two.coordinator, now=timezone.now())
    strangers = [logged_in(third), logged_in(Actor(person_id=stranger.person_id))]
    for client in (*strangers, logged_in(two.speaker)):
        for path in (url("enquiry", group.pk), url("fits", two.assignment.pk), url("waves", two.assignment.pk)):
            assert client.get(path).status_code == 404, path
        assert client.post(url("answer_enquiry", group.pk), {"answer": "no"}).status_code == 404
    for client in (*strangers, logged_in(two.coordinator), logged_in(two.here.coordinator)):
        assert client.get(url("enquiry", section.pk)).status_code == 404


def test_a_closed_group_and_a_coordinator_who_is_gone_come_no_further():
    two = with_yes(asks=False)
    other, path = logged_in(two.coordinator), url("fits", two.assignment.pk)
    assert other.get(path).status_code == 200
    Node.objects.filter(pk=two.group.node_id).update(closed_at=timezone.now())
    assert other.get(path).status_code == 404
    Node.objects.filter(pk=two.group.node_id).update(closed_at=None)
    RoleGrant.objects.filter(person=two.coordinator.person_id).update(ended_at=timezone.now())
    assert other.get(path).status_code in (302, 403, 404)


def test_an_organisation_reads_answers_and_nominates():
    two = make_two()
    enquiry = enquire(two, two.section, now=timezone.now())[0]
    speaker, mine = logged_in(two.speaker), reverse("assignments:nominations")
    page = text_of(speaker, mine)
    assert ("Ni är tillfrågade" in page, url("answer_enquiry", enquiry.pk) in page) == (True, True)
    assert "Vi hoppas på er." in text_of(speaker, url("enquiry", enquiry.pk))
    speaker.post(url("answer_enquiry", enquiry.pk), {"answer": "yes"})  # not by a button
    assert Enquiry.objects.get().answer == ""
    put_forward(two, now=timezone.now())
    page = text_of(speaker, mine)
    assert ("Ni är tillfrågade" in page, "Sigge Ström" in page) == (False, True)  # before the job has run
    speaker.post(url("answer_enquiry", enquiry.pk), {"answer": "no"})
    assert Enquiry.objects.get().answer == "no"


def test_a_protected_sender_is_not_named():
    two = make_two()
    enquiry = enquire(two, two.section, now=timezone.now())[0]
    sender = Person.objects.get(pk=two.here.coordinator.person_id)
    name = sender.name
    page = text_of(logged_in(two.speaker), url("enquiry", enquiry.pk))
    assert name in page
    named = make_grant(None, Role.COORDINATOR, two.here.region).person
    protect(sender, coordinators=[named], place="", by=SYSTEM, now=timezone.now())
    assert name not in text_of(logged_in(two.speaker), url("enquiry", enquiry.pk))


@pytest.mark.parametrize("number", [2, 40])
def test_the_pages_cost_the_same_however_many(number):
    two = with_yes()
    now, day = timezone.now(), timezone.localdate() + 5 * DAY
    groups = [make_node(Kind.REGION) for _each in range(number // 2)]
    places = [make_node(Kind.PATIENT_ORGANISATION, f"Förening {each}") for each in range(number)]
    for node in groups:
        make_group(node)
    for node in places:
        make_grant(None, Role.ORGANISATION, node)
    said = {"wanted": 1, "answer_by": day, "sent_at": now, "sent_by_id": two.here.coordinator.person_id}
    for node in (*groups, *places[: number // 2]):
        group = getattr(node, "resource_group", None)
        Enquiry.objects.create(assignment=two.assignment, node=node, node_kind=node.kind, group=group, **said)
    maja, other = logged_in(two.here.coordinator), logged_in(two.coordinator)
    chosen = "&".join(f"place={node.pk}" for node in places[number // 2 :])
    pages = {
        "whom": (maja, url("whom", two.assignment.pk)),
        "enquire": (maja, f"{url('enquire', two.assignment.pk)}?{chosen}"),
        "waves": (maja, url("waves", two.assignment.pk)),
        "theirs": (other, url("waves", two.assignment.pk)),
    }
    costs = {}
    for name, (client, path) in pages.items():
        client.get(path)
        with CaptureQueriesContext(connection) as said_to_it:
            client.get(path)
        costs[name] = len(said_to_it)
    assert costs == {"whom": 12, "enquire": 10, "waves": 17, "theirs": 13}
