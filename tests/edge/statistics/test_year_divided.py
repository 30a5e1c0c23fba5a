"""The year to pass on, divided by unit and by way: medians and shares counted by hand, and what may not be told."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from samskapa.cocreate.assignments.models import Application, Assignment, Choice
from samskapa.edge.statistics.queries.year_page import paper, sheets, year_page
from samskapa.ground.documents.services import make_pdf
from samskapa.ground.figures.domain import Counted
from samskapa.ground.figures.queries import midnight
from samskapa.ground.figures.services import as_xlsx
from samskapa.ground.organisations.domain import Kind
from tests.factories.bulk import copy_of
from tests.factories.bulk_members import open_all
from tests.factories.figures import make_month
from tests.factories.organisations import make_node
from tests.ground.documents.reading import text_of

from .year_by_hand import NEXT_MARCH, YEAR, Example, at

#: Nobody is promised an answer in the year.
ANSWERED_BEFORE = {"closes_on": date(2024, 12, 1), "answer_by": date(2025, 1, 1)}


@pytest.fixture
def example(db) -> Example:
    return Example()


def chosen_at(example, unit, days: list[int], way: str) -> None:
    """At the unit, for each number of days, an assignment in which somebody was chosen after so long."""
    need = Assignment.objects.get(pk=example.first.pk)
    copies = Assignment.objects.bulk_create(
        copy_of(need, form_key=None, unit=unit, contribution=way, created_at=at(3, 1), **ANSWERED_BEFORE)
        for _each in days
    )
    Choice.chosen.through.objects.bulk_create(
        Choice.chosen.through(choice=choice, application=need.applications.first())
        for choice in Choice.objects.bulk_create(
            copy_of(need.choices.get(), assignment=each, chosen_at=at(3, 1) + timedelta(days=after))
            for each, after in zip(copies, days, strict=True)
        )
    )


def test_to_pass_on_the_median_is_told_of_those_whose_every_number_could_be(example):
    """At the clinic five took up to 30 days and six up to 60, at the ward five up to 60 and five longer. At the third
    four took up to 30 and one up to 90 days, and at a fourth one up to 30 and four up to 90."""
    third, fourth = (make_node(Kind.UNIT, name, example.region) for name in ("Mottagningen", "Öppenvården"))
    chosen_at(example, example.clinic, [5, 6, 7, 8, 9, 35, 36, 37, 38, 39], "research")  # and one with 40
    chosen_at(example, example.ward, [50, 51, 52, 53, 54, 110, 120, 130, 140], "education")  # and one with 100
    chosen_at(example, third, [20, 21, 22, 23, 80], "workshop")
    chosen_at(example, fourth, [20, 80, 81, 82, 83], "workshop")
    found = example.shared()
    assert [row[1] for row in found["needs"]["Från behov till val"]] == [10, 11, 5, 5, 31]
    not_shown = ["visas inte", "visas inte"]
    # the clinic: 5 6 7 8 9 [35] 36 37 38 39 40; the ward: 50 51 52 53 [54 100] 110 120 130 140
    assert found["units"] == {
        "Tid och andelar": [["Avdelningen", 77, *not_shown], ["Kliniken", 35, *not_shown]],
    }
    # of the two that are hidden among the units, the workshops are all, and told: 20 20 21 22 [23 80] 80 81 82 83
    ways = found["ways"]["Tid och andelar"]
    assert [row[1:] for row in ways] == [[35, *not_shown], [52, *not_shown], [77, *not_shown]]
    assert ways[1][0] == "Workshop, seminarium eller konferens"


def test_to_pass_on_no_median_is_told_beside_a_number_of_days_that_is_not(example):
    """A median beside hidden numbers of days narrows them: of twelve, four within 30 days and one longer than 90 are
    not told; that four of seven at the clinic took at most 20 would tell the one."""
    Choice.objects.filter(assignment__in=[example.first, example.second]).update(chosen_at=at(1, 1, 2025))
    chosen_at(example, example.clinic, [17, 18, 19, 20, 40, 41, 95], "research")
    chosen_at(example, example.ward, [50, 51, 52, 53, 54], "education")
    found = example.shared()
    assert [row[1] for row in found["needs"]["Från behov till val"]] == ["visas inte", 7, 0, "visas inte", 12]
    assert found["units"] == found["ways"] == {"Tid och andelar": []}


def test_to_pass_on_the_share_of_a_unit_is_that_of_the_months_that_show_all_of_it(example):
    """In March 13 of 20 at the clinic had their answer in time; June is hidden there, for two had not."""
    Assignment.objects.update(**ANSWERED_BEFORE)
    clinic, ward = example.clinic.pk, example.ward.pk
    make_month(
        date(2026, 3, 1),
        answered=[
            Counted(clinic, ("in_time", "chosen"), 13), Counted(clinic, ("none", "none"), 7),
            Counted(ward, ("in_time", "chosen"), 5), Counted(ward, ("late", "chosen"), 5),
        ],
    )  # fmt: skip
    make_month(
        date(2026, 6, 1),
        answered=[
            Counted(clinic, ("in_time", "chosen"), 6), Counted(clinic, ("late", "chosen"), 2),
            Counted(ward, ("in_time", "chosen"), 9),
        ],
    )  # fmt: skip
    rows = example.shared()["units"]["Tid och andelar"]
    # at the ward both months are shown: 5 of 10 and 9 of 9 are 14 of 19
    assert [row[:1] + row[2:3] for row in rows] == [["Avdelningen", 74], ["Kliniken", 65]]


def answered_at(example, unit, way: str, *, in_time: int, late: int = 0) -> None:
    """At the unit so many applicants, promised an answer in March and answered in time, or the day after."""
    need = Assignment.objects.get(pk=example.first.pk)
    copies = Assignment.objects.bulk_create(
        copy_of(need, form_key=None, unit=unit, contribution=way, answer_by=date(2026, 3, 31))
        for _each in range(in_time + late)
    )
    one = need.applications.order_by("pk").first()
    open_all(one)
    Application.objects.bulk_create(
        copy_of(one, assignment=each, answered_at=at(3, 31) if number < in_time else at(4, 1))
        for number, each in enumerate(copies)
    )


def test_to_pass_on_the_shares_by_way_are_told_when_no_month_hides_anything(example):
    """Research at the clinic: fifteen of twenty in time. Workshops and education at the ward: ten and two, all in
    time. The two are not told, nor the ten, by which one would have them."""
    Assignment.objects.update(**ANSWERED_BEFORE)
    answered_at(example, example.clinic, "research", in_time=15, late=5)
    answered_at(example, example.ward, "workshop", in_time=10)
    answered_at(example, example.ward, "education", in_time=2)
    for month in range(1, 12):
        make_month(date(2026, month, 1))
    assert example.shared()["ways"]["Tid och andelar"] == []  # December is not frozen yet
    make_month(date(2026, 12, 1))
    found = example.shared()
    assert [row[0::2][:2] for row in found["units"]["Tid och andelar"]] == [["Avdelningen", 100], ["Kliniken", 75]]
    (row,) = found["ways"]["Tid och andelar"]
    assert row == ["Forskning", "visas inte", 75, "visas inte"]


def test_to_pass_on_no_share_by_way_is_told_of_a_year_with_a_month_that_hides_something(example):
    Assignment.objects.update(**ANSWERED_BEFORE)
    answered_at(example, example.clinic, "research", in_time=15, late=5)
    for month in range(1, 13):
        hidden = [Counted(example.ward.pk, ("in_time", "chosen"), 3)] if month == 6 else []
        make_month(date(2026, month, 1), answered=hidden)
    found = example.shared()
    assert [row[0::2][:2] for row in found["units"]["Tid och andelar"]] == [["Kliniken", 75]]
    assert found["ways"]["Tid och andelar"] == []


def files_of(example, *, is_shared: bool) -> tuple[list[list[object]], str]:
    """The rows of the workbook's sheet by unit, and all that the paper says."""
    page = year_page(example.group, YEAR, is_shared=is_shared, years=range(2025, 2028), today=NEXT_MARCH)
    book = load_workbook(io.BytesIO(as_xlsx(sheets(page))))
    pdf = make_pdf("statistics/month", paper(page, at(3, 1, 2027)), title="Året", at=midnight(NEXT_MARCH))
    return [[cell.value for cell in row] for row in book["Efter enhet"].rows], " ".join(text_of(pdf).split())


def test_workbook_and_paper_tell_the_median_and_the_shares_by_unit(example):
    rows, text = files_of(example, is_shared=False)
    assert [row[:4] for row in rows if row[0] == "Kliniken"] == [
        ["Kliniken", 1, 1, 40], ["Kliniken", 2, 2, 100], ["Kliniken", 1, 1, 100], ["Kliniken", 2, 1, 50],
    ]  # fmt: skip
    assert "Avdelningen 2 1 100 Kliniken 1 1 40" in text
    assert "Avdelningen 1 0 0 Kliniken 2 2 100" in text
    chosen_at(example, example.clinic, [5, 6, 7, 8, 9, 35, 36, 37, 38, 39], "research")
    chosen_at(example, example.ward, [50, 51, 52, 53, 54, 110, 120, 130, 140], "education")
    rows, text = files_of(example, is_shared=True)
    assert ["Kliniken", 35, "visas inte", "visas inte"] in rows
    assert "Avdelningen 77 visas inte visas inte Kliniken 35 visas inte visas inte" in text
