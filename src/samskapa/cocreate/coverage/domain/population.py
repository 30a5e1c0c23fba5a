"""A table of the population, as Statistics Sweden's database (SCB, Statistikdatabasen) hands it out. Pure.

Layouts that are read: a column for the region ("0114 Upplands Väsby"), one for the age ("0 år", "0-4 år", "100+ år"),
one for the sex ("män", "kvinnor"), the last two where there are any, and then either a column for each year ("2024",
"Folkmängd 2024") or one for the year and one for the number. Rows of sums ("totalt") are left out where the parts are
there. Seen in tables of the kind BE0101N1 (BefolkningNy); the layouts were not tried against the live service.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from .ages import Band


class Sex(StrEnum):
    """What population tables know of; what members answer has more parts (`pool.domain.Gender`)."""

    WOMAN = "woman"
    MAN = "man"
    ALL = ""


class Why(StrEnum):
    """Why a row cannot be taken in."""

    NO_AREA = "no_area"  # no county or municipality of that code
    NO_AGE = "no_age"
    NO_SEX = "no_sex"
    NO_YEAR = "no_year"
    NO_NUMBER = "no_number"
    TWICE = "twice"  # the same ages of the same place stand there already, or overlap
    NOT_BOTH = "not_both"  # women without men of the same ages, or the other way round


class NotPopulation(ValueError):
    """No such headings in the file: there must be a region, and a number for a year."""


@dataclass(frozen=True, slots=True)
class Fact:
    """So many people in an area, of these ages and that sex."""

    area: str
    band: Band
    sex: Sex
    number: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that is wrong. line: as a spreadsheet numbers it. said: the cell that it is about."""

    line: int
    why: Why
    said: str


@dataclass(slots=True)
class Parsed:
    """What a file says. tables: year -> its facts. faults: where there is one, nothing of the file is taken in.
    left_out: rows of the nation, of sums, of other measures, and of places that are not wanted."""

    tables: dict[int, list[Fact]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    left_out: int = 0


#: A line of a table: its number and its cells.
Row = tuple[int, Sequence[str]]

EVERYBODY = Band(0, None)
FIRST_YEAR, LAST_YEAR = 1900, 2199
#: The headings stand among the first lines; a title may stand above.
_LOOK_FOR_HEADINGS = 10
_REGION, _AGE, _SEX, _YEAR, _WHAT = "region", ("ålder", "age"), ("kön", "sex"), ("år", "year"), "tabellinnehåll"
_CODE = re.compile(r"(\d{2}|\d{4})\b")
_YEAR_IN = re.compile(r"(?:folkmängd|population)?\s*\b((?:19|20|21)\d\d)", re.IGNORECASE)
_ONE_AGE = re.compile(r"(\d{1,3})\s*(?:år)?", re.IGNORECASE)
_AGES = re.compile(r"(\d{1,3})\s*[-–]\s*(\d{1,3})\s*(?:år)?", re.IGNORECASE)
_AND_OLDER = re.compile(r"(\d{1,3})\s*(?:\+|-\s*w)\s*(?:år)?|(\d{1,3})\s*(?:år)?\s*(?:och äldre|-)", re.IGNORECASE)
_ALL_AGES = frozenset({"totalt ålder", "totalt", "samtliga", "samtliga åldrar", "total", "tot"})
_SEXES: Mapping[str, Sex] = {
    "män": Sex.MAN,
    "man": Sex.MAN,
    "men": Sex.MAN,
    "kvinnor": Sex.WOMAN,
    "kvinna": Sex.WOMAN,
    "women": Sex.WOMAN,
    "totalt": Sex.ALL,
    "totalt kön": Sex.ALL,
    "total": Sex.ALL,
    "män och kvinnor": Sex.ALL,
    "samtliga": Sex.ALL,
}


@dataclass(frozen=True, slots=True)
class _Columns:
    region: int
    age: int | None
    sex: int | None
    what: int | None
    year: int | None
    #: Column -> its year; where the year is a column of its own: the column of the number -> None.
    numbers: dict[int, int | None]


def read_population(rows: Iterable[Row], *, areas: Collection[str], within: str = "") -> Parsed:
    """What the file says, by year.

    areas: every code of a county or municipality. within: only places whose code begins so ("" for all). Raises
    NotPopulation.
    """
    lines = iter(rows)
    columns = _headings(lines)
    parsed, seen = Parsed(), {area: area for area in areas}
    found: dict[int, dict[tuple[str, Sex], dict[Band, tuple[int, int]]]] = defaultdict(lambda: defaultdict(dict))
    for number, cells in lines:
        _Line(number, cells, columns, parsed).read(seen, within, found)
    for year, by_area in sorted(found.items()):
        parsed.tables[year] = _table(by_area, parsed)
    return parsed


def _headings(lines: Iterable[Row]) -> _Columns:
    for at, (_number, cells) in enumerate(lines):
        names = [cell.strip().casefold() for cell in cells]
        if _REGION in names and (columns := _columns(names)):
            return columns
        if at >= _LOOK_FOR_HEADINGS:
            break
    raise NotPopulation


def _columns(names: list[str]) -> _Columns | None:
    def place(wanted: Collection[str]) -> int | None:
        return next((at for at, name in enumerate(names) if name in wanted), None)

    age, sex, year, what = place(_AGE), place(_SEX), place(_YEAR), place((_WHAT,))
    taken = {names.index(_REGION), age, sex, year, what}
    numbers: dict[int, int | None] = {}
    for at, name in enumerate(names):
        if at in taken or not name:
            continue
        if year is not None:
            numbers = numbers or {at: None}
        elif match := _YEAR_IN.fullmatch(name):
            numbers[at] = int(match[1])
    return _Columns(names.index(_REGION), age, sex, what, year, numbers) if numbers else None


class _Line:
    def __init__(self, number: int, cells: Sequence[str], columns: _Columns, parsed: Parsed) -> None:
        self.number, self.cells, self.columns, self.parsed = number, cells, columns, parsed

    def read(self, areas: Mapping[str, str], within: str, found) -> None:
        code = _CODE.match(self.cell(self.columns.region))
        what = self.cell(self.columns.what).casefold()
        if (code and code[1] == "00") or (what and not what.startswith(("folkmängd", "population"))):
            self.parsed.left_out += 1
            return
        area = areas.get(code[1]) if code else None
        if area is None:
            self.fault(Why.NO_AREA, self.cell(self.columns.region))
            return
        if not area.startswith(within):
            self.parsed.left_out += 1
            return
        band, sex = self._band(), self._sex()
        if band is None or sex is None:
            return
        for at, year in self.columns.numbers.items():
            year = year if year is not None else self._year()
            people = self._people(at)
            if year is None or people is None:
                return
            of = found[year][area, sex]
            if band in of:
                self.fault(Why.TWICE, self.cell(self.columns.age) or area)
                return
            of[band] = (people, self.number)

    def cell(self, at: int | None) -> str:
        return self.cells[at].strip() if at is not None and at < len(self.cells) else ""

    def fault(self, why: Why, said: str) -> None:
        self.parsed.faults.append(Fault(self.number, why, said[:80]))

    def _band(self) -> Band | None:
        text = self.cell(self.columns.age)
        if self.columns.age is None or text.casefold() in _ALL_AGES:
            return EVERYBODY
        if match := _AND_OLDER.fullmatch(text):
            return Band(int(match[1] or match[2]), None)
        if match := _AGES.fullmatch(text):
            if int(match[1]) <= int(match[2]):
                return Band(int(match[1]), int(match[2]))
        elif match := _ONE_AGE.fullmatch(text):
            return Band(int(match[1]), int(match[1]))
        self.fault(Why.NO_AGE, text)
        return None

    def _sex(self) -> Sex | None:
        if self.columns.sex is None:
            return Sex.ALL
        text = self.cell(self.columns.sex)
        sex = _SEXES.get(text.casefold())
        if sex is None:
            self.fault(Why.NO_SEX, text)
        return sex

    def _year(self) -> int | None:
        text = self.cell(self.columns.year)
        if re.fullmatch(r"\d{4}", text) and FIRST_YEAR <= int(text) <= LAST_YEAR:
            return int(text)
        self.fault(Why.NO_YEAR, text)
        return None

    def _people(self, at: int) -> int | None:
        text = self.cell(at)
        digits = re.sub(r"[\s\u00a0\u202f]", "", text)
        if digits.isascii() and digits.isdecimal() and len(digits) < 10:
            return int(digits)
        self.fault(Why.NO_NUMBER, text)
        return None


def _table(by_area: Mapping[tuple[str, Sex], dict[Band, tuple[int, int]]], parsed: Parsed) -> list[Fact]:
    """The facts of a year, without the sums of what stands there in parts."""
    facts: list[Fact] = []
    for area in sorted({area for area, _sex in by_area}):
        by_sex = {sex: _without_sum(by_area[area, sex], parsed) for sex in Sex if (area, sex) in by_area}
        if Sex.WOMAN in by_sex or Sex.MAN in by_sex:
            parsed.left_out += len(by_sex.pop(Sex.ALL, {}))
        overlaps = [fault for bands in by_sex.values() for fault in _overlaps(bands, area)]
        parsed.faults += overlaps
        if not overlaps and Sex.ALL not in by_sex:
            parsed.faults += _alone(by_sex, area)
        for sex, bands in by_sex.items():
            facts += [Fact(area, band, sex, number) for band, (number, _line) in sorted(bands.items(), key=_first)]
    return facts


def _first(item: tuple[Band, tuple[int, int]]) -> int:
    return item[0].youngest


def _without_sum(bands: dict[Band, tuple[int, int]], parsed: Parsed) -> dict[Band, tuple[int, int]]:
    if len(bands) > 1 and EVERYBODY in bands:
        parsed.left_out += 1
        return {band: value for band, value in bands.items() if band != EVERYBODY}
    return bands


def _alone(by_sex: Mapping[Sex, dict[Band, tuple[int, int]]], area: str) -> list[Fault]:
    """Women without men of the same ages, or the other way round."""
    women, men = by_sex.get(Sex.WOMAN, {}), by_sex.get(Sex.MAN, {})
    return [Fault((women.get(band) or men[band])[1], Why.NOT_BOTH, area) for band in set(women) ^ set(men)]


def _overlaps(bands: dict[Band, tuple[int, int]], area: str) -> list[Fault]:
    """Ages that stand in two rows: the later of them is named."""
    found: list[Fault] = []
    end: int | None = 0
    line_before = 0
    for band, (_number, line) in sorted(bands.items(), key=_first):
        if end is None or band.youngest < end:
            found.append(Fault(max(line, line_before), Why.TWICE, area))
        end, line_before = band.end, line
    return found
