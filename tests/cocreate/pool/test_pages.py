"""The pages: joining from the first question to the last, one's own page, and the coordinators'."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml.html import document_fromstring

from samskapa.cocreate.pool import access
from samskapa.cocreate.pool.domain import ASKED_EACH, QUESTIONS, Status
from samskapa.cocreate.pool.models import Member
from samskapa.cocreate.pool.services import running, yearly
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from tests.factories.organisations import NOW, log_in
from tests.factories.people import make_person
from tests.factories.pool import make_group, make_member
from tests.ground.documents.reading import text_of

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"pool:{name}", args=args)


def as_coordinator(client, coordinator: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


def test_joining_from_the_groups_page_to_ones_own(client):
    group, _coordinator = make_group()
    place, person = group.node_id, make_person()
    assert "Ni får fråga mig. Jag kan säga nej varje gång" in client.get(url("group", place)).content.decode()
    log_in(client, person)
    step = client.post(url("join", place))
    given = {
        "name": {"called": "Kim"},
        "reach": {"reach_by": "email"},
        "age": {"age": "65-79"},
        "as": {"as": ["patient", "relative"]},
        "diagnosis": {"diagnosis": "Gikt", "agrees": "on"},
    }
    for question in QUESTIONS:
        assert step["Location"] == url("question", place, question.key)
        assert client.get(step["Location"]).status_code == 200
        step = client.post(step["Location"], {"version": "0", "onwards": "1"} | given.get(question.key, {}))
        assert step.status_code == 302, question.key
    assert step["Location"] == url("check", place)
    assert client.post(step["Location"])["Location"] == url("mine", place)
    shown = client.get(url("mine", place)).content.decode()
    assert all(text in shown for text in ("Kim", "65 till 79 år", "Närstående", "Gikt"))
    member = Member.objects.get()
    assert (member.person, member.status) == (person, Status.INTERESTED)
    assert member.diagnosis_consent.words.startswith("Ja, gruppens samordnare får spara diagnosen")


@pytest.mark.parametrize(
    ("key", "typed", "told"),
    [
        ("name", {"called": "19121212-1212"}, "Ta bort personnumret"),
        ("reach", {"reach_by": "phone", "reach_at": ""}, "Skriv telefonnumret."),
        ("age", {"age": ""}, "I den här gruppen är man minst 18 år."),
        ("as", {}, "Välj minst en."),
        ("diagnosis", {"diagnosis": "Zebrafink"}, "Säg ja här om vi får spara det"),
        ("organisation", {"speaks_for": "mandate"}, "Välj vilken organisation du talar för"),
    ],
)
def test_what_is_wrong_is_told_where_it_was_typed_and_nothing_typed_is_lost(client, key, typed, told):
    member = make_member(status=Status.BEGUN)
    log_in(client, member.person)
    again = client.post(url("question", member.group.node_id, key), {"version": "1"} | typed)
    text = again.content.decode()
    assert (again.status_code, told in text) == (422, True)
    assert all(value in text for value in typed.values())


def test_it_cannot_be_sent_before_what_must_be_answered(client):
    group, _coordinator = make_group()
    log_in(client, make_person())
    client.post(url("join", group.node_id))
    refused = client.post(url("check", group.node_id))
    assert refused.status_code == 422
    assert url("question", group.node_id, "age") in refused.content.decode()


def test_two_windows_see_both_answers(client):
    member = make_member()
    log_in(client, member.person)
    page = url("question", member.group.node_id, "training")
    client.post(page, {"version": "0", "training": "Kurs i Lund"})
    both = client.post(page, {"version": "0", "training": "Råd 2024"})
    text = both.content.decode()
    assert (both.status_code, "Kurs i Lund" in text, "Råd 2024" in text) == (409, True, True)
    assert client.post(page, {"version": "1", "training": "Kurs i Lund, råd 2024"}).status_code == 302
    assert Member.objects.get().training == "Kurs i Lund, råd 2024"


def test_rest_and_back_with_one_click_and_leave_with_two(client):
    member = make_member()
    place = member.group.node_id
    log_in(client, member.person)
    for name, status in (("rest", Status.RESTING), ("back", Status.ACTIVE)):
        client.post(url(name, place))
        assert Member.objects.get().status == status
    assert client.get(url("leave", place)).status_code == 200
    assert Member.objects.get().status == Status.ACTIVE
    client.post(url("leave", place))
    assert Member.objects.get().status == Status.LEFT
    assert client.get(url("mine", place)).status_code == 404


def test_the_member_reads_every_note_and_the_coordinators_reading_is_seen(client):
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator)
    as_coordinator(client, coordinator)
    note = {"kind": "note", "on_day": NOW.date().isoformat(), "text": "Ringde om hösten.", "next_check_in": ""}
    assert client.post(url("note", member.pk), note).status_code == 302
    page = client.get(url("member", member.pk)).content.decode()
    assert "Ringde om hösten." in page
    looks = AuditEntry.objects.filter(action="people.looked", object_id=str(member.person_id))
    assert looks.filter(details__what=f"pool.member:{member.pk}").exists()
    log_in(client, member.person)
    assert "Ringde om hösten." in client.get(url("mine", group.node_id)).content.decode()


def test_coordinators_of_another_region_and_drafts_are_not_there(client):
    group, coordinator = make_group()
    draft, other = make_member(group, status=Status.BEGUN), make_member()
    as_coordinator(client, coordinator)
    assert client.get(url("member", draft.pk)).status_code == 404
    assert client.get(url("member", other.pk)).status_code == 404
    assert client.get(url("members", other.group.node_id)).status_code == 404


def test_the_list_and_both_pages_cost_the_same_whatever_is_held(client):
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator)
    counts = []
    running.write_note(
        member, kind="note", on_day=NOW.date(), text="Första", next_check_in=None, by=coordinator, now=NOW
    )
    for _round in range(2):
        as_coordinator(client, coordinator)
        client.get(url("members", group.node_id))
        with CaptureQueriesContext(connection) as queries:
            client.get(url("members", group.node_id))
            client.get(url("member", member.pk))
        own = Actor(person_id=coordinator.person_id, role=Role.COORDINATOR)
        counts.append(len(queries))
        for number in range(3):
            make_member(group, coordinator=coordinator)
            running.write_note(
                member, kind="note", on_day=NOW.date(), text=f"Ord {number}", next_check_in=None, by=own, now=NOW
            )
    assert counts[0] == counts[1], counts


def test_the_yearly_question_is_answered_by_the_link_and_opening_it_changes_nothing(client):
    member = make_member()
    Member.objects.filter(pk=member.pk).update(heard_at=NOW - ASKED_EACH)
    asked = yearly.ask(member, by=Actor(), now=NOW)
    page = url("still", access.still_token(asked))
    assert "Vill du fortfarande bli tillfrågad?" in client.get(page).content.decode()
    asked.refresh_from_db()
    assert asked.answer == ""
    assert "Nu vilar du" in client.post(page, {"answer": "rest"}).content.decode()
    assert Member.objects.get().status == Status.RESTING
    assert client.get(page + "x").status_code == 404


def test_the_paper_asks_the_same(client):
    group, _coordinator = make_group(lowest_age=16)
    answered = client.get(url("paper", group.node_id))
    assert (answered.status_code, answered["Content-Type"]) == (200, "application/pdf")
    paper = flowing(text_of(answered.content))
    log_in(client, make_person())
    client.post(url("join", group.node_id))
    for number, question in enumerate(QUESTIONS, start=1):
        asked = document_fromstring(client.get(url("question", group.node_id, question.key)).content)
        (heading,), (because,) = asked.xpath("//h1/text()"), asked.xpath("//p[@class='lead']/text()")
        choices = asked.xpath("//label[.//input[@type='radio' or @type='checkbox']]")
        choices += [
            label for each in asked.xpath("//input[@type='radio' or @type='checkbox'][@id]")
            for label in asked.xpath(f"//label[@for='{each.get('id')}']")
        ]  # fmt: skip
        told = [f"{number}. {heading}", because, *(label.text_content() for label in choices)]
        assert [words for words in map(flowing, told) if words not in paper] == [], question.key


def flowing(text: str) -> str:
    """Without the breaks of lines, and the hyphens that they made, which PDFium reads as this character."""
    return " ".join(text.replace("\x02", "").split())


def test_a_coordinator_fills_in_by_phone(client):
    group, coordinator = make_group()
    as_coordinator(client, coordinator)
    client.post(
        reverse("helping:register"),
        {
            "name": "Bo Berg", "phone": "070-1", "postal_address": "Backen 1", "language": "sv",
            "consent_by": "phone", "consent_on": NOW.date().isoformat(),
        },
    )  # fmt: skip
    person = Person.objects.get(name="Bo Berg")
    client.post(reverse("helping:begin", args=[person.pk]), {"asked_by": "phone", "purpose": "Gå med"})
    client.post(url("join", group.node_id))
    refused = client.post(url("question", group.node_id, "reach"), {"version": "0", "reach_by": "email"})
    assert "Här finns ingen e-postadress" in refused.content.decode()
    client.post(url("question", group.node_id, "reach"), {"version": "0", "reach_by": "phone", "reach_at": "070-1"})
    member = Member.objects.get()
    assert (member.person, member.reach_at) == (person, "070-1")
    assert client.get(url("member", member.pk)).status_code == 403  # not in somebody else's name
