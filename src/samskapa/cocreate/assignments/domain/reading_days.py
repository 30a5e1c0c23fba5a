"""Days as people write them ("3 december 13-15", "3/12", "tors 3 dec kl. 13.00-15.00"), one a line, read forgivingly.

Swedish and English months and weekdays are read in the same breath: who writes in one language may read in the other.
What is not certain is named, line by line, and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from .days import MOST_DAYS, DayAndHours, in_order

#: The longest way to the next 29 February: past a year like 2100 that has none.
_YEARS_ON = 9
_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february febr feb",
            "mars march mar",
            "april apr",
            "maj may",
            "juni june jun",
            "juli july jul",
            "augusti august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "måndagen måndag mån monday mon",
            "tisdagen tisdag tis tuesday tues tue",
            "onsdagen onsdag ons wednesday wed",
            "torsdagen torsdag tors tor thursday thurs thur thu",
            "fredagen fredag fre friday fri",
            "lördagen lördag lör saturday sat",
            "söndagen söndag sön sunday sun",
        )
    )
    for name in names.split()
}


def _any(names: Mapping[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


#: The ways to write a day. A year that is not written is the next one in which the day comes.
_DATE = "|".join(
    (
        r"(?P<y1>\d{4})[-/.]?(?P<m1>\d{2})[-/.]?(?P<d1>\d{2})",  # 2026-12-03
        # 3 december
        rf"(?P<d2>\d{{1,2}})(?::?[aeé]|st|nd|rd|th)?\.? ?(?P<w2>{_any(_MONTHS)})\b\.?(?:,? (?P<y2>\d{{4}}))?",
        rf"(?P<w3>{_any(_MONTHS)})\.? (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y3>\d{{4}}))?",  # December 3
        r"(?P<d4>\d{1,2})/(?P<m4>\d{1,2})(?:[-/ ](?P<y4>\d{4})|[-/](?P<s4>\d{2}))?",  # 3/12, 3/12-26
        r"(?P<d5>\d{1,2})\.(?P<m5>\d{1,2})\.(?P<y5>\d{4})",  # 3.12.2026
    )
)
_HOUR = r"(\d{1,2})(?:[.:](\d{2}))?"
_HOURS = (
    rf"(?:(?:kl|klockan|at|from|från|mellan|between)\.? ?)*{_HOUR}"
    rf"(?: ?(?:-|till|to|until|och|and) ?(?:kl\.? ?)?{_HOUR})?"
)
_LINE = re.compile(
    rf"(?:(?P<weekday>{_any(_WEEKDAYS)})\b[.,]? )?(?:den )?(?:{_DATE})"
    rf"(?:,? ?(?:hela dagen|heldag|all day)|,? (?P<hours>{_HOURS}))?"
)
_SIGNS = {ord(sign): "-" for sign in "‐‑‒–—−"} | {ord(sign): " " for sign in "\u00a0\u202f\u2009\t"}


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line, or a piece of one, that cannot stand. number: of the line, from 1. code: worded in forms/wording/days.py,
    with `params`."""

    number: int
    text: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadDays:
    """What was understood, in order, and what was not, in the order of the lines. many: days were written, more than an
    assignment can have; then no line is named."""

    days: list[DayAndHours]
    wrong: list[WrongLine]
    many: int = 0


class _Wrong(Exception):
    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def read_days(text: str, *, today: date, last: date) -> ReadDays:
    """The days in `text`. Without a year: the next time it comes, from `today` on. Beyond `last` it is a slip."""
    days: list[DayAndHours] = []
    wrong: list[WrongLine] = []
    begun: dict[Any, int] = {}
    pieces = list(_pieces(text))
    if len(pieces) > MOST_DAYS:
        return ReadDays([], [], many=len(pieces))
    for number, piece in pieces:
        try:
            each = _read(piece, today=today, last=last)
            if each.begins in begun:
                raise _Wrong("twice", other=begun[each.begins])
        except _Wrong as refused:
            wrong.append(WrongLine(number, piece, refused.code, refused.params))
            continue
        begun[each.begins] = number
        days.append(each)
    return ReadDays(in_order(days), wrong)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """(number of the line, what one day is read from). A line of nothing but several days is several."""
    for number, line in enumerate(text.splitlines(), start=1):
        line = " ".join(line.translate(_SIGNS).split()).lstrip("-*•·").strip(" .,;")
        if not line:
            continue
        parts = [part.strip(" .") for part in re.split("[,;]", line) if part.strip(" .")]
        if _match(line) is None and len(parts) > 1 and all(_match(part) for part in parts):
            yield from ((number, part) for part in parts)
        else:
            yield number, line


def _match(line: str) -> re.Match[str] | None:
    return _LINE.fullmatch(line.casefold())


def _read(line: str, *, today: date, last: date) -> DayAndHours:
    found = _match(line)
    if found is None:
        raise _Wrong("not_understood")
    day = _day(found, today)
    if day < today:
        raise _Wrong("past", day=day)
    if day > last:
        raise _Wrong("far", day=day)
    weekday = found["weekday"]
    if weekday and _WEEKDAYS[weekday] != day.weekday():
        raise _Wrong("weekday", day=day)
    starts, ends = _hours(found["hours"] or "")
    return DayAndHours(day, starts, ends)


def _day(found: re.Match[str], today: date) -> date:
    given = {name: value for name, value in found.groupdict().items() if value}

    def of(letter: str) -> str:
        return next((value for name, value in given.items() if name[0] == letter and name[1:].isdigit()), "")

    number, word, year = int(of("d")), of("w"), of("y") or ("20" + of("s") if of("s") else "")
    month = _MONTHS[word] if word else int(of("m"))
    if year:
        return _real(int(year), month, number)
    for later in range(_YEARS_ON):
        try:
            day = date(today.year + later, month, number)
        except ValueError:
            continue
        if day >= today:
            return day
    raise _Wrong("no_such_day")


def _real(year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError as wrong:
        raise _Wrong("no_such_day") from wrong


def _hours(text: str) -> tuple[time | None, time | None]:
    if not text:
        return None, None
    found = re.search(rf"{_HOUR}(?:\D+{_HOUR})?$", text)
    if found is None or found[3] is None:
        raise _Wrong("no_end")
    try:
        starts, ends = time(int(found[1]), int(found[2] or 0)), time(int(found[3]), int(found[4] or 0))
    except ValueError as wrong:
        raise _Wrong("no_such_hour") from wrong
    if starts >= ends:
        raise _Wrong("ends_first")
    return starts, ends
