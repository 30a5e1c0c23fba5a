"""The desk, the unit's overview and my page: what they say, in which order, and that every link can be followed."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from samskapa.cocreate.assignments.models import Agreement, Assignment
from samskapa.cocreate.assignments.queries.need import needs_to_list
from samskapa.cocreate.assignments.services.asking import ask_question
from samskapa.cocreate.assignments.services.closing import close_if_due
from samskapa.cocreate.assignments.services.need import assign_unit
from samskapa.edge.pages.queries import Row, desk_rows, in_turn, rows_of_page
from samskapa.ground.core.domain import Actor
from samskapa.ground.language.templatetags.reader import day
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from tests.factories.applications import make_application
from tests.factories.assignments import (
    make_agreeing,
    make_coordinator,
    make_host,
    make_need,
    make_open,
    make_ready_need,
)
from tests.factories.organisations import actor_for, log_in, make_node, make_region_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """The pages ask the clock."""
    return timezone.now()


@pytest.fixture
def place(now):
    """A region with something at every stage: being described, raised by a council, open, late, being agreed."""
    tree = make_region_tree()
    host, council = make_host(tree.unit), actor_for(role=Role.COUNCIL, node=tree.region)
    # By the clock on the wall: whole days, also where summer time ended between.
    coordinator, long_ago = make_coordinator(tree.region), timezone.localtime(now) - timedelta(days=40)
    make_need(by=host, now=now, title="Nyss påbörjat")
    raised = make_need(by=council, area=tree.region, now=now, title="Väckt av rådet")
    opened = make_open(by=host, coordinator=coordinator, now=now, title={"title": "Kallelsen till operation"})
    make_application(opened, now=now)
    late = make_open(by=host, coordinator=coordinator, now=long_ago, title={"title": "För sent"})
    make_application(late, now=long_ago)
    close_if_due(late.pk, now=now)
    make_agreeing(by=host, coordinator=coordinator, now=long_ago, title={"title": "Bekräftas"})
    tree.__dict__.update(host=host, council=council, coordinator=coordinator, raised=raised)
    return tree


def row_of(actor: Actor, today: date, **wanted) -> Row:
    """What stands on the actor's desk of one assignment."""
    [row] = desk_rows(actor, today, needs_to_list(actor).filter(**wanted))
    return row


def enter(client, actor: Actor) -> None:
    grant = RoleGrant.objects.filter(person_id=actor.person_id, role=actor.role, ended_at=None).first()
    log_in(client, Person.objects.get(pk=actor.person_id), grant)


def links(client, url: str) -> set[str]:
    main = re.search(r"<main.*</main>", client.get(url).content.decode(), re.S).group()
    return {href for href in re.findall(r'href="(/[^"]*)"', main) if href.startswith("/uppdrag/")}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.HOST, Role.LEADERSHIP, Role.COUNCIL])
def test_no_desk_leads_to_a_closed_door(client, place, role):
    node = place.unit if role is Role.HOST else place.region
    enter(client, actor_for(role=role, node=node))
    page = reverse("pages:desk" if role is Role.COORDINATOR else "pages:host")
    found = links(client, page)
    assert len(found) >= 2
    assert {url: client.get(url).status_code for url in found} == dict.fromkeys(found, 200)


@pytest.mark.parametrize("role", [Role.HOST, Role.COORDINATOR, Role.LEADERSHIP])
def test_no_page_of_a_need_leads_to_a_closed_door(client, place, role):
    node = place.unit if role is Role.HOST else place.region
    enter(client, actor_for(role=role, node=node))
    pages = {
        reverse("assignments:need", args=[pk])
        for pk in Assignment.objects.exclude(unit=None).values_list("pk", flat=True)
    }
    found = {url for page in pages for url in links(client, page)}
    closed = {url for url in found if client.get(url).status_code != 200}
    assert len(found) > len(pages)
    assert closed == set()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LEADERSHIP, Role.NATIONAL, Role.OPERATOR])
def test_nobody_is_offered_to_describe_a_need_in_a_capacity_that_cannot(client, place, role):
    enter(client, actor_for(role=role, node=place.nation if role in {Role.NATIONAL, Role.OPERATOR} else place.region))
    begin = reverse("assignments:need_new")
    for page in (reverse("pages:start"), reverse("pages:my_page")):
        assert (begin in links(client, page)) is (client.get(begin).status_code == 200), page


def test_who_raised_a_need_is_led_to_what_they_may_read_after_it_is_published(client, place, now):
    person = actor_for()
    need = make_ready_need(by=actor_for(role=Role.HOST, node=place.unit), now=now)
    Assignment.objects.filter(pk=need.pk).update(raised_by=person.person_id, state="open", published_at=now,
                                                 closes_on=now.date(), answer_by=now.date())  # fmt: skip
    enter(client, person)
    url = reverse("assignments:assignment", args=[need.pk])
    assert url in links(client, reverse("pages:my_page"))
    assert client.get(url).status_code == 200


def test_an_organisation_finds_its_nominations_in_the_menu(client, place):
    organisation = make_node(Kind.PATIENT_ORGANISATION)
    enter(client, actor_for(role=Role.ORGANISATION, node=organisation))
    nominations = reverse("assignments:nominations")
    assert nominations in client.get("/").content.decode()
    assert client.get(nominations).status_code == 200
    enter(client, place.host)
    assert nominations not in client.get("/").content.decode()


def test_the_late_answer_comes_first_and_readiness_is_said_to_host_and_coordinator(client, place):
    for actor, page in ((place.coordinator, "pages:desk"), (place.host, "pages:host")):
        enter(client, actor)
        text = client.get(reverse(page)).content.decode()
        rows = text[text.index("<h1>") :]
        assert rows.index("För sent") < rows.index("Kallelsen till operation") < rows.index("Nyss påbörjat")
        assert "1 av 9 viktiga frågor" in text or "1 of 9 important questions" in text


def test_the_coordinator_is_asked_to_find_the_unit_of_a_need_that_has_none(place, now):
    row = row_of(place.coordinator, now.date(), pk=place.raised.pk)
    raised = row.assignment
    assert (row.todo, row.url) != ("", "")
    assert row.url == reverse("assignments:need_unit", args=[raised.pk])
    assign_unit(raised, place.unit, by=place.coordinator, now=now)
    # Found: now those who have the need write, and nothing waits for her.
    assert row_of(place.coordinator, now.date(), pk=raised.pk).todo == ""


def test_an_unanswered_question_is_said_with_its_day_and_led_to(place, now):
    with translation.override("sv"):
        row = row_of(place.host, now.date(), title="Kallelsen till operation")
        opened = row.assignment
        last = f"Öppet till och med {day(opened.closes_on)}. 1 person har anmält intresse."
        assert (row.state, row.todo, row.by) == (last, "", None)
        asked = now - timedelta(days=2)
        ask_question(opened, text="Får man ta med någon?", by=actor_for(), now=asked)
        row = row_of(place.host, now.date(), pk=opened.pk)
        assert row.state == f"1 fråga väntar på svar sedan {day(asked)}. {last}"
        assert (row.todo, row.url) == ("Svara på frågan", f"/uppdrag/{opened.pk}/#questions")


def test_what_waits_to_be_confirmed_is_said_with_its_day(place, now):
    with translation.override("sv"):
        row = row_of(place.host, now.date(), state="agreeing")
        since, said = day(Agreement.objects.get(root=row.assignment).host_owes_since), row.state
        assert said == f"Väntar på er sedan {since}. 0 av 1 överenskommelse är klar."
        assert row_of(place.coordinator, now.date(), state="agreeing").state == "0 av 1 överenskommelse är klar."


def test_the_coordinator_is_not_told_to_confirm_what_only_the_unit_confirms(place, now):
    for actor, waits in ((place.coordinator, False), (place.host, True)):
        row = row_of(actor, now.date(), state="agreeing")
        assert bool(row.todo) is waits


def test_the_desk_costs_the_same_number_of_questions_whatever_it_holds(client, now):
    unit = make_node(Kind.UNIT)
    host = make_host(unit)
    need = make_ready_need(by=host, now=now)
    enter(client, host)

    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse("pages:host")).status_code == 200
        return len(asked)

    questions()
    one = questions()
    for number in (3, 20):
        while Assignment.objects.count() < number:
            make_need(by=host, now=now, title=f"Behov {number}")
        assert questions() == one, number
    assert need.pk


def test_a_page_of_rows_says_what_the_whole_desk_says_of_them(place, now):
    """Of a page only what its stages say is asked for; also where somebody has just moved a row on."""
    whole = desk_rows(place.coordinator, now.date(), needs_to_list(place.coordinator))
    stages = {row.assignment.pk: row.assignment.state for row in whole}
    assert list(stages.values()) == ["choosing", "open", "agreeing", "need", "need"]
    for chosen in (stages, dict.fromkeys(stages, "need"), *({pk: stage} for pk, stage in stages.items())):
        said = rows_of_page(place.coordinator, now.date(), chosen)
        assert said == [row for row in whole if row.assignment.pk in chosen]
    assert rows_of_page(place.coordinator, now.date(), dict(reversed(stages.items()))) == whole[::-1]


def test_the_stages_stand_in_their_order_whatever_the_letters(place):
    raised = Assignment.objects.filter(pk=place.raised.pk)
    order = ["choosing", "sent", "open", "agreeing", "need", "agreed", "done", "cancelled"]
    found = [raised.annotate(turn=in_turn(Value(stage))).get().turn for stage in order]
    assert found == sorted(set(found))
    assert 0 not in found
