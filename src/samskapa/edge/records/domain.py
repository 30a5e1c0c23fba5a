"""When a decision of disposal may be carried out, what a diary file looks like, and how a request to read may be
answered. No Django."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum

from samskapa.ground.core.domain import Actor

#: How long what will be disposed of is shown before.
SHOWN_BEFORE = timedelta(days=30)
#: A document is exported when it is this old at least, so that a transaction that was still under way is not passed by.
SETTLED_AFTER = timedelta(minutes=5)
#: An export looks this far back before the last one, for what was written down late.
LOOKS_BACK = timedelta(days=30)

#: The columns of the file for the diary, in the order of OSL 5 kap. 2 §: date, number, from or to whom, about what.
COLUMNS = {
    "date": "Datum",
    "number": "Nummer",
    "way": "Riktning",
    "who": "Avsändare eller mottagare",
    "about": "Ärendemening",
    "kind": "Handlingstyp",
    "secrecy": "Sekretess att pröva",
}
#: In the file, which a Swedish diary reads: always Swedish.
WAYS = {"in": "Inkommen", "out": "Utgående", "made": "Upprättad"}
#: What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Outcome(StrEnum):
    """What is decided of a document that somebody asked to read."""

    WHOLE = "whole"
    PART = "part"
    REFUSED = "refused"


class NothingNew(Exception):
    """There is nothing that has not been exported."""


class NotDecided(Exception):
    """Some document of the request has no decision. `args[0]` is how many."""


class AnsweredAlready(Exception):
    """The request is answered: what was decided stands."""


def person_of(by: Actor) -> int:
    """Who acts: always a person. Raises LookupError for the system, which decides nothing here."""
    if by.person_id is None:
        raise LookupError(by.role)
    return by.person_id


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """One row of the file. date: YYYY-MM-DD, in Sweden. way: in, out or made."""

    date: str
    number: str
    way: str
    who: str
    about: str
    kind: str
    secrecy: str


def as_csv(lines: Iterable[DiaryLine]) -> bytes:
    """The file for a spreadsheet: UTF-8 with a mark at its beginning, semicolons, CR LF. What a spreadsheet would take
    for a formula begins with an apostrophe; a new line in a text becomes a space."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS.values())
    for line in lines:
        cells = asdict(line) | {"way": WAYS[line.way]}
        writer.writerow([_harmless(cells[name]) for name in COLUMNS])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(text: str) -> str:
    text = " ".join(text.split())
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_json(lines: Iterable[DiaryLine]) -> bytes:
    """The same for a program."""
    told = {"format": 1, "documents": [asdict(line) for line in lines]}
    return json.dumps(told, ensure_ascii=False, indent=2).encode()
