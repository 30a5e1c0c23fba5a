"""Who is missing: the rule, and what it says of a group."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskapa.cocreate.coverage.domain import Band, Fact, Sex, Standing, gaps_of
from samskapa.cocreate.coverage.domain.missing import CLEARLY_UNDER
from samskapa.cocreate.coverage.queries import missing
from samskapa.cocreate.coverage.queries.page import page_now
from samskapa.cocreate.coverage.queries.wording import gap_rows, gap_sentence
from samskapa.cocreate.coverage.services import choose_measured
from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.models import Member
from samskapa.ground.organisations.models import Node
from tests.factories.coverage import (
    COUNTY,
    TOWN,
    VILLAGE,
    ages_one_by_one,
    make_places,
    make_population,
    many_members,
)
from tests.factories.organisations import NOW
from tests.factories.pool import make_group


@settings(max_examples=300)
@given(st.integers(0, 60), st.integers(1, 60), st.fractions(0, 1))
def test_so_many_more_reach_the_share_and_one_fewer_does_not(here, known, share):
    here = min(here, known)
    gaps = gaps_of([Standing("age", "18-29", "", here, share)], known)
    expected = share * known
    assert bool(gaps) == (here < CLEARLY_UNDER * expected and expected - here >= 1)
    for gap in gaps:
        assert gap.needed >= 1
        if share < 1:
            assert Fraction(here + gap.needed, known + gap.needed) >= share
            assert Fraction(here + gap.needed - 1, known + gap.needed - 1) < share


def test_without_a_figure_only_whoever_nobody_stands_for():
    standings = [Standing("language", "fi", "", 0), Standing("language", "sv", "", 3), Standing("as", "x", "", 0)]
    assert [gap.part for gap in gaps_of(standings, 3)] == ["fi", "x"]
    assert gaps_of(standings, 0) == []
    assert gaps_of([Standing("gender", "other", "", 0, may_be_zero=True)], 3) == []


@pytest.mark.django_db
def test_young_people_are_named_first_and_every_figure_has_its_year():
    region, town, _village = make_places()
    group, by = make_group(region)
    many_members(group, 8, {"age": "65-79", "gender": "woman", "municipality": town})
    many_members(group, 2, {"age": "30-49", "gender": "man", "municipality": town})
    many_members(group, 30, {"age": "18-29", "status": Status.INTERESTED, "contact": None})  # cannot be asked yet
    make_population(ages_one_by_one(COUNTY))
    everybody = Band(0, None)
    make_population([Fact(TOWN, everybody, Sex.ALL, 600), Fact(VILLAGE, everybody, Sex.ALL, 400)], year=2024)
    choose_measured(group, [], based_on=0, by=by, now=NOW)
    gaps = missing(group)
    assert [(gap.feature, gap.part, gap.here, gap.known, gap.needed, gap.year) for gap in gaps] == [
        ("age", "18-29", 0, 10, 2, 2025),
        ("age", "80-", 0, 10, 4, 2025),
        ("age", "50-64", 0, 10, 3, 2025),
        ("gender", "man", 2, 10, 6, 2025),
        ("municipality", VILLAGE, 0, 10, 7, 2024),
    ]
    assert gaps[0].is_young
    assert gaps[0].share == Fraction(12, 83)
    assert gap_sentence(gaps[0]).startswith("18 till 29 år: 0 av 10")
    assert gaps == page_now(group, NOW).gaps
    # What is missing leads to whom one looks for, where the plan knows of such.
    assert [[key for key, _name in row.audiences] for row in gap_rows(gaps)] == [
        ["young_adults"], ["oldest"], ["middle"], ["men"], ["municipality"],
    ]  # fmt: skip


@pytest.mark.django_db
def test_with_the_shipped_kind_of_figures_the_young_are_still_looked_for():
    region, _town, _village = make_places()
    group, by = make_group(region, lowest_age=16)
    many_members(group, 10, {"age": "50-64"})
    bands = [Band(0, 54), Band(55, 64), Band(65, 79), Band(80, None)]
    make_population([Fact(COUNTY, band, sex, 100) for band in bands for sex in (Sex.WOMAN, Sex.MAN)], year=2018)
    choose_measured(group, ["language"], based_on=0, by=by, now=NOW)
    gaps = [gap for gap in missing(group) if gap.feature == "age"]
    assert [(gap.part, gap.share, gap.is_at_least, gap.year) for gap in gaps] == [
        ("16-17", None, False, None),
        ("18-29", None, False, None),
        ("65-79", Fraction(1, 4), True, 2018),
        ("80-", Fraction(1, 4), True, 2018),
        ("30-49", None, False, None),
    ]


@pytest.mark.django_db
def test_what_the_group_measures_and_what_nobody_has_said():
    region, _town, _village = make_places()
    group, by = make_group(region)
    many_members(group, 5, tags={"language": ["sv", "fi"]})
    many_members(group, 3)
    choose_measured(group, ["language"], based_on=0, by=by, now=NOW)
    languages = {gap.part for gap in missing(group) if gap.feature == "language"}
    assert not languages & {"sv", "fi"}
    assert "smi" in languages
    page = page_now(group, NOW)
    table = next(table for table in page.tables if table.key == "language")
    rows = {str(row.label): row.numbers[0][1] for row in table.rows}
    assert (rows["Finska"].words, rows["Finska"].share) == ("5", "100\xa0%")
    assert (rows["Har inte sagt"].words, rows["Har inte sagt"].share) == ("3", "38\xa0%")
    assert table.year is None
    assert "Samiska" in table.nobody
    assert "Finska" not in table.nobody
    said = [row.sentence for row in gap_rows(missing(group)) if row.sentence.startswith("Språk")]
    assert len(said) == 1
    (row,) = [row for row in gap_rows(missing(group)) if row.sentence in said]
    assert [key for key, _name in row.audiences] == ["language", "disability"]


@pytest.mark.django_db
def test_nobody_is_missed_by_a_group_of_whom_nothing_is_known():
    region, _town, _village = make_places()
    group, _by = make_group(region)
    make_population(ages_one_by_one(COUNTY))
    assert missing(group) == ()
    assert Node.objects.filter(pk=region.pk).exists()
    assert Member.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("number", [3, 300])
def test_it_costs_the_same_however_many(number, django_assert_num_queries):
    region, _town, _village = make_places()
    group, _by = make_group(region)
    many_members(group, number, tags={"language": ["sv"]})
    make_population([*ages_one_by_one(COUNTY), *ages_one_by_one(TOWN)])
    with django_assert_num_queries(6):
        missing(group)
