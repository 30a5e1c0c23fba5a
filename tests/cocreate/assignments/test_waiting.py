"""What waits in assignments for who coordinates: the order, each with its day, its next step and its page; and the same
on the page of what waits in a group."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.models import Agreement, Application, Assignment, PublicQuestion, Term
from samskapa.cocreate.assignments.queries.need import needs_to_list
from samskapa.cocreate.assignments.queries.waiting import MOST_IN_GROUP, Kind, assignments_in_group, first_of
from samskapa.cocreate.assignments.services.asking import ask_question
from samskapa.cocreate.assignments.services.closing import close_if_due
from samskapa.cocreate.assignments.services.publishing import send_need
from samskapa.cocreate.matching.queries.desk import short_rows
from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.queries.waiting import Waiting
from samskapa.edge.pages.queries import desk_rows
from samskapa.ground.core.domain import Actor
from samskapa.ground.language.templatetags.reader import day
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from tests.factories.applications import make_application
from tests.factories.assignments import make_agreeing, make_host, make_need, make_open, make_ready_need
from tests.factories.bulk import many_assignments
from tests.factories.organisations import actor_for, log_in, make_region_tree
from tests.factories.pool import make_group, make_member
from tests.factories.standing import STANDING, settle

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def wall(now: datetime, days: int) -> datetime:
    """So many days ago by the clock on the wall, also where summer time ended between."""
    return timezone.localtime(now) - days * DAY


def on(days: int) -> date:
    return timezone.localdate() - days * DAY


@pytest.fixture
def place():
    """A region with a group, in which one of each waits, each since or by a day of its own, and its coordinator."""
    now, tree = timezone.now(), make_region_tree()
    host, council = make_host(tree.unit), actor_for(role=Role.COUNCIL, node=tree.region)
    group, by = make_group(tree.region)

    def opened(days: int, title: str) -> Assignment:
        return make_open(by=host, coordinator=by, now=wall(now, days), title={"title": title})

    make_need(by=host, now=wall(now, 90), title="Verksamheten skriver")
    make_need(by=by, unit=tree.unit, now=wall(now, 2), title="Samordnaren skriver")
    make_need(by=council, area=tree.region, now=wall(now, 9), title="Rådets")
    sent = make_ready_need(by=host, now=wall(now, 30), title={"title": "Skickat"})
    sent = send_need(sent, by=host, now=wall(now, 7))
    asked = opened(10, "Frågat")
    for days in (6, 1):
        ask_question(asked, text="Får man ta med någon?", by=actor_for(), now=wall(now, days))
    choosing = opened(31, "Sent")
    for _number in range(2):
        make_application(choosing, now=wall(now, 31))
    done = opened(36, "Alla har svar")
    for each in (choosing, done):
        close_if_due(each.pk, now=now)
    council_at_work = make_agreeing(
        by=host, coordinator=by, now=wall(now, 60), standing=STANDING, title={"title": "Rådet"}
    )
    settle(Agreement.objects.get(root=council_at_work), now=wall(now, 20))
    Term.objects.update(starts_on=on(400), ends_on=on(-5))
    return SimpleNamespace(
        group=group, by=by, host=host, unit=tree.unit, now=now, sent=sent, asked=asked, term=council_at_work
    )


def of(place, kind: str = "") -> list[str]:
    """The titles that wait, as the page of the group has them."""
    return [row.todo.split(": ")[-1] for row in Waiting(place.group, timezone.localdate(), kind)[0:300]]


def enter(client, actor: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=actor.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


def test_the_oldest_promise_stands_first_with_its_day_its_next_step_and_its_page(place):
    found = Waiting(place.group, timezone.localdate())[0:100]
    assert [(row.who, row.todo, row.day) for row in found] == [
        (
            f"Ett behov som kom {day(on(9))} har ingen verksamhet än.",
            "Hitta verksamheten: Rådets",
            f"sedan {day(on(9))}",
        ),
        ("Alla har fått svar.", "Gå vidare till överenskommelserna: Alla har svar", f"senast {day(on(8))}"),
        (
            f"Medicinkliniken skickade in ett behov {day(on(7))}.",
            "Läs, och publicera eller skicka tillbaka: Skickat",
            f"sedan {day(on(7))}",
        ),
        (
            f"2 frågor väntar på svar, den första sedan {day(on(6))}.",
            "Svara på frågorna: Frågat",
            f"sedan {day(on(6))}",
        ),
        (f"2 personer skulle ha fått svar senast {day(on(3))}.", "Välj och svara: Sent", f"senast {day(on(3))}"),
        (
            f"Ett behov som påbörjades {day(on(2))} är inte publicerat än.",
            "Fortsätt beskriva: Samordnaren skriver",
            f"sedan {day(on(2))}",
        ),
        (
            f"En period tar slut {day(on(-5))}, och ingen har sagt vad som händer sedan.",
            "Förläng eller låt den ta slut: Rådet",
            f"senast {day(on(-5))}",
        ),
    ]
    pages = ["need_unit", "choose", "need", "assignment", "choose", "need", "agreements"]
    titles = [row.todo.split(": ")[-1] for row in found]
    pks = [Assignment.objects.get(title=title).pk for title in titles]
    urls = [reverse(f"assignments:{page}", args=[pk]) for page, pk in zip(pages, pks, strict=True)]
    urls[3] += "#questions"
    assert [row.url for row in found] == urls


def test_what_waits_among_the_members_and_in_assignments_is_one_list_that_each_kind_narrows(client, place):
    make_member(place.group, status=Status.INTERESTED, coordinator=place.by, now=wall(place.now, 8))
    assert of(place)[2] == "Hör av dig för ett samtal", "the day of two is the same: what is beside members first"
    enter(client, place.by)
    page = reverse("pool:waiting", args=[place.group.node_id])
    text = client.get(page).content.decode()
    links = re.findall(r'<a href="\?(?:kind=(\w+))?"(?: aria-current="page")?>([^<]+)</a>', text)
    assert links == [
        ("", "Alla (8)"),
        ("join", "Vill gå med (1)"),
        ("needs", "Behov att ta hand om (3)"),
        ("applicants", "Intresseanmälningar att svara på (2)"),
        ("questions", "Frågor att svara på (1)"),
        ("terms", "Perioder som tar slut (1)"),
    ]
    titles = {
        "needs": ["Rådets", "Skickat", "Samordnaren skriver"],
        "applicants": ["Alla har svar", "Sent"],
        "questions": ["Frågat"],
        "terms": ["Rådet"],
    }
    for kind, those in titles.items():
        assert of(place, kind) == those
        text = client.get(page, {"kind": kind}).content.decode()
        assert those[0] in text[text.index("Nästa steg") : text.index("<h1")], kind
        assert text.count('<th scope="row"') == len(those), kind


def test_what_is_done_or_lies_far_ahead_waits_no_more(place):
    Term.objects.update(ends_on=on(-400))
    PublicQuestion.objects.update(hidden_at=place.now, hidden_reason="Namnger någon.", hidden_by=place.by.person_id)
    Assignment.objects.filter(title="Rådets").update(unit=place.unit)
    Application.objects.filter(assignment__title="Sent").update(state="withdrawn", withdrawn_at=place.now)
    assert of(place) == ["Alla har svar", "Skickat", "Sent", "Samordnaren skriver"]
    assert "Alla har fått svar." in [row.who for row in Waiting(place.group, timezone.localdate())[2:3]]
    Assignment.objects.exclude(title="Skickat").update(
        state="cancelled", cancelled_at=place.now, cancelled_reason="Slut."
    )
    assert of(place) == ["Skickat"]


def test_a_term_that_is_over_and_one_who_waits_are_said_as_such(place):
    Term.objects.update(ends_on=on(1))
    Assignment.objects.filter(title="Sent").update(answer_by=on(0))
    Application.objects.filter(assignment__title="Sent").first().delete()
    PublicQuestion.objects.order_by("asked_at").last().delete()
    said = [row.said for row in assignments_in_group(place.group)]
    assert f"En period tog slut {day(on(1))}, och ingen har sagt vad som händer nu." in said
    assert f"1 person väntar på svar, senast {day(on(0))}." in said
    assert f"1 fråga väntar på svar sedan {day(on(6))}." in said
    Assignment.objects.filter(title="Skickat").update(unit=None, title="")
    [row] = [row for row in assignments_in_group(place.group) if "skickades in" in row.said]
    assert (row.said, row.todo) == (
        f"Ett behov skickades in {day(on(7))}.",
        "Läs, och publicera eller skicka tillbaka: Ett behov utan rubrik än",
    )


def test_another_area_has_nothing_of_it_and_a_place_without_a_group_neither(place):
    other, by = make_group()
    assert assignments_in_group(other) == []
    today = timezone.localdate()
    assert first_of(needs_to_list(by), today) == []
    [first] = first_of(needs_to_list(place.by), today)
    assert (first.todo, first.on, first.is_by, first.kind) == ("Hitta verksamheten: Rådets", on(9), False, Kind.NEEDS)


def test_the_list_and_the_desk_say_the_same_of_what_waits(place):
    """Whatever the desk asks the coordinator to do stands in the list, at the same page, and nothing else."""
    today = timezone.localdate()
    on_desk = {(row.url, row.todo) for row in desk_rows(place.by, today, needs_to_list(place.by)) if row.todo}
    in_list = {(row.url, row.todo.split(": ")[0]) for row in assignments_in_group(place.group)}
    assert in_list == on_desk
    assert (len(in_list), short_rows(place.by)) == (7, [])


def test_it_is_one_question_however_many_wait_and_not_all_are_read(client, place):
    today = timezone.localdate()

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assignments_in_group(place.group)
            first_of(needs_to_list(place.by), today)
        return len(asked)

    enter(client, place.by)
    page = reverse("pool:waiting", args=[place.group.node_id])
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    assert questions() == 3, "one each, and one for the nodes of the coordinator"
    many_assignments([place.sent, Assignment.objects.get(title="Rådets")], 300)
    assert questions() == 3
    assert len(assignments_in_group(place.group)) == MOST_IN_GROUP == 200
    with CaptureQueriesContext(connection) as many:
        assert client.get(page).status_code == 200
    assert len(few) == len(many)


def test_a_day_of_the_clock_here_and_not_of_the_database(place):
    """Half past midnight in Sweden is the evening before in UTC."""
    night = timezone.make_aware(datetime.combine(on(4), datetime.min.time())) + timedelta(minutes=30)
    Assignment.objects.filter(title="Skickat").update(sent_at=night)
    [row] = [row for row in assignments_in_group(place.group) if row.todo.endswith("Skickat")]
    assert row.on == on(4)
    Assignment.objects.filter(title="Sent").update(answer_by=on(4))
    both = [title for title in of(place) if title in ("Skickat", "Sent")]
    assert both == ["Skickat", "Sent"], "the same day: kind by kind"
