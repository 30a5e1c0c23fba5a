"""Dates, numbers and money as the reader's language writes them. Swedish time; no "yesterday", no "soon"."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

#: Care happens in Sweden: every moment is told in Swedish time, whatever the reader's own clock says.
STOCKHOLM = ZoneInfo("Europe/Stockholm")
#: The space that does not break: between a number and its unit.
FIXED_SPACE = "\u00a0"

#: Our languages as CLDR knows them. English is British: day before month, 24 hours.
_LOCALES = {"sv": "sv_SE", "en": "en_GB"}
_HOUR = {"sv": "kl. {:%H.%M}", "en": "at {:%H:%M}"}


class NoTimeZone(ValueError):
    """A moment without a time zone: nobody can say when it is."""


@lru_cache(maxsize=2048)  # the same days stand on many rows
def write_day(day: dt.date, *, language: str, today: dt.date) -> str:
    """`day` with weekday, "torsdag 10 december"; the year is added when it is not the year of `today`."""
    pattern = "EEEE d MMMM" if day.year == today.year else "EEEE d MMMM y"
    return format_date(day, pattern, locale=_locale(language))


def write_moment(moment: dt.datetime, *, language: str, today: dt.date) -> str:
    """`moment` in Swedish time, "torsdag 10 december kl. 13.00". Raises NoTimeZone for a naive moment."""
    if moment.tzinfo is None:
        raise NoTimeZone(f"{moment!r} has no time zone")
    local = moment.astimezone(STOCKHOLM)
    hour = _HOUR.get(language, _HOUR["sv"]).format(local)
    return f"{write_day(local.date(), language=language, today=today)} {hour}"


def write_day_and_hours(
    day: dt.date, starts: dt.time | None, ends: dt.time | None, *, language: str, today: dt.date
) -> str:
    """`day` as `write_day` has it, with hours where there are any: "torsdag 10 december kl. 13–15"."""
    written = write_day(day, language=language, today=today)
    if starts is None or ends is None:
        return written
    between = "{:%H:%M}–{:%H:%M}"
    if language != "en":
        between = "kl. {:%-H}–{:%-H}" if starts.minute == ends.minute == 0 else "kl. {:%-H.%M}–{:%-H.%M}"
    return f"{written} {between.format(starts, ends)}"


@lru_cache(maxsize=2048, typed=True)
def write_number(number: int | float | Decimal, *, language: str) -> str:
    """`number` with the language's decimal sign and groups of three: 1 234,5 or 1,234.5."""
    return _true_minus(format_decimal(number, locale=_locale(language)))


def write_kronor(ore: int, *, language: str) -> str:
    """An amount in öre as kronor: 53300 is "533 kr", 53350 is "533,50 kr". English says SEK 533."""
    pattern = "#,##0" if ore % 100 == 0 else "#,##0.00"
    amount = _true_minus(format_decimal(Decimal(ore) / 100, format=pattern, locale=_locale(language)))
    return f"SEK{FIXED_SPACE}{amount}" if language == "en" else f"{amount}{FIXED_SPACE}kr"


def _true_minus(written: str) -> str:
    """A minus sign, not a hyphen, so that it is seen and never left alone at the end of a line."""
    return written.replace("-", "\u2212")


def _locale(language: str) -> str:
    return _LOCALES.get(language, _LOCALES["sv"])
