"""The demo's days are ones that a clinic would choose, whatever day it is started."""

from datetime import date, timedelta

import pytest

from samskapa.edge.demo.domain import work_day, work_days


@pytest.mark.parametrize(
    ("day", "words", "moved"),
    [
        (date(2027, 3, 3), "", date(2027, 3, 3)),
        (date(2027, 3, 6), "", date(2027, 3, 8)),
        (date(2027, 3, 3), "tre tisdagseftermiddagar", date(2027, 3, 9)),
        (date(2026, 12, 25), "", date(2027, 1, 8)),
        (date(2026, 12, 19), "tre måndagar", date(2027, 1, 11)),
    ],
)
def test_a_day_moves_on_to_one_that_fits(day, words, moved):
    assert work_day(day, words) == moved


def test_every_day_of_a_year_finds_one():
    year = [date(2026, 11, 1) + timedelta(days=n) for n in range(365)]
    assert max(work_day(day, "varannan torsdag") - day for day in year) < timedelta(days=28)


def test_fixed_days_never_fall_on_the_same_day_however_they_are_moved():
    for first in (date(2026, 12, 1) + timedelta(days=n) for n in range(60)):
        found = work_days((first + timedelta(days=n) for n in (0, 7, 14)), "tre tisdagar")
        assert sorted(set(found)) == found
        assert {day.weekday() for day in found} == {1}
