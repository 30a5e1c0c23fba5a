"""Lists as they are sent: every way of writing them, and what somebody might put into one to do harm."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from samskapa.ground.documents.domain import (
    Fault,
    Kind,
    NotATable,
    NotReadable,
    TooLarge,
    TooManyLines,
    TooMuchInside,
    tables,
)
from samskapa.ground.documents.forms import table_received
from tests.factories.importing import as_book

MOST = 10_000_000
#: Spreadsheets know no time zones.
MOMENT = datetime.combine(date(2024, 1, 2), time(13, 30))
LINES = [["Namn", "Ort"], ["Åsa Öberg", "Älvkarleby"]]


def read(content: bytes, name: str = "lista.csv") -> list[tables.Line]:
    file = table_received(name, content, most_bytes=MOST)
    return list(tables.lines_of(file.content, file.kind))


def cells(content: bytes) -> list[list[str]]:
    return [line.cells for line in read(content)]


def in_parts(content: bytes, **changed: str | bytes) -> bytes:
    """The workbook with other parts: name, with / as __ -> what it holds."""
    wanted = {name.replace("__", "/"): text for name, text in changed.items()}
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *wanted}:
            new.writestr(name, wanted.get(name, old.read(name) if name in old.namelist() else b""))
    return packed.getvalue()


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "{before}<sheetData>{rows}</sheetData></worksheet>"
)


def with_sheet(rows: str, before: str = "") -> bytes:
    return in_parts(as_book(["Namn"]), **{"xl__worksheets__sheet1.xml": SHEET.format(rows=rows, before=before)})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_text_is_read_however_it_was_saved(encoding, separator, end):
    text = end.join(separator.join(line) for line in LINES)
    assert cells(text.encode(encoding)) == LINES


def test_quotation_marks_hold_separators_lines_and_themselves():
    text = 'Namn;Anteckning\n"Berg; Kim";"rad ett\nrad ""två"""\n\n;\nBo;x\n'
    found = read(text.encode())
    assert [(line.number, line.cells) for line in found] == [
        (1, ["Namn", "Anteckning"]),
        (2, ["Berg; Kim", 'rad ett\nrad "två"']),
        (5, ["Bo", "x"]),
    ]


def test_what_excel_writes_to_itself_is_no_heading():
    assert cells(b"sep=,\r\nNamn,Ort\r\nBo,Borg; Lund") == [["Namn", "Ort"], ["Bo", "Borg; Lund"]]


def test_a_workbook_is_read_as_one_would_have_typed_it():
    book = Workbook()
    book.create_sheet("Tom", 0)
    book["Sheet"].append(["Namn", "Född", "År", "Andel", "Ja", "När"])
    book["Sheet"].append([" Åsa ", date(1980, 5, 1), 1980.0, 0.5, True, MOMENT])
    file = BytesIO()
    book.save(file)
    assert cells(file.getvalue())[1] == ["Åsa", "1980-05-01", "1980", "0,5", "ja", "2024-01-02 13:30"]


def test_a_formula_is_no_text_and_a_text_that_looks_like_one_is():
    book = Workbook()
    book.active.append(["Namn", "Ort"])
    book.active.append(['=HYPERLINK("http://x.example","Åsa")', "Lund"])
    book.active.append(["=inte en formel", "#REF!"])
    book.active["A3"].data_type = "s"
    book.active["B3"].data_type = "e"
    file = BytesIO()
    book.save(file)
    _headings, formula, text = read(file.getvalue())
    assert (formula.cells, formula.faults) == (["", "Lund"], {0: Fault.FORMULA})
    assert (text.cells, text.faults) == (["=inte en formel"], {1: Fault.WRONG})
    _headings, csv_line = read(b"Namn;Telefon;Ort\n=cmd|' /C calc'!A0;+46701234567;'=Lund")
    assert (csv_line.cells, csv_line.faults) == (["", "+46701234567", "=Lund"], {0: Fault.FORMULA})


def test_a_huge_cell_is_cut_off_and_says_so():
    huge = "å" * (tables.MOST_LETTERS + 1)
    for content in (f"Namn\n{huge}".encode(), as_book(["Namn"], [huge])):
        line = read(content)[1]
        assert (len(line.cells[0]), line.faults) == (tables.MOST_LETTERS, {0: Fault.CUT})
    with pytest.raises(NotReadable):
        read(f'Namn\n"{"x" * 2_000_001}'.encode())


def test_a_workbook_that_unpacks_to_more_than_it_should_is_not_unpacked():
    zeros = b" " * 81_000_000
    bomb = in_parts(as_book(["Namn"]), **{"xl__sharedStrings.xml": zeros})
    assert len(bomb) < 100_000
    with pytest.raises(TooMuchInside):
        read(bomb, "bomb.xlsx")


def test_what_a_part_says_of_its_size_is_held_to():
    """The list of parts says ten bytes, the part itself unpacks to a million."""
    honest = in_parts(as_book(["Namn"]), **{"xl__more.xml": b"a" * 1_000_000})
    size = (1_000_000).to_bytes(4, "little")
    assert honest.count(size) == 2
    with pytest.raises((NotReadable, TooMuchInside)):
        read(honest.replace(size, (10).to_bytes(4, "little")), "lista.xlsx")


@pytest.mark.parametrize("mark", ['<!DOCTYPE a [<!ENTITY b "ha">]>', "<!doctype a>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_with_a_document_type_is_not_read(mark, encoding):
    sheet = f'<?xml version="1.0" encoding="{encoding}"?>{mark}' + SHEET.format(rows="", before="")
    with pytest.raises(NotReadable):
        read(in_parts(as_book(["Namn"]), **{"xl__worksheets__sheet1.xml": sheet.encode(encoding)}), "lista.xlsx")


def test_what_a_sheet_says_of_where_it_ends_is_not_believed():
    row = '<row r="{0}"><c r="{1}" t="inlineStr"><is><t>x</t></is></c></row>'
    wide = with_sheet(row.format(1, "A1"), before='<dimension ref="A1:XFD1048576"/>')
    assert [line.cells for line in read(wide, "lista.xlsx")] == [["x"]]
    far = with_sheet(row.format(1, "A1") + row.format(2, "XFD2") + row.format(3, "B3"))
    assert [line.cells for line in read(far, "lista.xlsx")] == [["x"], ["", "x"]]
    with pytest.raises(NotReadable):
        read(with_sheet(row.format(1, "A1") + row.format(99_000_000_000, "A99000000000")), "lista.xlsx")


def test_links_to_other_books_are_left_alone():
    link = b'<?xml version="1.0"?><externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    book = in_parts(as_book(["Namn"], ["Bo"]), **{"xl__externalLinks__externalLink1.xml": link})
    assert cells(book) == [["Namn"], ["Bo"]]


def test_more_lines_than_a_list_may_have(monkeypatch):
    monkeypatch.setattr(tables, "MOST_LINES", 3)
    assert len(read(b"Namn\n1\n2\n3")) == 4
    with pytest.raises(TooManyLines):
        read(b"Namn\n1\n2\n3\n4")


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 %%EOF",
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x01\x02\xff\0" * 200,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"a\x01b",
        b" \n",
    ],
)
def test_what_is_no_list_is_not_kept(content):
    with pytest.raises((NotATable, NotReadable)):
        read(content)


def test_a_workbook_with_a_program_in_it_and_a_broken_one_are_not_kept():
    with pytest.raises(NotATable):
        read(in_parts(as_book(["Namn"]), **{"xl__vbaProject.bin": b"x"}))
    with pytest.raises(NotReadable):
        read(as_book(["Namn"])[:-200])
    with pytest.raises(NotReadable):
        read(with_sheet("<row r='1'><c"))


def test_the_limit_is_that_of_every_file():
    with pytest.raises(TooLarge):
        table_received("x.csv", b"a" * 21, most_bytes=10)
    kept = table_received("Åsas lista.csv", "Namn\nÅsa".encode("cp1252"), most_bytes=100)
    assert (kept.name, kept.kind, kept.content) == ("Åsas lista.txt", Kind.TEXT, "Namn\nÅsa".encode())
