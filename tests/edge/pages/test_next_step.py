"""The coordinator's next step: the oldest promise of all, on whatever page of the desk she is."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.assignments.queries.need import needs_to_list
from samskapa.cocreate.assignments.services.publishing import send_need
from samskapa.cocreate.matching.jobs import settle_due
from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.models import Member
from samskapa.cocreate.pool.queries.desk import desk_sentences
from samskapa.cocreate.pool.queries.waiting import Waiting, path_to
from samskapa.edge.pages.queries import desk_rows
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.language.templatetags.reader import day
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from tests.cocreate.pool.test_waiting import one_of_each
from tests.factories.assignments import make_host, make_need, make_ready_need
from tests.factories.bulk import many_assignments
from tests.factories.bulk_members import many_members
from tests.factories.matching import ask, make_turn
from tests.factories.organisations import NOW, actor_for, log_in, make_region_tree
from tests.factories.pool import make_group, make_member

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NOTHING = "Inget väntar på dig just nu."


def enter(client, actor: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=actor.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


def next_step(client, **asked) -> str:
    """What stands as the next step on the desk, as a reader hears it, and where it leads."""
    text = client.get(reverse("pages:desk"), asked).content.decode()
    step = text[text.index("Nästa steg") : text.index("<h1")]
    paragraph = re.search(r"<p>(.*?)</p>", step, re.S).group(1)
    link = re.search(r'href="([^"]+)"', paragraph)
    return re.sub(r"<[^>]+>", "", paragraph).strip(), link.group(1) if link else ""


def sent_need(host: Actor, title: str, *, sent, begun=None) -> Assignment:
    need = make_ready_need(by=host, now=begun or sent, title={"title": title})
    return send_need(need, by=host, now=sent)


def test_who_wants_to_join_is_the_next_step_where_no_assignment_waits(client):
    group, coordinator = make_group()
    enter(client, coordinator)
    assert next_step(client) == (NOTHING, "")
    since = timezone.now() - 2 * DAY
    make_member(group, status=Status.INTERESTED, coordinator=coordinator, now=since)
    read = AuditEntry.objects.count()
    said = f"1 person vill gå med, sedan {day(since)}. Hör av dig för ett samtal"
    assert next_step(client) == (said, f"{reverse('pool:waiting', args=[group.node_id])}?kind=join")
    assert AuditEntry.objects.count() == read, "it names nobody, so nobody was looked at"


def test_the_oldest_of_group_and_assignments_is_the_next_step_on_every_page_of_the_desk(client):
    now, tree = timezone.now(), make_region_tree()
    group, coordinator = make_group(tree.region)
    host = make_host(tree.unit)
    make_member(group, status=Status.INTERESTED, coordinator=coordinator, now=now - 3 * DAY)
    need = sent_need(host, "Skickat", sent=now - 2 * DAY)
    enter(client, coordinator)
    assert next_step(client)[1] == path_to(group, "join")
    Member.objects.update(since=now - DAY)
    since = day(now - 2 * DAY)
    step = (
        f"Medicinkliniken skickade in ett behov {since}. Läs, och publicera eller skicka tillbaka: Skickat",
        reverse("assignments:need", args=[need.pk]),
    )
    for number in range(26):
        make_need(by=host, now=now, title=f"Utkast {number}")
    for asked in ({}, {"page": "2"}, {"stage": "need"}, {"stage": "need", "page": "2"}):
        assert next_step(client, **asked) == step, asked


def test_each_kind_among_the_members_can_be_the_next_step_and_it_is_the_first_of_the_list(client):
    group, _coordinator = one_of_each()
    today = NOW.date()
    longest = {each.longest.kind: each.longest for each in desk_sentences([group], today)}
    kinds = ["join", "welcome", "introduction", "agreement", "silent", "guardian", "check_in", "never_asked"]
    assert list(longest) == kinds
    for kind, waits in longest.items():
        [row] = Waiting(group, today, kind)[0:1]
        said = f"senast {day(waits.on)}" if waits.is_by else f"sedan {day(waits.on)}"
        assert (row.day, path_to(group, kind)) == (said, waits.url), kind
    assert [waits.todo for waits in longest.values()] == [
        "Hör av dig för ett samtal",
        "Hälsa välkommen",
        "Fortsätt med introduktionen",
        "Svara i överenskommelsen",
        "Ring och fråga",
        "Prata om det: ingen vårdnadshavare har sagt ja",
        "Stäm av och anteckna",
        "Se vem som har väntat längst",
    ]


def test_of_several_groups_the_next_step_leads_to_the_one_that_has_waited_longest():
    (one, by), (other, also_by) = make_group(), make_group()
    for group, coordinator, days in ((one, by, 3), (other, also_by, 5), (one, by, 4)):
        make_member(group, status=Status.INTERESTED, coordinator=coordinator, now=NOW - days * DAY)
    [join] = desk_sentences([one, other], NOW.date())
    assert join.said == f"3 personer vill gå med, den första sedan {day(NOW - 5 * DAY)}."
    assert (join.url, join.longest.url, join.longest.on) == ("", path_to(other, "join"), (NOW - 5 * DAY).date())


def test_a_wave_with_too_few_yes_is_a_next_step_and_stands_in_the_list_of_the_group(client):
    turn = make_turn(2)
    ask(turn, turn.members)
    over = NOW + 8 * DAY
    settle_due.func(now=over)
    enter(client, turn.coordinator)
    todo, url = f"Fråga fler: {turn.assignment.title}", reverse("matching:fits", args=[turn.assignment.pk])
    [row] = Waiting(turn.group, NOW.date(), "waves")[0:9]
    assert (row.todo, row.url, row.day) == (todo, url, f"sedan {day(over)}")
    assert next_step(client) == (f"{row.who} {todo}", url)


def test_sent_needs_stand_on_the_desk_by_when_they_were_sent_and_not_by_when_they_were_begun(client):
    now, tree = timezone.now(), make_region_tree()
    host, coordinator = make_host(tree.unit), actor_for(role=Role.COORDINATOR, node=tree.region)
    council = actor_for(role=Role.COUNCIL, node=tree.region)
    sent_need(host, "Skickat sist", sent=now - DAY, begun=now - 12 * DAY)
    sent_need(host, "Skickat först", sent=now - 9 * DAY, begun=now - 20 * DAY)
    sent_need(host, "Skickat sedan", sent=now - 4 * DAY, begun=now - 30 * DAY)
    for days, title in ((2, "Utkast, gammalt"), (1, "Utkast, nytt")):
        make_need(by=host, now=now - days * DAY, title=title)
    for days, title in ((3, "Utan verksamhet, sedan"), (8, "Utan verksamhet, först")):
        make_need(by=council, area=tree.region, now=now - days * DAY, title=title)
    rows = desk_rows(coordinator, timezone.localdate(), needs_to_list(coordinator))
    assert [row.assignment.title for row in rows] == [
        "Skickat först",
        "Skickat sedan",
        "Skickat sist",
        "Utan verksamhet, först",
        "Utan verksamhet, sedan",
        "Utkast, nytt",
        "Utkast, gammalt",
    ]


def test_the_desk_and_the_list_cost_so_many_questions_and_no_more(client):
    now, tree = timezone.now(), make_region_tree()
    group, coordinator = make_group(tree.region)
    host = make_host(tree.unit)
    member = make_member(group, status=Status.INTERESTED, coordinator=coordinator, now=now - 3 * DAY)
    need = sent_need(host, "Skickat", sent=now - 2 * DAY)
    enter(client, coordinator)
    pages = [reverse("pages:desk"), reverse("pool:waiting", args=[group.node_id])]

    def questions() -> list[int]:
        found = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            found.append(len(asked))
        return found

    assert questions() == [23, 20]
    many_assignments([need], 300)
    many_members([member], 300)
    assert questions() == [23, 20]
