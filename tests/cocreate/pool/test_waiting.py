"""What waits in a group, as one list: the order over kinds, the filter, and what a row leads to."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from samskapa.cocreate.matching.domain import Said
from samskapa.cocreate.matching.models import Enquiry
from samskapa.cocreate.matching.services.enquiring import answer_enquiry
from samskapa.cocreate.pool.domain import NEVER_ASKED_AFTER, Introduction, Status
from samskapa.cocreate.pool.models import Agreement, Member
from samskapa.cocreate.pool.queries import agreement as agreements
from samskapa.cocreate.pool.queries.waiting import Kind, Waiting
from samskapa.cocreate.pool.services import agreeing, running
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.language.templatetags.reader import day
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from tests.factories.bulk_members import many_members
from tests.factories.enquiries import enquire, make_two
from tests.factories.importing import as_lines, checked
from tests.factories.organisations import NOW, actor_for, log_in
from tests.factories.people import make_person
from tests.factories.pool import make_group, make_member
from tests.factories.protection import make_protected

from .test_agreement import change, confirm, own

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def as_coordinator(client, coordinator: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


def named(name: str, **more):
    return {"person": make_person(name), "name": {"called": name}, **more}


def check_in_on(member: Member, days: int) -> None:
    Member.objects.filter(pk=member.pk).update(next_check_in=NOW.date() + timedelta(days=days))


def rows_of(group, kind: str = "", *, today=None) -> list[tuple[str, str, str]]:
    return [(row.who, row.todo, row.day) for row in Waiting(group, today or NOW.date(), kind)[0:100]]


def since(days: int) -> str:
    return f"sedan {day(NOW - days * DAY)}"


def by(days: int) -> str:
    return f"senast {day(NOW - days * DAY)}"


def one_of_each():
    """A group in which each kind waits, a day apart, and its coordinator: the kinds in no order."""
    two = make_two()
    group, coordinator = two.group, two.coordinator
    make_member(group, status=Status.TALKED, coordinator=coordinator, now=NOW - 3 * DAY, **named("Tage"))
    make_member(group, status=Status.INTERESTED, coordinator=coordinator, now=NOW - 5 * DAY, **named("Inga"))
    welcomed = make_member(group, status=Status.WELCOMED, coordinator=coordinator, now=NOW - 4 * DAY, **named("Vera"))
    answer_for_the_group(welcomed, coordinator)
    check_in_on(make_member(group, coordinator=coordinator, **named("Cia")), -2)
    nils = make_member(group, coordinator=coordinator, now=NOW - NEVER_ASKED_AFTER - DAY, **named("Nils"))
    check_in_on(nils, 40)  # the first would be today
    unn = make_member(group, coordinator=coordinator, now=NOW - 6 * DAY, **named("Unn"))
    Member.objects.filter(pk=unn.pk).update(age="16-17")  # and no guardian's yes
    asks = make_member(group, coordinator=coordinator, **named("Ali"))
    change(agreements.agreements().get(root=asks), "Vi ringer helst.", own(asks), "person", now=NOW)
    enquire(two, group.node, now=NOW - 13 * DAY)  # to be answered a week later
    checked(group, coordinator, as_lines(["Namn"], ["Bo"]))
    silent = make_member(group, status=Status.WELCOMED, coordinator=coordinator, now=NOW - 7 * DAY, **named("Tyst"))
    answer_for_the_group(silent, coordinator)
    Agreement.objects.filter(root=silent).update(told=3, told_at=NOW)
    running.introduce(silent, list(Introduction), by=coordinator, now=NOW)
    return group, coordinator


def answer_for_the_group(member: Member, coordinator: Actor) -> None:
    agreement = agreements.agreements().get(root=member)
    party = agreements.party_of(agreement, "care")
    agreeing.confirm_all(agreement, party=party, by=coordinator, now=NOW)


def test_the_oldest_promise_stands_first_whatever_it_is():
    group, _coordinator = one_of_each()
    found = rows_of(group)
    enquiry = Enquiry.objects.get()
    asks = found[2][0]
    assert (enquiry.assignment.area.name in asks, day(enquiry.answer_by) in asks) == (True, True)
    lists = found.pop(next(i for i, row in enumerate(found) if row[1] == "Fortsätt med listan"))
    assert (lists[0].startswith("Listan ”lista.txt” från"), lists[2]) == (True, since(0))
    assert found == [
        ("Tyst", "Väntar på medlemmens svar i överenskommelsen", since(7)),
        ("Tyst", "Ring: inget svar i överenskommelsen efter två påminnelser", since(7)),
        (
            asks,
            f"Svara: {enquiry.assignment.title}",
            by(6),
        ),
        ("Unn", "Prata om det: ingen vårdnadshavare har sagt ja", since(6)),
        ("Inga", "Hör av dig för ett samtal", since(5)),
        ("Vera", "6 punkter i introduktionen är kvar", since(4)),
        ("Tage", "Hälsa välkommen", since(3)),
        ("Cia", "Stäm av och anteckna", by(2)),
        ("Nils", f"Kan tillfrågas sedan {day(NOW - NEVER_ASKED_AFTER - DAY)}, men ingen har frågat", by(1)),
        ("Ali", "Svara i överenskommelsen", since(0)),
    ]


def test_of_the_same_day_names_are_in_order_and_a_later_hour_comes_not_after():
    group, coordinator = make_group()
    for hours, name in ((1, "Östen"), (3, "Åsa"), (2, "Ana"), (0, "Zed")):
        moment = NOW + timedelta(hours=hours)
        make_member(group, status=Status.INTERESTED, coordinator=coordinator, now=moment, **named(name))
    assert [row[0] for row in rows_of(group)] == ["Ana", "Zed", "Åsa", "Östen"]
    with translation.override("en"):
        assert [row[0] for row in rows_of(group)] == ["Ana", "Åsa", "Östen", "Zed"]


def test_the_page_shows_one_kind_or_all_with_counts_and_the_first_row_is_the_next_step(client):
    group, coordinator = one_of_each()
    as_coordinator(client, coordinator)
    page = reverse("pool:waiting", args=[group.node_id])
    text = client.get(page).content.decode()
    links = re.findall(r'<a href="\?(?:kind=(\w+))?"( aria-current="page")?>([^<]+)</a>', text)
    assert [(kind, bool(here), words) for kind, here, words in links] == [
        ("", True, "Alla (11)"),
        ("join", False, "Vill gå med (1)"),
        ("welcome", False, "Ska hälsas välkomna (1)"),
        ("introduction", False, "Introduceras (2)"),
        ("agreement", False, "Överenskommelser att svara i (1)"),
        ("silent", False, "Svarar inte i överenskommelsen (1)"),
        ("guardian", False, "Utan vårdnadshavares ja (1)"),
        ("check_in", False, "Avstämningar det är dags för (1)"),
        ("never_asked", False, "Aldrig tillfrågade (1)"),
        ("enquiries", False, "Andra frågar gruppen (1)"),
        ("lists", False, "Listor (1)"),
    ]
    steps = {
        "": "Tyst", "join": "Inga", "welcome": "Tage", "introduction": "Tyst", "agreement": "Ali", "silent": "Tyst",
        "check_in": "Cia", "guardian": "Unn", "never_asked": "Nils", "enquiries": "Svara: ",
        "lists": "Fortsätt med listan",
    }  # fmt: skip
    for kind, first in steps.items():
        text = client.get(page, {"kind": kind}).content.decode()
        assert first in text[text.index("Nästa steg") : text.index("<h1")], kind
        assert text.count('<th scope="row"') == {"": 11, "introduction": 2}.get(kind, 1), kind
    assert client.get(page, {"kind": "unknown\x00"}).content.decode().count('<th scope="row"') == 11
    gone = client.get(page, {"kind": "welcome", "page": "99"}).content.decode()
    assert gone.count('<th scope="row"') == 1


def test_each_row_leads_to_the_page_that_does_it():
    group, _coordinator = one_of_each()
    found = {kind: Waiting(group, NOW.date(), kind)[0:1][0] for kind in Kind}
    pages = {"join": "talk", "welcome": "welcome", "check_in": "note", "never_asked": "member", "guardian": "minor"}
    for kind, page in pages.items():
        assert found[kind].url == reverse(f"pool:{page}", args=[found[kind].member.pk])
    vera = Waiting(group, NOW.date(), Kind.INTRODUCTION)[1:2][0]
    assert vera.url == reverse("pool:introduction", args=[vera.member.pk])
    for kind in (Kind.AGREEMENT, Kind.SILENT, Kind.INTRODUCTION):
        agreement = agreements.agreements().get(root=found[kind].member)
        assert found[kind].url == reverse("pool:agreement", args=[agreement.pk]), kind


def test_where_nothing_waits_the_page_says_so_and_a_kind_that_is_done_leads_back(client):
    group, coordinator = make_group()
    as_coordinator(client, coordinator)
    page = reverse("pool:waiting", args=[group.node_id])
    text = client.get(page).content.decode()
    assert ("Inget väntar på dig i gruppen" in text, "Visa bara" in text, "Nästa steg" in text) == (True, False, False)
    make_member(group, status=Status.INTERESTED, coordinator=coordinator)
    text = client.get(page, {"kind": "welcome"}).content.decode()
    assert ("Inget sådant väntar längre" in text, "Vill gå med (1)" in text) == (True, True)


def test_a_protected_member_has_the_neutral_name_and_who_is_shown_stands_in_the_trail(client):
    group, coordinator = make_group()
    hidden = make_protected(
        group.node, coordinator=Person.objects.get(pk=coordinator.person_id), name="Hemlig Namnsson"
    )
    member = make_member(group, hidden, status=Status.INTERESTED, coordinator=coordinator, name={"called": "Hemlig"})
    as_coordinator(client, coordinator)
    text = client.get(reverse("pool:waiting", args=[group.node_id])).content.decode()
    assert ("Hemlig" in text, text.count(hidden.protected_tag)) == (False, 3)  # next step, row and link
    seen = AuditEntry.objects.filter(action="pool.members_read").latest("pk")
    assert seen.details["people"] == [member.person_id]


def test_another_groups_coordinator_finds_nothing_and_its_members_are_not_in_the_list(client):
    group, coordinator = make_group()
    other, another = make_group()
    make_member(group, status=Status.INTERESTED, coordinator=coordinator)
    page = reverse("pool:waiting", args=[group.node_id])
    as_coordinator(client, another)
    assert client.get(page).status_code == 404
    assert rows_of(other) == []
    log_in(client, make_person())
    assert client.get(page).status_code == 404


def test_pages_of_fifty_with_what_is_beside_members_in_its_place(client, django_assert_num_queries):
    two = make_two()
    group, coordinator = two.group, two.coordinator
    pattern = make_member(group, status=Status.INTERESTED, coordinator=coordinator, now=NOW - 9 * DAY)
    made = many_members([pattern], 119)
    for number, member in enumerate(made):
        Member.objects.filter(pk=member.pk).update(since=NOW - timedelta(days=8 - number // 20))
    enquire(two, group.node, now=NOW - 12 * DAY)  # by NOW - 5 days
    checked(group, coordinator, as_lines(["Namn"], ["Bo"]))  # NOW
    whole = [(row.who, row.url) for row in Waiting(group, NOW.date())[0:1000]]
    assert (len(whole), len(set(whole))) == (122, 122)
    places = [number for number, (who, _url) in enumerate(whole) if "Svara senast" in who or "lista.txt" in who]
    assert places == [61, 121]  # 1 + 3 x 20 stand before the enquiry; the list is the last
    for size in (1, 7, 25, 50, 61, 121):
        cut = Waiting(group, NOW.date())
        pages = [cut[start : start + size] for start in range(0, len(cut), size)]
        assert [(row.who, row.url) for page in pages for row in page] == whole, size
    as_coordinator(client, coordinator)
    page = reverse("pool:waiting", args=[group.node_id])
    texts = [client.get(page, {"page": number}).content.decode() for number in (1, 2, 3)]
    assert [text.count('<th scope="row"') for text in texts] == [50, 50, 22]
    assert ["Svara senast" in text for text in texts] == [False, True, False]
    first = [text[text.index("Nästa steg") : text.index("<h1")] for text in texts]
    assert [reverse("pool:talk", args=[pattern.pk]) in each for each in first] == [True, True, True]
    assert '?kind=join&amp;page=2"' in client.get(page, {"kind": "join"}).content.decode()


def test_every_page_costs_the_same_with_three_and_with_three_hundred(client):
    group, coordinator = one_of_each()
    as_coordinator(client, coordinator)
    page = reverse("pool:waiting", args=[group.node_id])

    def costs() -> list[int]:
        found = []
        for asked in ({}, *({"kind": kind} for kind in Kind), {"kind": "enquiries"}, {"kind": "lists"}):
            client.get(page, asked)
            with CaptureQueriesContext(connection) as said:
                assert client.get(page, asked).status_code == 200
            found.append(len(said))
        return found

    few = costs()
    many_members(list(Member.objects.filter(group=group)), 300)
    assert Waiting(group, NOW.date()).total > 150
    assert costs() == few


def test_since_when_the_group_owes_is_the_oldest_point_that_waits_for_it():
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator, now=NOW - 9 * DAY)
    agreement = agreements.agreements().get(root=member)
    assert agreement.group_waits_since is None
    for days in (3, 1):
        change(agreement, f"Vi ringer {days}.", own(member), "person", now=NOW - days * DAY)
    agreement.refresh_from_db()
    assert (agreement.group_owes, agreement.group_waits_since) == (1, NOW - DAY)  # the newest wording of the same point
    confirm(agreement, "care", coordinator)
    agreement.refresh_from_db()
    assert (agreement.group_owes, agreement.group_waits_since) == (0, None)
    for wrong in ({"group_owes": 1}, {"group_waits_since": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Agreement.objects.filter(pk=agreement.pk).update(**wrong)


def test_who_rests_is_left_in_peace_but_is_answered():
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator, now=NOW - NEVER_ASKED_AFTER - DAY)
    change(agreements.agreements().get(root=member), "Vi ringer.", own(member), "person", now=NOW)
    check_in_on(member, -1)
    assert [row[1] for row in rows_of(group)][-1] == "Svara i överenskommelsen"
    assert len(rows_of(group)) == 3
    Member.objects.filter(pk=member.pk).update(status=Status.RESTING, rests_from=Status.ACTIVE)
    assert [row[1] for row in rows_of(group)] == ["Svara i överenskommelsen"]
    assert timezone.localdate(NOW) == NOW.date()


def test_an_enquiry_with_a_yes_waits_since_the_yes_until_somebody_is_asked():
    two = make_two()
    enquiry = enquire(two, two.group.node, now=NOW - 3 * DAY)[0]
    other = actor_for(role=Role.COORDINATOR, node=two.group.node)
    answer_enquiry(enquiry, Said.YES, by=other, now=NOW - DAY)
    [(said, todo, when)] = rows_of(two.group, "enquiries")
    assert said.startswith("Du har sagt ja till")
    assert (todo, when) == (f"Se vem som passar: {two.assignment.title}", since(1))
