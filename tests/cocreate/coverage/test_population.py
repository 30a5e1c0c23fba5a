"""Tables of the population: what is read of SCB's files, what is refused, and what ages can be compared."""

from __future__ import annotations

from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from samskapa.cocreate.coverage.domain import (
    Band,
    Fact,
    NothingRead,
    NotPopulation,
    Sex,
    Why,
    read_population,
    segments,
)
from samskapa.cocreate.coverage.domain.ages import covers_from
from samskapa.cocreate.coverage.models import PopulationFact, PopulationTable
from samskapa.cocreate.coverage.queries.population import municipalities_of, population_of
from samskapa.cocreate.coverage.services import load_shipped, remove_table, take_in, take_in_file
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.documents.domain import lines_of
from samskapa.ground.documents.forms import table_received
from tests.factories.coverage import COUNTY, TOWN, VILLAGE, ages_one_by_one, make_places, make_population
from tests.factories.organisations import NOW

AREAS = {"01", "0114", "0115", "0180"}


def rows_of(text: str, encoding: str = "utf-8"):
    file = table_received("tabell.csv", text.encode(encoding), most_bytes=1_000_000)
    return [(line.number, line.cells) for line in lines_of(file.content, file.kind)]


def read(text: str, *, encoding: str = "utf-8", within: str = ""):
    return read_population(rows_of(text, encoding), areas=AREAS, within=within)


# --- what is read ---------------------------------------------------------------------------------

LAYOUTS = [
    "region;ålder;kön;2023;2024\n0114 Upplands Väsby;0-4 år;män;1400;1500\n"
    "0114 Upplands Väsby;0-4 år;kvinnor;1300;1 350\n",
    '"region","ålder","kön","Folkmängd 2023","Folkmängd 2024"\n"0114 Upplands Väsby","0-4 år","män",1400,1500\n'
    '"0114 Upplands Väsby","0-4 år","kvinnor",1300,1350\n',
    "Region\tÅlder\tKön\tÅr\tFolkmängd\n0114\t0–4\tman\t2023\t1400\n0114\t0–4\tkvinna\t2023\t1300\n"
    "0114\t0–4\tman\t2024\t1500\n0114\t0–4\tkvinna\t2024\t1350\n",
    '"Folkmängd efter region, ålder, kön och år"\n\n"region";"ålder";"kön";"tabellinnehåll";"2023";"2024"\n'
    '"00 Riket";"0-4 år";"män";"Folkmängd";"9";"9"\n'
    '"0114 Upplands Väsby";"0-4 år";"män";"Folkmängd";"1400";"1500"\n'
    '"0114 Upplands Väsby";"0-4 år";"män";"Folkökning";"3";"-7"\n'
    '"0114 Upplands Väsby";"0-4 år";"kvinnor";"Folkmängd";"1300";"1350"\n',
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
@pytest.mark.parametrize("text", LAYOUTS)
def test_the_layouts_of_the_statistics_office_say_the_same(text, encoding):
    if "–" in text and encoding == "latin-1":
        encoding = "cp1252"
    parsed = read(text, encoding=encoding)
    band = Band(0, 4)
    assert parsed.faults == []
    assert parsed.tables == {
        2023: [Fact("0114", band, Sex.WOMAN, 1300), Fact("0114", band, Sex.MAN, 1400)],
        2024: [Fact("0114", band, Sex.WOMAN, 1350), Fact("0114", band, Sex.MAN, 1500)],
    }


def test_ages_in_each_way_of_writing():
    text = "region;ålder;2024\n0180 Stockholm;0 år;1\n0180 Stockholm;1-84 år;2\n0180 Stockholm;85-99 år;3\n"
    parsed = read(text + "0180 Stockholm;100+ år;4\n0180 Stockholm;totalt ålder;10\n")
    found = [(fact.band, fact.number) for fact in parsed.tables[2024]]
    assert found == [(Band(0, 0), 1), (Band(1, 84), 2), (Band(85, 99), 3), (Band(100, None), 4)]
    assert (parsed.faults, parsed.left_out) == ([], 1)


def test_only_the_places_one_may_take_in():
    parsed = read("region;2024\n00 Riket;9\n01 Stockholms län;5\n0114 Upplands Väsby;3\n", within="0114")
    assert parsed.tables == {2024: [Fact("0114", Band(0, None), Sex.ALL, 3)]}
    assert parsed.left_out == 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("9999 Ingenstans;0 år;män;1", Why.NO_AREA),
        ("0114 Upplands Väsby;barn;män;1", Why.NO_AGE),
        ("0114 Upplands Väsby;9-5 år;män;1", Why.NO_AGE),
        ("0114 Upplands Väsby;0 år;alla möjliga;1", Why.NO_SEX),
        ("0114 Upplands Väsby;0 år;män;..", Why.NO_NUMBER),
        ("0114 Upplands Väsby;0 år;män;-3", Why.NO_NUMBER),
        ("0114 Upplands Väsby;5 år;män;1", Why.TWICE),
        ("0114 Upplands Väsby;3-8 år;män;1", Why.TWICE),
        ("0114 Upplands Väsby;20 år;män;1", Why.NOT_BOTH),
    ],
)
def test_a_wrong_row_is_named_by_its_number(row, why):
    good = "0114 Upplands Väsby;5 år;män;1\n0114 Upplands Väsby;5 år;kvinnor;1\n"
    parsed = read(f"region;ålder;kön;2024\n{good}{row}\n")
    assert [(fault.line, fault.why) for fault in parsed.faults] == [(4, why)]


@pytest.mark.parametrize("text", ["namn;2024\nKim;3\n", "region;ålder\n0114;3\n", "bara ord\n", "region;antal\n01;5\n"])
def test_another_table_is_no_population(text):
    with pytest.raises(NotPopulation):
        read(text)


bands = st.lists(st.integers(0, 105), min_size=1, max_size=8, unique=True).map(
    lambda edges: [
        Band(start, end - 1 if end else None)
        for start, end in zip(sorted(edges), [*sorted(edges)[1:], None], strict=True)
    ]
)


@settings(max_examples=60, deadline=None)
@given(bands, st.booleans(), st.integers(0, 10**8), st.sampled_from(";,\t"))
def test_what_is_written_is_what_is_read(ages, has_sex, number, separator):
    facts = [
        Fact("0180", band, sex, number + at)
        for sex in ((Sex.WOMAN, Sex.MAN) if has_sex else (Sex.ALL,))
        for at, band in enumerate(ages)
    ]
    words = {Sex.WOMAN: "kvinnor", Sex.MAN: "män", Sex.ALL: "totalt"}
    lines = [separator.join(["region", "ålder", "kön", "2024"])]
    for fact in facts:
        oldest = fact.band.oldest
        age = f"{fact.band.youngest}+ år" if oldest is None else f"{fact.band.youngest}-{oldest} år"
        lines.append(separator.join(["0180 Stockholm", age, words[fact.sex], str(fact.number)]))
    parsed = read("\n".join(lines))
    assert parsed.faults == []
    assert sorted(parsed.tables[2024], key=repr) == sorted(facts, key=repr)


# --- ages -----------------------------------------------------------------------------------------

MINE = [Band(18, 29), Band(30, 49), Band(50, 64), Band(65, 79), Band(80, None)]


def test_only_where_edges_meet():
    theirs = [Band(0, 54), *(Band(age, age + 4) for age in range(55, 100, 5)), Band(100, None)]
    assert [(s.youngest, s.end) for s in segments(MINE, theirs)] == [(65, 80), (80, None)]
    assert [(s.youngest, s.end) for s in segments(MINE, [Band(0, 17), Band(18, 49), Band(50, None)])] == [
        (18, 50),
        (50, None),
    ]
    assert segments(MINE, [Band(0, None)]) == []
    with_a_hole = [Band(18, 29), Band(40, 49), Band(50, 64)]
    assert [(s.youngest, s.end) for s in segments(MINE, with_a_hole)] == [(18, 30), (50, 65)]


@settings(max_examples=200)
@given(bands, bands)
def test_a_segment_is_whole_bands_of_both(mine, theirs):
    found = segments(mine, theirs)
    for segment in found:
        for own in (segment.mine, segment.theirs):
            assert own[0].youngest == segment.youngest
            assert own[-1].end == segment.end
            assert all(one.end == after.youngest for one, after in pairwise(own))
    used = [band for segment in found for band in segment.mine]
    assert len(used) == len(set(used))
    common = {b.youngest for b in mine} & {b.youngest for b in theirs}
    assert {s.youngest for s in found} == common  # both go on to the oldest


def test_whether_the_youngest_are_apart():
    assert covers_from([Band(0, 17), Band(18, None)], 18)
    assert not covers_from([Band(0, 19), Band(20, None)], 18)
    assert not covers_from([Band(0, 17), Band(18, 64)], 18)


# --- what is kept ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_shipped_figures_are_those_of_the_statistics_office():
    first = load_shipped(by=SYSTEM, now=NOW)
    assert [table.year for table in first] == [2018, 2024]
    assert load_shipped(by=SYSTEM, now=NOW) == []
    facts = PopulationFact.objects
    total = sum(facts.filter(table__year=2018).values_list("number", flat=True))
    assert total == 10_230_185  # Sweden, 31 December 2018
    towns = facts.filter(table__year=2024, area_code__regex=r"^\d{4}$")
    assert (towns.count(), sum(towns.values_list("number", flat=True))) == (290, 10_587_710)  # 31 December 2024
    known, found = population_of("01").ages(MINE, 18)
    assert known is not None
    assert [(s.youngest, s.end, known.year, known.with_children) for s in found] == [
        (65, 80, 2018, True),
        (80, None, 2018, True),
    ]


@pytest.mark.django_db
def test_a_newer_year_wins_and_each_question_has_its_own():
    make_places()
    make_population(ages_one_by_one(COUNTY, each=10), year=2023)
    make_population([Fact(COUNTY, Band(0, None), Sex.ALL, 5000)], year=2025)
    area = population_of(COUNTY)
    known, _found = area.ages(MINE, 18)
    assert known is not None
    assert (known.year, known.whole, known.with_children) == (2023, 83 * 20, False)
    make_population(ages_one_by_one(COUNTY, each=30), year=2024)
    sexes = population_of(COUNTY).sexes(18)
    assert sexes is not None
    assert (sexes.year, sexes.numbers, sexes.with_children) == (2024, {"woman": 83 * 30, "man": 83 * 30}, False)


@pytest.mark.django_db
def test_municipalities_come_from_one_table_so_that_they_can_be_added():
    make_places()
    everybody = Band(0, None)
    towns = [Fact(TOWN, everybody, Sex.ALL, 900), Fact(VILLAGE, everybody, Sex.ALL, 100)]
    make_population(towns, year=2024)
    make_population([Fact(TOWN, everybody, Sex.ALL, 950)], year=2025)
    known = municipalities_of(COUNTY, 18)
    assert known is not None
    assert (known.year, known.whole, known.with_children, known.numbers) == (
        2024,
        1000,
        True,
        {TOWN: 900, VILLAGE: 100},
    )
    make_population([*ages_one_by_one(TOWN, each=2), *ages_one_by_one(VILLAGE, each=1)], year=2025)
    grown = municipalities_of(COUNTY, 18)
    assert grown is not None
    assert (grown.year, grown.with_children, grown.numbers) == (2025, False, {TOWN: 332, VILLAGE: 166})


@pytest.mark.django_db
def test_all_of_a_file_or_nothing_and_the_same_once_more_is_nothing():
    make_places()
    text = f"region;2024\n{TOWN} Stads kommun;900\n"
    with pytest.raises(NothingRead):
        _take_in(text + f"{VILLAGE} Bys kommun;många\n")
    assert PopulationTable.objects.count() == 0
    (table,), _parsed = _take_in(text)
    assert _take_in(text)[0] == []
    assert (table.year, table.source, table.facts.get().number) == (2024, "SCB", 900)
    assert AuditEntry.objects.filter(action="coverage.population_taken_in").count() == 1
    remove_table(table, by=SYSTEM, now=NOW)
    remove_table(table, by=SYSTEM, now=NOW)
    assert PopulationFact.objects.count() == 0
    assert AuditEntry.objects.filter(action="coverage.population_removed").count() == 1


def _take_in(text: str, **more):
    file = table_received("tabell.csv", text.encode(), most_bytes=1_000_000)
    return take_in_file(file, source="SCB", by=SYSTEM, now=NOW, **more)


@pytest.mark.django_db
def test_the_database_refuses_what_no_table_can_say():
    table = make_population([Fact(COUNTY, Band(0, 9), Sex.ALL, 1)])
    for wrong in (
        {"youngest": 20, "oldest": 10, "sex": ""},
        {"youngest": 0, "oldest": 9, "sex": ""},
        {"youngest": 30, "oldest": None, "sex": "other"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PopulationFact.objects.create(table=table, area_code=COUNTY, number=1, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        take_in({1850: []}, source="SCB", by=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_the_command_takes_in_a_file_and_lists_what_is_wrong(tmp_path: Path):
    make_places()
    file = tmp_path / "tabell.csv"
    file.write_text(f"region;2024\n{TOWN} Stads kommun;många\n", encoding="utf-8")
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("take_in_population", str(file), source="SCB", stderr=errors)
    assert errors.getvalue() == "2: no_number många\n"
    file.write_text(f"region;2024\n00 Riket;1\n{TOWN} Stads kommun;900\n", encoding="utf-8")
    out = StringIO()
    call_command("take_in_population", str(file), source="SCB", stdout=out)
    assert out.getvalue() == "2024 taken in\n1 rows not needed\n"
    with pytest.raises(CommandError):
        call_command("take_in_population", str(tmp_path / "ingen.csv"), source="SCB")
    out = StringIO()
    call_command("load_population", stdout=out)
    assert out.getvalue() == "2 made\n"
