"""What one row of a list says of a person: read with care, and with every doubt told. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from samskapa.cocreate.pool.domain import LOWEST_AGES, Age, Entry, Reach, Status, ages_from
from samskapa.cocreate.pool.domain.labels import LONGEST_LABEL
from samskapa.ground.people.domain import normal_address, visible_name

from .columns import Column, first_of


class Trouble(StrEnum):
    """Why a row is not taken in, or something in it is left out."""

    # The row is not taken in.
    NO_NAME = "no_name"
    NO_WAY = "no_way"  # neither e-mail, phone nor postal address
    TOO_YOUNG = "too_young"
    HAS_ENDED = "has_ended"  # the list itself says so
    HAS_LEFT = "has_left"  # the person has left the group
    NOT_FROM_HERE = "not_from_here"  # said of several reasons that are nobody's business
    NO_ROOM = "no_room"  # the group can have no more labels
    # The cell is left out.
    PERSONAL_NUMBER = "personal_number"
    FORMULA = "formula"
    WRONG = "wrong"
    NO_EMAIL = "no_email"
    NO_PHONE = "no_phone"
    NO_PLACE = "no_place"
    NO_AGE = "no_age"
    NO_WORD = "no_word"
    NO_CONTACT = "no_contact"  # nobody who runs the group, or more than one of that name
    # The cell is taken in, but not as it stands.
    CUT = "cut"

    @property
    def is_of_row(self) -> bool:
        return self in _OF_ROW


_OF_ROW = frozenset(
    {
        Trouble.NO_NAME,
        Trouble.NO_WAY,
        Trouble.TOO_YOUNG,
        Trouble.HAS_ENDED,
        Trouble.HAS_LEFT,
        Trouble.NOT_FROM_HERE,
        Trouble.NO_ROOM,
    }
)

#: Which column, from 0, and what. -1: the row as a whole.
Told = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Words:
    """What a cell is compared with. fixed: table of wording -> (words without case -> value). places, organisations:
    name without case -> id. lowest: the youngest that the group takes in. today: for years of birth. contacts: who runs
    the group, name or e-mail address without case -> id."""

    fixed: Mapping[str, Mapping[str, str]]
    places: Mapping[str, int]
    organisations: Mapping[str, int]
    lowest: int
    today: date
    contacts: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Read:
    """What a row says. entry: None where it cannot be taken in. told: everything that is to be said of it."""

    entry: Entry | None
    told: list[Told] = field(default_factory=list)


_EMAIL = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"']+\.[^@\s.,;<>\"']{2,}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()/-]{4,30}")
_ENDED = frozenset(
    ["avslutad", "avslutat", "slutat", "utträdd", "lämnat", "inaktiv", "avliden", "nej", "left", "ended", "inactive"]
)
_RESTS = frozenset(["vilar", "vilande", "paus", "pausad", "pausat", "tjänstledig", "resting", "paused"])
_PARTS = re.compile(r"\s*[;|\n]\s*")
#: Labels are the group's own words, in which there may be anything: a semicolon in one has a backslash before it.
_LABELS = re.compile(r"(?:\\.|[^;\n\\])+")
_SMALLER_PARTS = re.compile(r"\s*(?:[,/&+]|\boch\b|\bsamt\b|\band\b)\s*")
#: Column -> the table of its fixed words, and the column for what is none of them ("" where it is left out).
_SEVERAL: Mapping[Column, tuple[str, str]] = {
    Column.AS: ("as", ""),
    Column.CARE: ("care", "experience"),
    Column.CONTRIBUTION: ("contribution", "contribute_more"),
    Column.LANGUAGE: ("language", "languages_more"),
    Column.NEED: ("need", "needs_more"),
    Column.WHEN: ("when", "times_more"),
    Column.SPEAKS_FOR: ("speaks_for", ""),
}
_FREE = (
    Column.EXPERIENCE,
    Column.CONTRIBUTE_MORE,
    Column.LANGUAGES_MORE,
    Column.NEEDS_MORE,
    Column.TIMES_MORE,
    Column.ORGANISATION_NAME,
    Column.TRAINING,
)
#: The longest of what the form takes in one line (pool's forms); the rest may be as long as a cell is read.
_LONGEST = {"called": 150, "languages_more": 300, "times_more": 300, "organisation_name": 200, "reach_at": 300}


def read_row(cells: Sequence[str], faults: Iterable[Told], mapping: Sequence[str], words: Words) -> Read:
    """What the row says. faults: what was found when the file was read. mapping: what each column is, "" for what is
    left out."""
    return _Row(cells, mapping, words).read(faults)


class _Row:
    def __init__(self, cells: Sequence[str], mapping: Sequence[str], words: Words) -> None:
        self.cells, self.words = cells, words
        self.at = first_of(mapping)
        self.told: list[Told] = []
        self.values: dict[str, Any] = {}

    def read(self, faults: Iterable[Told]) -> Read:
        used = set(self.at.values())
        self.told += [(place, code) for place, code in faults if place in used]
        name, email, phone, address = self._name(), self._email(), self._phone(), self.cell(Column.ADDRESS)[:300]
        self._reach(email, phone, address)
        self._age()
        self._place()
        self._gender()
        for column in _FREE:
            if text := self.cell(column):
                self._put(column.value, text, self.at[column])
        self._organisation()
        for column, (table, rest) in _SEVERAL.items():
            self._several(column, table, rest)
        rests, note = self._rests(), self.cell(Column.NOTE)
        labels, contact = self._labels(), self._contact()
        if not name:
            self.tell(Trouble.NO_NAME)
        if "reach_by" not in self.values:
            self.tell(Trouble.NO_WAY)
        self._put("called", name, self.at.get(Column.NAME, -1))
        if any(Trouble(code).is_of_row for _place, code in self.told):
            return Read(None, self.told)
        entry = Entry(name[:150], email, phone, address, rests, self.values, note, labels=labels, contact_id=contact)
        return Read(entry, self.told)

    def cell(self, column: Column) -> str:
        place = self.at.get(column)
        return self.cells[place] if place is not None and place < len(self.cells) else ""

    def tell(self, trouble: Trouble, column: Column | None = None) -> None:
        self.told.append((self.at.get(column, -1) if column else -1, trouble.value))

    def _put(self, name: str, text: str, place: int) -> None:
        most = _LONGEST.get(name, len(text))
        if len(text) > most:
            self.told.append((place, Trouble.CUT.value))
        self.values[name] = text[:most].strip()

    def _name(self) -> str:
        whole = self.cell(Column.NAME) or f"{self.cell(Column.FIRST_NAME)} {self.cell(Column.LAST_NAME)}"
        return visible_name(whole)

    def _email(self) -> str:
        text = self.cell(Column.EMAIL).removeprefix("mailto:")
        if text and not (_EMAIL.fullmatch(text) and len(text) <= 254 and text.isprintable()):
            self.tell(Trouble.NO_EMAIL, Column.EMAIL)
            return ""
        return normal_address(text)

    def _phone(self) -> str:
        text = self.cell(Column.PHONE)
        if re.fullmatch(r"[1-9]\d{6,8}", text) and not self._said():
            text = f"0{text}"  # a spreadsheet took it for a number
        if _PHONE.fullmatch(text):
            return text
        if text and self._said() != Reach.PHONE:
            self.tell(Trouble.NO_PHONE, Column.PHONE)
        return ""

    def _said(self) -> str:
        """How the person wants to be reached, where the list tells it in words of ours."""
        return self.words.fixed["reach_by"].get(self.cell(Column.REACH).casefold(), "")

    def _reach(self, email: str, phone: str, address: str) -> None:
        """As the list says, where it also tells the address or number, in any words; else by what there is."""
        said = self._said()
        if said == Reach.PHONE:
            phone = phone or self.cell(Column.PHONE)[:300]
        ways = {Reach.EMAIL: email, Reach.PHONE: phone, Reach.LETTER: address}
        by = Reach(said) if said and ways[Reach(said)] else next((way for way, at in ways.items() if at), None)
        if by is not None:
            self.values |= {"reach_by": by.value, "reach_at": "" if by is Reach.EMAIL else ways[by]}

    def _age(self) -> None:
        column = Column.AGE if self.cell(Column.AGE) else Column.BIRTH
        text = self.cell(column)
        if not text:
            return
        band = self.words.fixed["age"].get(text.casefold(), "")
        if not band:
            years = _years(text) if column is Column.AGE else None
            years = _years_from_birth(text, self.words.today) if years is None else years
            if years is None or not 0 <= years <= 120:
                self.tell(Trouble.NO_AGE, column)
                return
            band = next((age.value for age in reversed(Age) if age.youngest <= years), "")
        if band not in ages_from(self.words.lowest):
            self.tell(Trouble.TOO_YOUNG, column)
        else:
            self.values["age"] = Age(band).value

    def _place(self) -> None:
        text = self.cell(Column.MUNICIPALITY).casefold()
        found = next((self.words.places[name] for name in _place_names(text) if name in self.words.places), None)
        if found:
            self.values["municipality_id"] = found
        elif text:
            self.tell(Trouble.NO_PLACE, Column.MUNICIPALITY)

    def _gender(self) -> None:
        text = self.cell(Column.GENDER).casefold()
        if found := self.words.fixed["gender"].get(text, ""):
            self.values["gender"] = found
        elif text:
            self.tell(Trouble.NO_WORD, Column.GENDER)

    def _organisation(self) -> None:
        text = self.cell(Column.ORGANISATION)
        if found := self.words.organisations.get(text.casefold()):
            self.values["organisation_id"] = found
        elif text and not self.values.get("organisation_name"):
            self._put("organisation_name", text, self.at[Column.ORGANISATION])

    def _several(self, column: Column, table: str, rest: str) -> None:
        text = self.cell(column)
        if not text:
            return
        known, other = _split(text, self.words.fixed[table].get)
        if known:
            self.values[table] = sorted(known)
        if other and not rest:
            self.tell(Trouble.NO_WORD, column)
        elif other:
            before = self.values.get(rest, "")
            self._put(rest, "\n".join(filter(None, [before, *other])), self.at[column])

    def _labels(self) -> tuple[str, ...]:
        """Each once, whatever its case."""
        found: dict[str, str] = {}
        for part in _LABELS.findall(self.cell(Column.LABEL)):
            name = " ".join(re.sub(r"\\(.)", r"\1", part).split())
            if len(name) > LONGEST_LABEL:
                self.tell(Trouble.CUT, Column.LABEL)
            if name := name[:LONGEST_LABEL].strip():
                found.setdefault(name.casefold(), name)
        return tuple(found.values())

    def _contact(self) -> int | None:
        text = self.cell(Column.CONTACT)
        found = self.words.contacts.get(text.casefold())
        if text and found is None:
            self.tell(Trouble.NO_CONTACT, Column.CONTACT)
        return found

    def _rests(self) -> bool:
        text = self.cell(Column.STATUS).casefold()
        said = self.words.fixed["status"].get(text, "")
        if text in _ENDED or said == Status.LEFT:
            self.tell(Trouble.HAS_ENDED, Column.STATUS)
        return text in _RESTS or said == Status.RESTING


def as_cell(labels: Iterable[str]) -> str:
    """Labels as one cell, as they are read."""
    return "; ".join(re.sub(r"([;\\])", r"\\\1", label) for label in labels)


def _split(text: str, value_of: Callable[[str, str], str]) -> tuple[set[str], list[str]]:
    """The fixed words in a cell, and the parts that are none."""
    known: set[str] = set()
    other = []
    for part in filter(None, _PARTS.split(text.strip())):
        found = value_of(part.casefold(), "")
        smaller = [value_of(each.casefold(), "") for each in _SMALLER_PARTS.split(part) if each]
        if found:
            known.add(found)
        elif smaller and all(smaller):
            known.update(smaller)
        else:
            known.update(filter(None, smaller))
            other.append(part)
    return known, other


def _years(text: str) -> int | None:
    """ "45", "45 år"; of "40-45" the first."""
    found = re.match(r"\s*(\d{1,3})(?!\d)", text)
    return int(found[1]) if found else None


def _years_from_birth(text: str, today: date) -> int | None:
    """From a year, or a day, of birth. Of whom only the year is known, and who reaches one of the ages where something
    else holds this year, the younger counts."""
    if day := re.fullmatch(r"(\d{4})-?(\d\d)-?(\d\d)", text):
        try:
            born = date(int(day[1]), int(day[2]), int(day[3]))
        except ValueError:
            return None
        return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if not re.fullmatch(r"\d{4}", text):
        return None
    years = today.year - int(text)
    return years - 1 if years in LOWEST_AGES else years


def _place_names(text: str) -> list[str]:
    """ "linköpings kommun" may stand as "linköping" too."""
    short = text.removesuffix("kommun").strip()
    return [text, short, short.removesuffix("s"), f"{short}s kommun", f"{short} kommun"] if text else []
