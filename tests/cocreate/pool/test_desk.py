"""What waits in a group: on the coordinators' desk and its page, and on a member's own page."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import make_aware

from samskapa.cocreate.assignments.models import Application
from samskapa.cocreate.matching.domain import YEAR
from samskapa.cocreate.pool.access import place_of
from samskapa.cocreate.pool.domain import NEVER_ASKED_AFTER, Status
from samskapa.cocreate.pool.models import Member
from samskapa.cocreate.pool.queries import agreement as agreements
from samskapa.cocreate.pool.queries.desk import desk_sentences, groups_run_by
from samskapa.cocreate.pool.queries.waiting import Waiting, due, long_never_asked
from samskapa.ground.core.domain import Actor
from samskapa.ground.language.templatetags.reader import day
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Node, RoleGrant
from tests.factories.applications import make_application
from tests.factories.matching import ask, make_turn
from tests.factories.organisations import NOW, log_in, make_node
from tests.factories.people import make_person
from tests.factories.pool import make_group, make_member

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def as_coordinator(client, coordinator: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


def check_in_on(member: Member, days: int) -> None:
    Member.objects.filter(pk=member.pk).update(next_check_in=NOW.date() + timedelta(days=days))


def test_the_desk_tells_what_waits_and_since_when():
    group, coordinator = make_group()
    assert desk_sentences(groups_run_by(coordinator), NOW.date()) == []
    for status in (Status.BEGUN, Status.INTERESTED, Status.INTERESTED, Status.TALKED, Status.WELCOMED, Status.ACTIVE):
        member = make_member(group, status=status, coordinator=coordinator)
    check_in_on(member, 0)
    check_in_on(make_member(group, coordinator=coordinator), 1)
    make_member()  # another region's
    said = desk_sentences(groups_run_by(coordinator), NOW.date())
    assert [row.said.split(",")[0] for row in said] == [
        "2 personer vill gå med",
        "1 person väntar på att hälsas välkommen",
        "1 person introduceras.",
        "1 överenskommelse väntar på gruppens svar.",
        "Det är dags för 1 avstämning.",
    ]
    page = reverse("pool:waiting", args=[group.node_id])
    kinds = ["join", "welcome", "introduction", "agreement", "check_in"]
    assert [row.url for row in said] == [f"{page}?kind={kind}" for kind in kinds]
    assert Waiting(group, NOW.date()).counts == dict(zip(kinds, (2, 1, 1, 1, 1), strict=True))
    assert list(Member.objects.filter(due(NOW.date()), group=group)) == [member]
    other, _another = make_group()
    make_member(other, status=Status.INTERESTED)
    both = desk_sentences([group, other], NOW.date())
    assert (both[0].said.split(",")[0], both[0].url) == ("3 personer vill gå med", "")
    there = reverse("pool:waiting", args=[other.node_id])
    assert [(place.name, place.number, place.url) for place in both[0].places] == [
        (group.node.name, 2, f"{page}?kind=join"),
        (other.node.name, 1, f"{there}?kind=join"),
    ]
    assert [(row.url, [place.url for place in row.places]) for row in both[1:]] == [
        ("", [f"{page}?kind={kind}"]) for kind in kinds[1:]
    ]
    assert [row.places for row in said] == [()] * 5


def test_who_runs_several_groups_comes_from_each_sentence_to_each_group_at_the_same_cost(client):
    group, coordinator = make_group(region := make_node(Kind.REGION))
    counts = []
    for number in (1, 2):
        below = make_node(Kind.MUNICIPALITY, parent=region)
        other, _by = make_group(below, coordinator=coordinator)
        for status in (Status.INTERESTED, Status.TALKED, Status.WELCOMED):
            make_member(other, status=status, coordinator=coordinator)
        check_in_on(make_member(other, coordinator=coordinator), 0)
        run = groups_run_by(coordinator)
        assert len(run) == number + 1
        with CaptureQueriesContext(connection) as asked:
            said = desk_sentences(run, NOW.date())
        counts.append(len(asked))
        assert {len(row.places) for row in said} == {number}
    assert counts == [5, 5]
    as_coordinator(client, coordinator)
    text = client.get(reverse("pages:desk")).content.decode()
    for each in run[1:]:
        for kind in ("join", "welcome", "introduction", "check_in"):
            page = f"{reverse('pool:waiting', args=[each.node_id])}?kind={kind}"
            assert f'<a href="{page}">{each.node.name} (1)</a>' in text
    assert reverse("pool:waiting", args=[group.node_id]) + "?kind=" not in text


def test_who_has_waited_three_months_to_be_asked_stands_on_the_desk_the_longest_first(client):
    turn = make_turn(2)
    asked, untried = turn.members
    long_ago = NOW - NEVER_ASKED_AFTER
    Member.objects.update(since=long_ago)
    longer = make_member(turn.group, name={"called": "Lo"}, coordinator=turn.coordinator, now=long_ago - DAY)
    make_member(turn.group, name={"called": "Nyss"}, coordinator=turn.coordinator)
    ask(turn, [asked], alone=True)
    today = NOW.date()
    said = desk_sentences(groups_run_by(turn.coordinator), today)[-1]
    assert said.said.startswith("2 personer kan tillfrågas men har aldrig blivit det")
    assert list(long_never_asked(Member.objects.all(), today)) == [longer, untried]
    assert list(long_never_asked(Member.objects.all(), today - DAY)) == [longer]
    rows = Waiting(turn.group, today, "never_asked")[0:50]
    assert [(row.who, row.day) for row in rows] == [
        ("Lo", f"senast {day(today - DAY)}"),
        ("Kim", f"senast {day(today)}"),
    ]


def test_three_months_are_counted_in_whole_days_here(client):
    turn = make_turn(1)
    [member] = turn.members
    today = NOW.date()
    day_after = make_aware(datetime.combine(today - NEVER_ASKED_AFTER + DAY, time()))
    for since, waited in ((day_after - timedelta(microseconds=1), True), (day_after, False)):
        Member.objects.filter(pk=member.pk).update(since=since)
        assert (list(long_never_asked(Member.objects.all(), today)) == [member]) is waited, since


def test_who_was_chosen_within_a_year_has_been_asked_and_before_that_not(client):
    turn = make_turn(1)
    [member] = turn.members
    Member.objects.filter(pk=member.pk).update(since=NOW - 2 * YEAR)
    chosen = make_application(turn.assignment, now=NOW)
    first = make_aware(datetime.combine(NOW.date() - YEAR + DAY, time()))
    for answered, is_left in ((first, False), (first - timedelta(microseconds=1), True)):
        Application.objects.filter(pk=chosen.pk).update(
            person=member.person, state="chosen", answer_reason="Ja.", answered_at=answered, answered_by=member.person
        )
        assert (list(long_never_asked(Member.objects.all(), NOW.date())) == [member]) is is_left, answered


def test_the_desk_knows_the_group_of_ones_own_place_and_no_other(django_assert_num_queries):
    group, coordinator = make_group()
    other, _another = make_group()
    run = groups_run_by(coordinator)
    assert run == [group]
    with django_assert_num_queries(0):
        place = place_of(coordinator, run)
        assert (place, place.resource_group) == (group.node, group)
    with django_assert_num_queries(1):
        assert place_of(coordinator, [other]) == place, "asked for, where it is not among them"
    assert groups_run_by(Actor(person_id=coordinator.person_id)) == []
    Node.objects.filter(pk=group.node_id).update(closed_at=NOW)
    assert place_of(coordinator, groups_run_by(coordinator)) is None


def test_the_page_and_the_desk_cost_the_same_however_many_wait(client):
    group, coordinator = make_group()
    counts = []
    for _round in range(2):
        for status in (Status.INTERESTED, Status.WELCOMED):
            check_in_on(make_member(group, status=status, coordinator=coordinator), 0)
        make_member(group, coordinator=coordinator, now=NOW - NEVER_ASKED_AFTER)
        as_coordinator(client, coordinator)
        pages = (reverse("pages:desk"), reverse("pool:waiting", args=[group.node_id]))
        client.get(pages[0])
        with CaptureQueriesContext(connection) as asked:
            texts = [client.get(page).content.decode() for page in pages]
        counts.append(len(asked))
        assert pages[1] in texts[0]
        assert "Kim" in texts[1]
    assert counts[0] == counts[1], counts


def test_my_page_leads_to_the_group_and_to_what_waits_there(client):
    group, coordinator = make_group()
    member = make_member(group, status=Status.WELCOMED, coordinator=coordinator)
    log_in(client, member.person)
    text = client.get(reverse("pages:my_page")).content.decode()
    agreement = agreements.agreements().get()
    assert reverse("pool:agreement", args=[agreement.pk]) in text
    assert "Resursgruppen, " in text
    log_in(client, make_person())
    assert "Du är inte med i någon resursgrupp." in client.get(reverse("pages:my_page")).content.decode()


def test_a_check_in_is_due_on_its_day_in_swedish_time():
    member = make_member()
    check_in_on(member, 0)
    assert Member.objects.filter(due(NOW.date() - DAY)).count() == 0
    assert Member.objects.filter(due(timezone.localdate(NOW))).count() == 1
