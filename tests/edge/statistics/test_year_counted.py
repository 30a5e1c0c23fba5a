"""A year of a resource group: counted by hand and by the program, exact and to pass on; as a page and as files."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from samskapa.cocreate.assignments.models import Agreement, Assignment, Choice
from samskapa.cocreate.pool.models import Group, Member, Move
from samskapa.cocreate.underway.models import TimeNote
from samskapa.edge.statistics.domain import (
    Year,
)
from samskapa.edge.statistics.queries.year_page import words
from samskapa.ground.figures.domain import Counted
from samskapa.ground.figures.queries import midnight
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import RoleGrant
from tests.factories.bulk import copy_of
from tests.factories.figures import make_month
from tests.factories.organisations import actor_for, log_in, make_node
from tests.factories.people import make_person
from tests.factories.pool import make_group
from tests.ground.documents.reading import text_of

from .year_by_hand import Example, at

YEAR = Year(2026, date(2026, 1, 1), date(2027, 1, 1))
NEXT_MARCH = date(2027, 3, 1)


@pytest.fixture
def example(db) -> Example:
    return Example()


def test_the_members_counted_by_hand(example):
    found = example.exact()["members"]
    assert [row[1:] for row in found["Efter läge"]] == [[0, 1], [1, 1], [0, 1], [2, 0], [0, 1], [3, 4]]
    assert [row[0] for row in found["Efter läge"]][0::5] == ["Vill gå med", "Totalt"]
    assert [row[1] for row in found["Det som hände under året"]] == [2, 1, 0, 1, 1]


def test_needs_answers_results_and_time_counted_by_hand(example):
    found = example.exact()
    assert [row[1] for row in found["needs"]["Kom in"]] == [3, 2]
    # 40 and 100 days: none up to 30, one up to 60, one longer
    assert [row[1:] for row in found["needs"]["Från behov till val"]] == [
        [0, 0],
        [1, 50],
        [0, 50],
        [1, None],
        [2, None],
    ]
    # two in time at the clinic, one late at the ward
    assert [row[1:] for row in found["answers"]["Fick svar i tid"]] == [[2, 67], [1, 33], [0, 0], [3, None]]
    closing, half, yearly = found["results"].values()
    assert [row[1] for row in closing] == [1, 0, 0, 1]
    assert [row[1] for row in half] == [0, 0, 0, 0]
    assert yearly[0][1] == 0
    # of two who were asked one said yes
    (said,) = found["confirmed"].values()
    assert [row[1] for row in said] == [1, 0, 0, 1, 2]
    noted, agreed = found["time"].values()
    # 6 + 3 quarters noted; two agreements of 4 x 90 + 30 minutes, all with a fee
    assert [row[1:] for row in noted] == [[1.5, 1.5], [0, 0], [0.75, 0.75], [0, 0], [2.25, 2.25]]
    assert agreed[0][1:] == [13.0, 13.0]
    assert (words(2.25), words(13.0), words(1234), words(None)) == ("2,25", "13", "1\xa0234", "")


def test_by_unit_and_by_way_counted_by_hand(example):
    found = example.exact()
    needs, answered, told, confirmed = found["units"].values()
    assert needs == [["Avdelningen", 2, 1, 100], ["Kliniken", 1, 1, 40]]
    assert answered == [["Avdelningen", 1, 0, 0], ["Kliniken", 2, 2, 100]]
    assert told == [["Avdelningen", 0, 0, None], ["Kliniken", 1, 1, 100]]
    # of two at the clinic who were asked one said yes
    assert confirmed == [["Avdelningen", 0, 0, None, 0, 0], ["Kliniken", 2, 1, 50, 2.25, 13.0]]
    needs, answered, told, confirmed = found["ways"].values()
    assert [row[1:] for row in needs] == [[1, 1, 40], [2, 1, 100]]
    assert [row[1:] for row in answered] == [[2, 2, 100], [1, 0, 0]]
    assert [row[1:] for row in told] == [[1, 1, 100], [0, 0, None]]
    assert [row[1:] for row in confirmed] == [[2, 1, 50, 2.25, 13.0], [0, 0, None, 0, 0]]


def test_to_pass_on_nothing_from_one_to_four_is_told(example):
    found = example.shared()
    numbers = [
        cell for key, one in found.items() for rows in one.values() for row in rows for cell in row[1:]
        if isinstance(cell, int | float)
    ]  # fmt: skip
    assert set(numbers) <= {0}
    assert found["needs"]["Kom in"] == [["Behov som kommit in", "visas inte"]]
    assert found["needs"]["Efter enhet"] == []
    assert found["units"] == found["ways"] == {"Tid och andelar": []}
    assert next(iter(found["time"].values()))[0][1:] == ["visas inte"]


def test_what_happens_after_the_year_changes_nothing_in_it(example):
    before, after_new_year = example.exact(), midnight(date(2027, 1, 1))
    member = Member.objects.filter(moves__to_status="talked").order_by("pk").first()
    Move.objects.create(member=member, from_status="talked", why="own_wish", to_status="left", at=after_new_year)
    TimeNote.objects.create(
        agreement=Agreement.objects.filter(root=example.first).order_by("pk").first(),
        day=date(2027, 1, 1), what="meeting", quarters=8, noted_at=after_new_year, noted_by=make_person(),
    )  # fmt: skip
    assert example.exact() == before


def test_to_pass_on_what_is_large_is_told_and_the_two_that_give_away_a_small_one_are_not(example):
    """Fourteen needs, seven, five and two at three units; somebody is chosen in thirteen, in eleven within 30 days."""
    need = Assignment.objects.get(pk=example.first.pk)
    third = make_node(Kind.UNIT, "Mottagningen", example.region)
    copies = [
        *Assignment.objects.bulk_create(copy_of(need, form_key=None, created_at=at(3, 1)) for _each in range(6)),
        *Assignment.objects.bulk_create(
            copy_of(need, form_key=None, created_at=at(3, 1), unit=third) for _each in range(5)
        ),
    ]
    choices = Choice.objects.bulk_create(copy_of(need.choices.get(), assignment=each) for each in copies)
    through, who = Choice.chosen.through, need.applications.first()
    through.objects.bulk_create(through(choice=choice, application=who) for choice in choices)
    found = example.shared()["needs"]
    assert found["Kom in"] == [["Behov som kommit in", 14]]
    # the ward's two, and the smallest that hides them
    assert found["Efter enhet"] == [["Avdelningen", "visas inte"], ["Kliniken", 7], ["Mottagningen", "visas inte"]]
    assert [row[1] for row in found["Från behov till val"]] == ["visas inte", "visas inte", 0, "visas inte", 13]


def test_of_months_that_are_hidden_the_year_to_pass_on_says_nothing(example):
    """The year's sum of all months would tell the one that is hidden."""
    late = [Counted(example.clinic.pk, ("in_time", "chosen"), 20), Counted(example.clinic.pk, ("late", "chosen"), 3)]
    make_month(date(2026, 2, 1), answered=late)
    make_month(date(2026, 6, 1), answered=[Counted(example.clinic.pk, ("in_time", "chosen"), 10)])
    found = next(iter(example.shared()["answered"].values()))
    assert [row[1:] for row in found] == [[10, 1], [0, 1], [0, 0]]


# --- pages and files ------------------------------------------------------------------------------


def as_coordinator(client, coordinator) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


@pytest.fixture
def old_group(db):
    """A group made two years ago."""
    group, coordinator = make_group(name="Resursgruppen Norr")
    Group.objects.update(made_at=timezone.now() - timedelta(days=735))
    return group, coordinator


def test_the_page_says_what_it_is_and_the_variant_to_pass_on_comes_when_the_year_is_over(client, old_group):
    group, coordinator = old_group
    as_coordinator(client, coordinator)
    this = timezone.localdate().year
    now = client.get(reverse("statistics:this_year", args=[group.node_id])).content.decode()
    assert "Exakta siffror: lämna dem inte vidare" in now
    assert "När året är slut finns en version som får lämnas vidare." in now
    assert client.get(reverse("statistics:year_shared", args=[group.node_id, this])).status_code == 404
    before = client.get(reverse("statistics:year", args=[group.node_id, this - 1])).content.decode()
    shared = reverse("statistics:year_shared", args=[group.node_id, this - 1])
    assert shared in before
    assert "Det här får lämnas vidare" in client.get(shared).content.decode()
    for wrong in (this + 1, this - 5):
        assert client.get(reverse("statistics:year", args=[group.node_id, wrong])).status_code == 404
    assert reverse("statistics:this_year", args=[group.node_id]) in client.get(reverse("pages:desk")).content.decode()


def test_only_the_groups_coordinators_see_the_year(client, old_group):
    group, _coordinator = old_group
    this = timezone.localdate().year
    host = actor_for(role=Role.HOST, node=make_node(Kind.UNIT, "Enheten", group.node))
    _other, stranger = make_group()
    grants = [RoleGrant.objects.get(person_id=each.person_id) for each in (host, stranger)]
    for grant in grants:
        log_in(client, grant.person, grant)
        for name in ("year", "year_xlsx", "year_pdf", "year_shared", "year_shared_xlsx", "year_shared_pdf"):
            assert client.get(reverse(f"statistics:{name}", args=[group.node_id, this - 1])).status_code == 404


@pytest.mark.parametrize("variant", ["", "_shared"])
def test_the_files_say_the_same_as_the_page(client, old_group, variant):
    group, coordinator = old_group
    as_coordinator(client, coordinator)
    args = [group.node_id, timezone.localdate().year - 1]
    warning = "Det här får lämnas vidare" if variant else "Exakta siffror, för gruppens samordnare"
    book = load_workbook(io.BytesIO(client.get(reverse(f"statistics:year{variant}_xlsx", args=args)).content))
    about = [row[0].value for row in book.worksheets[0].rows]
    assert about[0] == f"Året {args[1]} för Resursgruppen Norr"
    assert any(str(line).startswith(warning) for line in about)
    members = [[cell.value for cell in row] for row in book["Medlemmar"].rows]
    assert ["Totalt", 0, 0] in [row[:3] for row in members]
    pdf = client.get(reverse(f"statistics:year{variant}_pdf", args=args))
    text = " ".join(text_of(pdf.content).split())
    assert warning in text
    assert "Vill gå med 0 0" in text
    assert pdf.content == client.get(reverse(f"statistics:year{variant}_pdf", args=args)).content


@pytest.mark.django_db
@pytest.mark.parametrize("variant", ["", "_shared"])
def test_the_page_costs_the_same_with_three_and_with_three_hundred(client, variant):
    example = Example()
    as_coordinator(client, example.coordinator)
    today = timezone.localdate()
    url = reverse(f"statistics:year{variant}", args=[example.region.pk, today.year - 1])
    last_year = midnight(date(today.year - 1, 5, 5)) + timedelta(hours=10)
    Group.objects.update(made_at=last_year)
    rows = {"created_at": last_year, "sent_at": last_year, "closes_on": last_year.date(), "answer_by": last_year.date()}
    Assignment.objects.filter(area=example.region).update(**rows)
    Choice.objects.update(chosen_at=last_year)
    counts = []
    for more in (0, 300):
        one = Assignment.objects.get(pk=example.first.pk)
        copies = Assignment.objects.bulk_create(copy_of(one, form_key=None) for _each in range(more))
        first = one.choices.get()
        choices = Choice.objects.bulk_create(copy_of(first, assignment=each) for each in copies)
        through, who = Choice.chosen.through, one.applications.first()
        through.objects.bulk_create(through(choice=choice, application=who) for choice in choices)
        people = [make_person() for _each in range(more // 10)]
        members = Member.objects.bulk_create(
            Member(
                group=example.group, person=person, status="interested", since=last_year, begun_at=last_year,
                heard_at=last_year, age="30-49",
            )
            for person in people
        )  # fmt: skip
        Move.objects.bulk_create(
            Move(member=member, from_status="begun", why="sent", to_status="interested", at=last_year)
            for member in members
        )
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1], counts
