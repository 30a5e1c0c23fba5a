"""Dates, numbers and money read as a Swede and as an Englishwoman would write them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from samskapa.ground.language import domain

TODAY = dt.date(2026, 11, 22)
UTC = dt.UTC


@pytest.mark.parametrize(
    ("language", "moment", "written"),
    [
        ("sv", dt.datetime(2026, 12, 10, 12, 0, tzinfo=UTC), "torsdag 10 december kl. 13.00"),
        ("en", dt.datetime(2026, 12, 10, 12, 0, tzinfo=UTC), "Thursday 10 December at 13:00"),
        ("sv", dt.datetime(2027, 3, 1, 8, 5, tzinfo=UTC), "måndag 1 mars 2027 kl. 09.05"),
        ("en", dt.datetime(2027, 3, 1, 8, 5, tzinfo=UTC), "Monday 1 March 2027 at 09:05"),
        # Summer time, and a moment that is another day (and another year) in Sweden than in London.
        ("sv", dt.datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "torsdag 2 juli kl. 00.30"),
        ("sv", dt.datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "fredag 1 januari 2027 kl. 00.30"),
        # Both hours that are called 02.30 in the night when the clocks go back.
        ("sv", dt.datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "söndag 25 oktober kl. 02.30"),
        ("sv", dt.datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "söndag 25 oktober kl. 02.30"),
    ],
)
def test_a_moment_is_told_in_swedish_time_and_the_readers_words(language, moment, written):
    assert domain.write_moment(moment, language=language, today=TODAY) == written


def test_a_moment_without_time_zone_is_refused():
    with pytest.raises(domain.NoTimeZone):
        domain.write_moment(dt.datetime(2026, 12, 10, 12, 0), language="sv", today=TODAY)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("language", "day", "written"),
    [
        ("sv", dt.date(2026, 12, 10), "torsdag 10 december"),
        ("en", dt.date(2026, 12, 10), "Thursday 10 December"),
        ("sv", dt.date(2025, 2, 8), "lördag 8 februari 2025"),
        ("en", dt.date(2025, 2, 8), "Saturday 8 February 2025"),
        ("de", dt.date(2026, 12, 10), "torsdag 10 december"),
    ],
)
def test_a_day_has_its_weekday_and_a_year_only_when_it_is_another(language, day, written):
    assert domain.write_day(day, language=language, today=TODAY) == written


@pytest.mark.parametrize(
    ("language", "number", "written"),
    [
        ("sv", 0, "0"),
        ("sv", 1234567, "1\u00a0234\u00a0567"),
        ("en", 1234567, "1,234,567"),
        ("sv", Decimal("1.5"), "1,5"),
        ("en", 1.5, "1.5"),
        ("sv", -3, "\u22123"),
    ],
)
def test_a_number_has_the_languages_signs(language, number, written):
    assert domain.write_number(number, language=language) == written


@pytest.mark.parametrize(
    ("language", "ore", "written"),
    [
        ("sv", 53300, "533\u00a0kr"),
        ("sv", 53350, "533,50\u00a0kr"),
        ("sv", 5, "0,05\u00a0kr"),
        ("sv", 123456700, "1\u00a0234\u00a0567\u00a0kr"),
        ("sv", 0, "0\u00a0kr"),
        ("en", 53300, "SEK\u00a0533"),
        ("en", 123450, "SEK\u00a01,234.50"),
        ("sv", -53300, "\u2212533\u00a0kr"),
    ],
)
def test_money_is_kept_in_ore_and_told_in_kronor(language, ore, written):
    assert domain.write_kronor(ore, language=language) == written


def test_the_filters_speak_the_active_language():
    this_year = timezone.now().year
    values = {
        "moment": dt.datetime(2025, 12, 10, 12, 0, tzinfo=UTC),
        "late": dt.datetime(2023, 12, 31, 23, 30, tzinfo=UTC),
        "date": dt.date(2025, 12, 10),
        "soon": dt.date(this_year, 6, 1),
        "n": 1234,
        "ore": 53300,
    }
    template = Template(
        "{% load reader %}{{ moment|when }}; {{ date|day }}; {{ late|day }}; {{ n|count }}; {{ ore|kronor }}"
    )
    with translation.override("sv"):
        assert template.render(Context(values)) == (
            "onsdag 10 december 2025 kl. 13.00; onsdag 10 december 2025; måndag 1 januari 2024; 1\u00a0234; 533\u00a0kr"
        )
        assert str(this_year) not in Template("{% load reader %}{{ soon|day }}").render(Context(values))
    with translation.override("en"):
        assert template.render(Context(values)) == (
            "Wednesday 10 December 2025 at 13:00; Wednesday 10 December 2025; "
            "Monday 1 January 2024; 1,234; SEK\u00a0533"
        )


@pytest.mark.parametrize("name", ["when", "day", "count", "kronor"])
@pytest.mark.parametrize("value", [None, ""])
def test_nothing_is_written_as_nothing(name, value):
    assert Template("{% load reader %}{{ value|" + name + " }}").render(Context({"value": value})) == ""


def test_zero_is_not_nothing():
    assert Template("{% load reader %}{{ 0|count }}").render(Context()) == "0"
