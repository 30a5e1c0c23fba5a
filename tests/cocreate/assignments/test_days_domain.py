"""Fixed days as people write them, and what a list of them may hold."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samskapa.cocreate.assignments.domain.days import (
    MOST_DAYS,
    DayAndHours,
    WrongDays,
    as_rows,
    check_days,
    from_rows,
)
from samskapa.cocreate.assignments.domain.parts import complete, from_json
from samskapa.cocreate.assignments.domain.reading_days import read_days
from samskapa.cocreate.assignments.forms.wording.days import wrong_days
from samskapa.ground.language.domain import write_day_and_hours

TODAY = date(2026, 11, 29)  # a Sunday
LAST = TODAY + timedelta(days=5 * 366)
THIRD = date(2026, 12, 3)
ONE, THREE = time(13), time(15)


def read(text: str):
    return read_days(text, today=TODAY, last=LAST)


@pytest.mark.parametrize(
    "line",
    [
        "3 december 2026 13-15",
        "3 december 13–15",
        "3 december, kl 13 – 15",
        "den 3 december kl. 13 till 15",
        "3:e december kl 13.00-15.00.",
        "2026-12-03 kl. 13.00-15.00",
        "2026-12-03 13:00-15:00",
        "20261203 13-15",
        "3/12 13-15",
        "03/12 2026 13-15",
        "3/12-26 13-15",
        "3/12/2026, 13-15",
        "3.12.2026 13-15",
        "tors 3 dec 13-15",
        "Torsdagen den 3 dec. mellan 13 och 15",
        "TORSDAG 3 DECEMBER 13-15",
        "- 3 dec kl.13-15,",
        "3 dec\u00a013\u202f–\u202f15",
        "Thursday 3 December 2026 13:00–15:00",
        "December 3rd, 2026 from 13 to 15",
        "3rd December at 13-15",
    ],
)
def test_a_day_is_read_in_the_ways_people_write_it(line):
    assert (read(line).days, read(line).wrong) == ([DayAndHours(THIRD, ONE, THREE)], [])


@pytest.mark.parametrize("line", ["3 dec", "3/12", "2026-12-03", "tors 3 dec, heldag", "3 december hela dagen"])
def test_a_day_may_stand_without_hours(line):
    assert read(line).days == [DayAndHours(THIRD)]


def test_without_a_year_it_is_the_next_such_day_and_today_is_one():
    assert [each.day for each in read("29 november\n28 november\n14 jan").days] == [
        TODAY,
        date(2027, 1, 14),
        date(2027, 11, 28),
    ]
    assert read("29 februari").days == [DayAndHours(date(2028, 2, 29))]


def test_a_line_of_several_days_is_several_and_empty_lines_are_nothing():
    found = read("\n3 dec 13-15, 14 jan 13-15; 4 dec\n\n   \n,\n")
    assert found.wrong == []
    assert found.days == [
        DayAndHours(THIRD, ONE, THREE),
        DayAndHours(date(2026, 12, 4)),
        DayAndHours(date(2027, 1, 14), ONE, THREE),
    ]


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("31 februari", "no_such_day", "den dagen finns inte."),
        ("2027-02-31 13-15", "no_such_day", "den dagen finns inte."),
        ("0000-12-03", "no_such_day", "den dagen finns inte."),
        ("3/13", "no_such_day", "den dagen finns inte."),
        ("3 december 9999", "far", "fredag 3 december 9999 är mer än fem år bort. Stämmer året?"),
        ("9999-12-03", "far", "fredag 3 december 9999 är mer än fem år bort. Stämmer året?"),
        ("2026-11-28", "past", "har redan varit."),
        ("3 december 2025 13-15", "past", "onsdag 3 december 2025 har redan varit."),
        ("3 dec 15-13", "ends_first", "den slutar innan den har börjat."),
        ("3 dec 13-13", "ends_first", "den slutar innan den har börjat."),
        ("3 dec kl 13", "no_end", "skriv också när det slutar, till exempel 13–15."),
        ("3 dec 22-24", "no_such_hour", "det klockslaget finns inte. Skriv klockslag mellan 0.00 och 23.59."),
        ("3 dec 13.60-15", "no_such_hour", "det klockslaget finns inte."),
        ("mån 3 december 2026", "weekday", "veckodagen stämmer inte, det är"),
        ("efter jul", "not_understood", "vi förstår inte vilken dag det är."),
        ("3 decembr 13-15", "not_understood", "Skriv till exempel 3 december 2026 13–15."),
        ("3 dec, efter jul", "not_understood", "vi förstår inte vilken dag det är."),
        ("tre tisdagar i mars", "not_understood", "vi förstår inte vilken dag det är."),
        ("3", "not_understood", "vi förstår inte vilken dag det är."),
        ("<script>alert(1)</script>", "not_understood", "vi förstår inte vilken dag det är."),
    ],
)
def test_what_cannot_stand_is_named_with_its_line_and_the_rest_is_read(line, code, says):
    found = read(f"4 december\n{line}\n5 december 9-12")
    assert [(wrong.number, wrong.text, wrong.code) for wrong in found.wrong] == [(2, line, code)]
    assert [each.day.day for each in found.days] == [4, 5]
    with translation.override("sv"):
        (said,) = wrong_days(found)
    assert said.startswith(f"Rad 2, ”{line}”: ")
    assert says in said


def test_the_same_day_twice_is_named_with_the_line_before_and_two_times_a_day_may_be():
    found = read("3 dec 13-15\n3 dec 9-11\n2026-12-03 13.00-16.00\n3 dec\ntors 3 dec")
    assert [(wrong.number, wrong.code, wrong.params) for wrong in found.wrong] == [
        (3, "twice", {"other": 1}),
        (5, "twice", {"other": 4}),
    ]
    assert [each.starts for each in found.days] == [None, time(9), ONE]
    with translation.override("sv"):
        assert wrong_days(found)[0] == "Rad 3, ”2026-12-03 13.00-16.00”: den börjar samma dag och tid som rad 1."


def test_five_hundred_lines_are_one_sentence_and_so_are_many_that_are_not_days():
    lines = "\n".join((TODAY + timedelta(days=number)).isoformat() for number in range(500))
    with translation.override("sv"):
        assert wrong_days(read(lines)) == [
            "Ni har skrivit 500 dagar. Det går att skriva högst 30. Skriv med ord när de andra är."
        ]
        said = wrong_days(read("\n".join(f"x{number}" for number in range(MOST_DAYS))))
    assert len(said) == 11
    assert said[-1] == "Och 20 rader till som vi inte förstår."


def test_a_very_long_line_is_repeated_cut():
    with translation.override("sv"):
        (said,) = wrong_days(read("å" * 9000))
    assert said.startswith(f"Rad 1, ”{'å' * 60}…”: ")


hours = st.times(min_value=time(0), max_value=time(23, 59)).map(lambda each: each.replace(second=0, microsecond=0))
days = st.dates(min_value=TODAY, max_value=LAST)
whole = st.builds(DayAndHours, days)
with_hours = st.builds(lambda day, one, other: DayAndHours(day, *sorted((one, other))), days, hours, hours).filter(
    lambda each: each.is_possible
)


@given(each=whole | with_hours, language=st.sampled_from(["sv", "en"]))
def test_what_the_house_writes_it_reads_again(each, language):
    written = write_day_and_hours(each.day, each.starts, each.ends, language=language, today=date.min)
    assert read(written).days == [each], written


@given(found=st.lists(whole | with_hours, max_size=MOST_DAYS, unique_by=lambda each: each.begins))
def test_days_are_kept_as_text_and_come_back_in_order(found):
    check_days(found)
    assert from_rows(as_rows(found)) == sorted(
        found, key=lambda each: (each.day, each.starts or time.min, each.ends or time.min)
    )


@given(text=st.text(max_size=400))
def test_whatever_is_written_is_read_or_named(text):
    found = read(text)
    check_days(found.days)
    wrong_days(found)


@pytest.mark.parametrize(
    "wrong",
    [
        [DayAndHours(THIRD, THREE, ONE)],
        [DayAndHours(THIRD, ONE, ONE)],
        [DayAndHours(THIRD, ONE, None)],
        [DayAndHours(THIRD, None, ONE)],
        [DayAndHours(THIRD), DayAndHours(THIRD)],
        [DayAndHours(THIRD, ONE, THREE), DayAndHours(THIRD, ONE, time(14))],
        [DayAndHours(TODAY + timedelta(days=number)) for number in range(MOST_DAYS + 1)],
    ],
)
def test_no_assignment_has_days_that_cannot_be(wrong):
    with pytest.raises(WrongDays):
        complete("time", {"occasions": 1, "days": as_rows(wrong)})


def test_the_first_of_the_days_is_the_first_day_whatever_else_was_said():
    rows = as_rows([DayAndHours(date(2027, 1, 14)), DayAndHours(THIRD, ONE, THREE)])
    values = complete("time", {"occasions": 2, "days": list(reversed(rows)), "starts_on": date(2027, 5, 1)})
    assert (values["starts_on"], values["days"]) == (THIRD, rows)


def test_a_revision_from_before_there_were_days_can_stand_again():
    old = from_json({"occasions": 3, "minutes_each": 90, "starts_on": "2027-01-05"})
    assert complete("time", old) == {
        "occasions": 3,
        "minutes_each": 90,
        "reading_minutes": None,
        "when_text": "",
        "days": [],
        "starts_on": date(2027, 1, 5),
    }
