"""Tables that people send, as lines of plain texts: CSV as it is written anywhere in Sweden, and workbooks (XLSX).

Nothing in a file is run, fetched or believed: a formula is no text, links to other files are not followed, and a
workbook is unpacked only when it says how much is in it, and then no further than that. Pure.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from .uploads import Kind, NotClean, NotReadable

#: The most lines, columns and letters of a cell that are read. Columns beyond are left out; a longer cell is cut off,
#: and says so.
MOST_LINES, MOST_COLUMNS, MOST_LETTERS = 100_000, 60, 4000
#: The last line that a workbook may have; more is no workbook.
LAST_LINE = 1_048_576
#: Bytes of a workbook's parts together, unpacked, and of the words that its cells share, which are held in memory.
MOST_UNPACKED, MOST_SHARED = 400_000_000, 80_000_000
_CHUNK = 256 * 1024
#: What a spreadsheet takes for the beginning of a formula, behind any number of the apostrophes that hinder it.
_HINDERED = re.compile(r"'+[=+\-@\t\r]")
_SEPARATORS = ";\t,"
csv.field_size_limit(2_000_000)  # one for the whole process: a quotation mark that is never closed ends here


class TooMuchInside(NotClean):
    """A workbook that unpacks to more than anybody's list: it is not unpacked."""


class TooManyLines(NotClean):
    """More than MOST_LINES."""


class NotATable(NotClean):
    """Neither a workbook (XLSX) nor a text of lines and columns."""


class Fault(StrEnum):
    """Why a cell is not as it stands in the file."""

    FORMULA = "formula"  # not read at all
    WRONG = "wrong"  # the spreadsheet itself says that it is wrong (#REF!)
    CUT = "cut"  # longer than MOST_LETTERS


@dataclass(slots=True)
class Line:
    """A line of the table. number: as the spreadsheet numbers it, from 1. faults: column, from 0 -> what was done."""

    number: int
    cells: list[str]
    faults: dict[int, Fault] = field(default_factory=dict)


def as_text(content: bytes) -> str:
    """A text in UTF-8 or UTF-16, with or without a mark, or in Windows' or ISO's Latin letters. Raises NotATable."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        if _zeros(content[1:400:2]):
            return content.decode("utf-16-le")
        if _zeros(content[0:400:2]):
            return content.decode("utf-16-be")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\0" in content:
        raise NotATable
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:  # five of its bytes stand for nothing
        return content.decode("latin-1")


def _zeros(every_other: bytes) -> bool:
    """Western text in UTF-16 has a zero in every other byte."""
    return len(every_other) > 1 and every_other.count(0) > 0.4 * len(every_other)


def check_workbook(content: bytes) -> None:
    """Look at how much is in a workbook before it is unpacked, and then at each part, a piece at a time: as much as it
    says, and no document types, by which a few bytes become many. Raises TooMuchInside, NotReadable."""
    try:
        with ZipFile(io.BytesIO(content)) as box:
            parts = box.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED or any(
                part.file_size > MOST_SHARED for part in parts if part.filename.endswith("sharedStrings.xml")
            ):
                raise TooMuchInside
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _look_through(box, part)
    except (BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError, EOFError) as problem:
        raise NotReadable from problem


def _look_through(box: ZipFile, part: Any) -> None:
    size, end = 0, b""
    with box.open(part) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > part.file_size:
                raise TooMuchInside
            # A zero would be another alphabet, in which the mark is written otherwise.
            if b"<!DOCTYPE" in end + piece or b"<!ENTITY" in end + piece or b"\0" in piece:
                raise NotReadable
            end = piece[-16:]


def lines_of(content: bytes, kind: Kind) -> Iterator[Line]:
    """Every line that holds something, the headings first.

    content: a text in UTF-8, or a workbook that `check_workbook` has let through, whose first sheet with anything in
    it counts. Raises NotATable, NotReadable, TooManyLines, where it has come so far.
    """
    found = _of_workbook(content) if kind is Kind.XLSX else _of_text(content.decode("utf-8"))
    for count, line in enumerate(found):
        if count > MOST_LINES:  # the headings are one more
            raise TooManyLines
        yield line


def _of_text(text: str) -> Iterator[Line]:
    first, _end, rest = text.partition("\n")
    separator = ""
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # what Excel writes to itself
        separator, text = first.strip()[-1], rest
    offset = 1 if separator else 0
    # Where an entry spans lines the spreadsheet counts it as one, and so do we.
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator or _separator_of(text))
    try:
        for number, row in enumerate(rows, start=1 + offset):
            line = Line(number, [])
            for column, cell in enumerate(row[:MOST_COLUMNS]):
                line.cells.append(_from_csv(cell, column, line.faults))
            if any(line.cells) or line.faults:
                yield line
    except csv.Error as problem:
        raise NotReadable from problem


def _separator_of(text: str) -> str:
    """Which of them divides the headings into most; the semicolon where none does."""
    headings = next((line for line in io.StringIO(text) if line.strip()), "")
    outside = re.sub(r'"[^"]*"', "", headings)
    return max(_SEPARATORS, key=outside.count)


def _from_csv(cell: str, column: int, faults: dict[int, Fault]) -> str:
    text = cell.strip()
    if text.startswith("="):
        faults[column] = Fault.FORMULA
        return ""
    return _short(text[1:] if _HINDERED.match(text) else text, column, faults)


def _short(text: str, column: int, faults: dict[int, Fault]) -> str:
    if len(text) <= MOST_LETTERS:
        return text
    faults[column] = Fault.CUT
    return text[:MOST_LETTERS].rstrip()


def _of_workbook(content: bytes) -> Iterator[Line]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False, keep_vba=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what it says of its size is not believed
            has_any = False
            for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
                if number > LAST_LINE:
                    raise NotReadable
                line = _line(number, row)
                if line.cells or line.faults:
                    has_any = True
                    yield line
            if has_any:
                break
    except NotClean:
        raise
    except Exception as problem:  # a broken file makes the library raise whatever it comes upon
        raise NotReadable from problem


def _line(number: int, row: Iterable[Any]) -> Line:
    line = Line(number, [])
    for column, cell in enumerate(row):
        value = cell.value
        if value is None:
            line.cells.append("")
        elif isinstance(value, str):
            line.cells.append(_from_sheet(value, cell.data_type, column, line.faults))
        else:
            line.cells.append(_said(value))
    while line.cells and not line.cells[-1]:
        line.cells.pop()
    return line


def _from_sheet(value: str, data_type: str, column: int, faults: dict[int, Fault]) -> str:
    if data_type in ("f", "e"):
        faults[column] = Fault.FORMULA if data_type == "f" else Fault.WRONG
        return ""
    return _short(value.strip(), column, faults)


def _said(value: Any) -> str:
    """A number, day or yes as one would have typed it."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value).replace(".", ",")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, int) else ""
