"""The pages of coverage: exact for the coordinators, in fives for others; a month is frozen once; two who choose."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.coverage import jobs
from samskapa.cocreate.coverage.domain import ChangedMeanwhile, tell
from samskapa.cocreate.coverage.models import Measured, PopulationTable, Snapshot, Told
from samskapa.cocreate.coverage.queries.page import InFives, page_now, snapshots_told
from samskapa.cocreate.coverage.queries.people import people_of, world_of
from samskapa.cocreate.coverage.services import choose_measured, freeze_group
from samskapa.cocreate.pool.models import Group, Member
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from tests.factories.coverage import (
    COUNTY,
    TOWN,
    VILLAGE,
    ages_one_by_one,
    make_places,
    make_population,
    many_members,
)
from tests.factories.matching import ask, make_turn
from tests.factories.organisations import NOW, actor_for, log_in, make_node
from tests.factories.pool import make_group, make_member
from tests.factories.protection import make_protected
from tests.factories.underway import under_way

pytestmark = pytest.mark.django_db

MONTH = NOW.date().replace(day=1)


def make_full_group(**changes: Any) -> tuple[Group, Actor]:
    region, town, village = make_places()
    group, by = make_group(region, **changes)
    many_members(
        group,
        60,
        {"age": "18-29", "gender": "woman", "municipality": town},
        {"age": "65-79", "gender": "man", "municipality": village},
        {"age": "65-79", "gender": "woman", "municipality": town},
    )
    many_members(group, 3, {"age": "80-", "gender": "other", "municipality": None})
    make_population(ages_one_by_one(COUNTY))
    return group, by


def as_actor(client, by: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=by.person_id, role=by.role)
    log_in(client, grant.person, grant)


def url(name: str, *args: Any) -> str:
    return reverse(f"coverage:{name}", args=args)


def file_of(text: str, name: str = "tabell.csv"):
    return SimpleUploadedFile(name, text.encode(), content_type="text/csv")


# --- what is counted ------------------------------------------------------------------------------


def test_who_is_asked_chosen_and_at_work():
    turn = make_turn(3)
    ask(turn, turn.members[:2])
    assert set(people_of(turn.group, {}, (), NOW + timedelta(days=366))[0].columns) == {"members"}
    (agreement,) = under_way(1)
    person = agreement.application.person
    group, by = make_group(agreement.root.area)
    make_member(group, person, coordinator=by)
    columns = Counter(c for one in people_of(turn.group, {}, (), timezone.now()) for c in one.columns)
    assert columns == {"members": 3, "asked": 2}
    (one,) = people_of(group, {}, (), timezone.now())
    assert one.columns == {"members", "chosen", "active"}


def test_of_a_protected_person_no_place_is_known_and_they_are_counted():
    region, town, _village = make_places()
    group, by = make_group(region)
    many_members(group, 6, {"municipality": town})
    person = make_protected(region, coordinator=Person.objects.get(pk=by.person_id))
    row = make_member(group, coordinator=by)
    Member.objects.filter(pk=row.pk).update(person=person)
    page = page_now(group, NOW)
    assert page.totals[0][1].words == "7"
    rows = {str(row.label): row.numbers[0][1].words for t in page.tables if t.key == "municipality" for row in t.rows}
    assert rows == {"Stads kommun": "6", "Bys kommun": "0", "Har inte sagt": "1"}


def test_the_group_of_a_municipality_is_not_divided_by_municipality():
    _region, town, _village = make_places()
    group, _by = make_group(town)
    many_members(group, 6, {"municipality": town})
    make_population(ages_one_by_one(TOWN, each=10))
    tables = page_now(group, NOW).tables
    assert [table.key for table in tables] == ["age", "gender", "as", "language"]
    assert tables[0].year == 2025


# --- the coordinator's page -----------------------------------------------------------------------


def test_the_coordinator_sees_exact_figures_beside_the_population(client):
    group, by = make_full_group()
    as_actor(client, by)
    answer = client.get(url("now", group.node_id))
    page = answer.context["page"]
    ages = {str(row.label): row for row in page.tables[0].rows}
    assert (ages["80 år och äldre"].numbers[0][1].words, ages["80 år och äldre"].numbers[0][1].share) == ("3", "5\xa0%")
    assert (ages["18 till 29 år"].population.words, ages["18 till 29 år"].population.share) == ("2\xa0400", "14\xa0%")
    assert ages["Har inte sagt"].population is None
    assert page.tables[0].year == 2025
    body = answer.content.decode()
    assert "Befolkningen 2025" in body
    assert "SCB, för ett test" in body
    assert url("now", group.node_id) in client.get(reverse("pool:members", args=[group.node_id])).content.decode()


def make_group_of(number: int) -> tuple[Group, Actor]:
    region, town, _village = make_places()
    group, by = make_group(region)
    many_members(group, number, {"municipality": town}, tags={"language": ["sv"], "as": ["patient"]})
    make_population([*ages_one_by_one(COUNTY), *ages_one_by_one(TOWN)])
    return group, by


@pytest.mark.parametrize("number", [3, 300])
def test_the_coordinators_page_costs_the_same_however_many(client, number):
    group, by = make_group_of(number)
    as_actor(client, by)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url("now", group.node_id)).status_code == 200
    assert len(queries) == 13


@pytest.mark.parametrize("number", [30, 300])
def test_the_open_page_costs_the_same_however_many(client, number):
    group, _by = make_group_of(number)
    freeze_group(group, MONTH, by=SYSTEM, now=NOW)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url("told", group.node_id)).status_code == 200
    assert len(queries) == 6


# --- what others see ------------------------------------------------------------------------------


def test_others_see_fives_of_the_frozen_month_and_nobody_under_five(client):
    group, _by = make_full_group()
    assert "Inget att visa" in client.get(url("told", group.node_id)).content.decode()
    freeze_group(group, MONTH, by=SYSTEM, now=NOW)
    Member.objects.filter(age="18-29").update(age="30-49")  # after the month was frozen
    body = client.get(url("told", group.node_id)).content.decode()
    page = client.get(url("told", group.node_id)).context["page"]
    ages = {str(row.label): row.numbers[0][1] for row in page.tables[0].rows}
    assert (ages["18 till 29 år"].words, ages["18 till 29 år"].share) == ("20–24", "31–40\xa0%")
    assert ages["80 år och äldre"].words == ""
    assert page.totals[0][1].words == "60–64"
    assert "visas inte" in body
    assert client.get(url("now", group.node_id)).status_code in (302, 404)
    as_actor(client, actor_for(role=Role.LEADERSHIP, node=group.node))
    assert client.get(url("told", group.node_id)).status_code == 200
    assert client.get(url("now", group.node_id)).status_code == 404


def test_an_earlier_month_can_be_gone_back_to_as_it_was_told(client):
    group, _by = make_full_group()
    freeze_group(group, date(2026, 10, 1), by=SYSTEM, now=NOW)
    body = client.get(url("told", group.node_id)).content.decode()
    assert "Oktober 2026" not in body  # one month is nothing to choose from
    Member.objects.filter(age="18-29").update(age="30-49")
    freeze_group(group, date(2026, 11, 1), by=SYSTEM, now=NOW)
    newest = client.get(url("told", group.node_id))
    assert '<b aria-current="page">November 2026</b>' in newest.content.decode()
    then = client.get(url("told_then", group.node_id, "2026-10"))
    assert '<b aria-current="page">Oktober 2026</b>' in then.content.decode()

    def young(answer) -> str:
        ages = {str(row.label): row.numbers[0][1] for row in answer.context["page"].tables[0].rows}
        return ages["18 till 29 år"].words

    assert (young(then), young(newest)) == ("20–24", "")
    for nothing in ("2026-09", "2026-1", "november", "9" * 30):
        assert client.get(url("told_then", group.node_id, nothing)).status_code == 404


def test_what_is_frozen_is_what_may_be_told_and_never_changes():
    group, _by = make_full_group()
    snapshot = freeze_group(group, MONTH, by=SYSTEM, now=NOW)
    kept = {(t.column, t.feature, t.part): t.fives for t in Told.objects.filter(snapshot=snapshot)}
    assert kept == tell(world_of(group, NOW))
    assert ("members", "age", "80-") not in kept
    many_members(group, 20, {"age": "80-"})
    assert freeze_group(group, MONTH, by=SYSTEM, now=NOW) == snapshot
    assert Told.objects.count() == len(kept)
    for change in (lambda: Told.objects.update(fives=9), Told.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        Told.objects.create(snapshot=snapshot, column="members", feature="age", part="80-", fives=0)
    assert AuditEntry.objects.filter(action="coverage.frozen").count() == 1


def test_the_clock_freezes_each_group_once_a_month():
    group, _by = make_full_group()
    small, _other = make_group(make_node(Kind.REGION))
    now = timezone.now()
    for _turn in range(2):
        jobs.freeze.func(now=now)
    assert Snapshot.objects.count() == 2
    jobs.freeze.func(now=now + timedelta(days=31))
    assert Snapshot.objects.filter(group=group).count() == 2
    assert snapshots_told(small) == []
    assert [each.frozen_at for each in snapshots_told(group)] == [now + timedelta(days=31), now]


def test_shares_are_the_least_and_the_most_that_two_fives_allow():
    told = InFives({("members", "", ""): 2, ("members", "age", "18-29"): 1, ("members", "age", "80-"): 2})
    assert told.number("members", "age", ["18-29"]).share == "36–90\xa0%"
    assert told.number("members", "age", ["80-"]).share == "71–100\xa0%"
    assert told.number("members", "age", ["30-49"]).words == ""


# --- what is measured -----------------------------------------------------------------------------


def test_two_who_choose_and_the_later_one_is_told(client):
    group, by = make_full_group()
    as_actor(client, by)
    page = client.get(url("measure", group.node_id))
    assert page.context["form"].initial == {"features": ["as", "language"], "version": 0}
    choose_measured(group, ["care"], based_on=0, by=by, now=NOW)
    choose_measured(group, ["care"], based_on=0, by=by, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        choose_measured(group, ["need"], based_on=0, by=by, now=NOW)
    answer = client.post(url("measure", group.node_id), {"features": ["need"], "version": "0"})
    assert answer.status_code == 409
    assert "Vårdformer" in answer.content.decode()
    answer = client.post(url("measure", group.node_id), {"features": ["need"], "version": "1"})
    assert answer.status_code == 302
    assert (Measured.objects.get().features, Measured.objects.get().version) == (["need"], 2)
    assert [table.key for table in page_now(group, NOW).tables] == ["age", "gender", "municipality", "need"]
    assert client.post(url("measure", group.node_id), {"features": ["diagnosis"], "version": "2"}).status_code == 422


# --- tables of the population ---------------------------------------------------------------------

TABLE = f"region;ålder;kön;2026\n{TOWN} Stads kommun;0-17 år;män;5\n{TOWN} Stads kommun;0-17 år;kvinnor;5\n"
ELSEWHERE = "0114 Upplands Väsby;0-17 år;män;7\n"


def test_a_coordinator_takes_in_what_is_of_her_own_area_and_removes_only_that(client):
    group, by = make_full_group()
    make_node(Kind.MUNICIPALITY, "Upplands Väsby kommun", code="0114", county_code="01")
    everywhere = PopulationTable.objects.get()
    as_actor(client, by)
    sent = {"file": file_of(TABLE + ELSEWHERE), "source": "SCB, hämtad i maj"}
    answer = client.post(url("population"), sent, follow=True)
    assert "Befolkningen är inläst, för 2026. 1 rad behövdes inte." in answer.content.decode()
    own = PopulationTable.objects.get(within=COUNTY)
    assert set(own.facts.values_list("area_code", flat=True)) == {TOWN}
    assert [table.pk for table in answer.context["tables"]] == [own.pk]
    assert client.post(url("remove_table", everywhere.pk)).status_code == 404
    assert client.post(url("remove_table", own.pk)).status_code == 302
    assert PopulationTable.objects.get() == everywhere
    assert url("population") in client.get(url("now", group.node_id)).content.decode()


def test_the_operator_takes_in_the_whole_country(client):
    make_places()
    as_actor(client, actor_for(role=Role.OPERATOR, node=make_node(Kind.NATION)))
    for _turn in range(2):
        answer = client.post(url("population"), {"file": file_of(TABLE), "source": "SCB"}, follow=True)
    assert "Siffrorna finns redan här." in answer.content.decode()
    assert PopulationTable.objects.get().within == ""


def test_wrong_rows_stand_with_their_number_and_what_was_typed_stays(client):
    _group, by = make_full_group()
    as_actor(client, by)
    before = PopulationTable.objects.count()
    for text, said in (
        (f"{TABLE}{VILLAGE} Bys kommun;barn;män;5\n", "Ingen ålder som vi kan läsa: ”barn”"),
        ("namn;ort\nKim;Stad\n", "en kolumn som heter region"),
        (ELSEWHERE.join(["region;ålder;kön;2026\n00 Riket;0 år;män;1\n", ""])[:40], "Det finns inget i filen"),
    ):
        answer = client.post(url("population"), {"file": file_of(text), "source": "SCB i maj"})
        body = answer.content.decode()
        assert answer.status_code == 422
        assert said in body
        assert 'value="SCB i maj"' in body
    assert PopulationTable.objects.count() == before


def test_who_is_neither_sees_no_tables(client):
    group, _by = make_full_group()
    as_actor(client, actor_for(role=Role.LEADERSHIP, node=group.node))
    assert client.get(url("population")).status_code == 404
    unit = make_node(Kind.UNIT, parent=group.node)
    as_actor(client, actor_for(role=Role.HOST, node=unit))
    assert client.get(url("population")).status_code == 404
    assert client.get(url("now", group.node_id)).status_code == 404
