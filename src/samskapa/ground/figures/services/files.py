"""The figures as files: CSV for a program, a workbook for whoever counts on. PDF is the page's own sheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

#: What a spreadsheet would take for the beginning of a formula.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")
#: The longest name that a sheet may have, and the widest column we make.
_TITLE, _WIDEST = 31, 60
_BOLD = Font(bold=True)

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook. rows: the first is the heading. notes: sentences above the rows."""

    title: str
    rows: Sequence[Sequence[Cell]]
    notes: list[str]


def as_csv(rows: Iterable[Iterable[Cell]]) -> bytes:
    """UTF-8 with a mark at its beginning, semicolons, CR LF: what a Swedish spreadsheet opens. A text that it would
    take for a formula gets an apostrophe before it, also where it has some: whoever reads the file (`lines_of` of
    documents) takes one away. None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow(["" if cell is None else _harmless(cell) for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(cell: str | float) -> str | float:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def as_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """The workbook. Every text is a text and never a formula; numbers are numbers, so that one can count on. Row by
    row: a list may have a hundred thousand."""
    book = Workbook(write_only=True)
    names: set[str] = set()
    for sheet in sheets:
        page = book.create_sheet(_title(sheet.title, names))
        _widen(page, sheet.rows)
        for note in sheet.notes:
            page.append([_cell(page, note, alignment=Alignment(wrap_text=False))])
        if sheet.notes and sheet.rows:
            page.append([])
        for number, row in enumerate(sheet.rows):
            page.append([_cell(page, cell, font=_BOLD if number == 0 else None) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(page: Any, value: Cell, *, font: Font | None = None, alignment: Alignment | None = None) -> Any:
    """A cell where it differs from its bare value: a text that says it is one, and how it looks."""
    if not isinstance(value, str) and font is None:
        return value
    cell = WriteOnlyCell(page, value)
    if isinstance(value, str):
        cell.data_type = "s"
    if font is not None:
        cell.font = font
    if alignment is not None:
        cell.alignment = alignment
    return cell


def _widen(page: Any, rows: Sequence[Sequence[Cell]]) -> None:
    """Before the first row: a sheet that is written row by row says first how wide its columns are."""
    for number, column in enumerate(zip(*rows, strict=False), start=1):
        width = max(len(str(cell or "")) for cell in column)
        page.column_dimensions[get_column_letter(number)].width = min(width + 2, _WIDEST)


def _shortened(text: str) -> str:
    """As many whole words as there is room for."""
    if len(text) <= _TITLE:
        return text
    return text[: _TITLE + 1].rpartition(" ")[0].rstrip(" ,") or text[:_TITLE]


def _title(text: str, taken: set[str]) -> str:
    """A name that a workbook allows: short, without its signs, and given once."""
    plain = _NOT_IN_A_TITLE.sub(" ", text).strip("' ") or "1"
    name, number = _shortened(plain), 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: _TITLE - 3]} {number}"
    taken.add(name.casefold())
    return name
