"""The PDF itself: tagged, archivable, the same bytes for the same data; nobody's text is run as mark-up."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskapa.ground.documents.domain import TemplateMissing
from samskapa.ground.documents.services import make_pdf
from tests.ground.documents.reading import right_edge, text_of
from tests.ground.documents.sample import AT, TITLE, sample

NAMES = "Čábbá Łukasz Đorđe 李小龙 \U0001f600 محمد Ελένη Олександр አበበ שרה ไทย अनिल Nguyễn"


def specimen(points: int = 8, *, title: str = TITLE, language: str = "sv", **changes: Any) -> bytes:
    return make_pdf("documents/specimen", sample(points, **changes), title=title, at=AT, language=language)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def structure(pdf: bytes) -> list[str]:
    """The roles of the structure tree in reading order, each as the path of roles to it."""
    found: list[str] = []

    def walk(node: Any, above: str) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid, above)
        elif isinstance(node, pikepdf.Dictionary):
            role = str(node.get("/S", ""))
            if role:
                found.append(above + role)
            if "/K" in node:
                walk(node["/K"], above + role)

    file = opened(pdf)  # held: its objects live as long as it does
    walk(file.Root.StructTreeRoot["/K"], "")
    return found


def test_it_says_that_it_is_accessible_and_archivable() -> None:
    pdf = opened(specimen())
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "sv-SE"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo["/Title"]) == TITLE
    with pdf.open_metadata() as meta:
        assert (meta["pdfuaid:part"], meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("1", "2", "A")
        assert meta["dc:title"] == TITLE


def test_english_papers_are_in_english() -> None:
    assert str(opened(specimen(language="en")).Root.Lang) == "en-GB"


def test_headings_points_facts_and_signatures_are_tagged() -> None:
    roles = structure(specimen())
    last = [role.rsplit("/", 1)[1] for role in roles]
    assert [role for role in last if role.startswith("H")] == [
        "H1", "H2", "H3", "H3", "H3", "H3", "H2", "H3", "H3", "H3", "H3", "H2",
    ]  # fmt: skip
    assert (last.count("L"), last.count("LI"), last.count("LBody")) == (2, 6, 6)  # facts, and who confirmed
    assert all(role.startswith("/Document/") for role in roles[1:])
    assert last[0] == "Document"


def test_sixty_points_run_over_several_pages() -> None:
    pdf = specimen(60)
    assert len(opened(pdf).pages) >= 8
    assert sum(role.endswith("/H3") for role in structure(pdf)) == 60


def test_every_font_is_embedded_and_ours() -> None:
    names = set()
    file = opened(specimen(title=NAMES, lead=NAMES))
    for found in file.objects:
        if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/FontDescriptor":
            assert "/FontFile2" in found
            names.add(str(found.FontName).split("+")[1])
    assert {
        "AtkinsonHyperlegibleNext-Regular",
        "SamskapaSerif-Regular",
        "NotoSansArabic-Regular",
        "DroidSansFallback",
    } <= names


def test_what_is_written_can_be_read_out_and_copied() -> None:
    text = text_of(specimen(signatures=[{"name": "Nguyễn", "date": "torsdag 3 december 2026"}]))
    assert "Var tredje person ringer och frågar" in text
    assert "8. Ortopedmottagningen" in text
    assert "Inte överens" in text
    assert "Nguyễn " in text
    assert "070-174 06 05" in text


def test_the_house_speaks_swedish_and_english() -> None:
    rows = [{"name": "Amina", "date": "3/12"}, {"name": "Karin"}]
    swedish, english = (text_of(specimen(language=code, signatures=rows)) for code in ("sv", "en"))
    assert "Bekräftad av Amina den 3/12" in swedish
    assert "Inte bekräftad av Karin än" in swedish
    assert "Sida 1 av 2" in swedish
    assert "Confirmed by Amina on 3/12" in english
    assert "Page 1 of 2" in english


def test_names_are_kept_and_what_no_font_has_is_told() -> None:
    text = text_of(specimen(signatures=[{"name": name} for name in NAMES.split()]))
    for name in [
        "Čábbá",
        "Łukasz",
        "Đorđe",
        "李小龙",
        "□",
        "محمد",
        "Ελένη",
        "Олександр",
        "አበበ",
        "שרה",
        "ไทย",
        "अनिल",
        "Nguyễn",
    ]:
        assert name in text
    assert "□ står för ett tecken som inte går att visa på papper." in text


def test_without_a_missing_character_nothing_is_said_about_it() -> None:
    assert "□" not in text_of(specimen())


HOSTILE = [
    '#import "x"', "#panic()", "$x$", "*b*", "_e_", "@ref", "\\", "<label>", "`c`", "// k", "/* k */",
    "= Rubrik", "- punkt", "/ term: x", "#[", "]", "{", "https://a.se", "~ ---", '"citat"', "#sys.inputs",
    "{{ x }}", "{name}", "{date}",
]  # fmt: skip


def test_nobodys_text_is_run_as_mark_up() -> None:
    pdf = specimen(lead="\n".join(HOSTILE), title="#panic() {page}", facts=[(text, text) for text in HOSTILE])
    lines = text_of(pdf).splitlines()
    assert [text for text in HOSTILE if text not in lines] == []
    assert [role for role in structure(pdf) if role.endswith("/H1")] == ["/Document/H1"]


def test_a_hostile_name_stays_a_name_in_the_sentence() -> None:
    text = text_of(specimen(signatures=[{"name": "{date} #x {name}", "date": "{name}"}]))
    assert "Bekräftad av {date} #x {name} den {name}" in text


def test_a_very_long_word_stays_on_the_paper_and_is_copied_unchanged() -> None:
    word = "abcdefghij" * 40
    pdf = specimen(0, lead=word, facts=[(word, word)], signatures=[{"name": word}])
    assert "".join(text_of(pdf).split()).count(word) == 4  # lead, question, answer and name
    assert right_edge(pdf) < 595 - 60


def test_the_same_data_gives_the_same_bytes() -> None:
    first, later = (
        specimen(),
        make_pdf("documents/specimen", sample(), title=TITLE, at=datetime(2026, 12, 4, tzinfo=UTC)),
    )
    assert first == specimen()
    assert first != later


def test_many_at_once_give_the_same_bytes_as_one_at_a_time() -> None:
    alone = [specimen(3, lead=f"Nummer {number}") for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda number: specimen(3, lead=f"Nummer {number}"), range(8)))
    assert together == alone


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(codec=None), max_size=40))
def test_any_text_at_all_becomes_a_paper(text: str) -> None:
    pdf = specimen(1, title=text or "x", lead=text, facts=[(text, text)], signatures=[{"name": text, "date": text}])
    assert pdf.startswith(b"%PDF-")


@pytest.mark.parametrize(
    "name", ["documents/nothing", "nothing/specimen", "../house", "documents/../house", "specimen", ""]
)
def test_a_sheet_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(TemplateMissing):
        make_pdf(name, {}, title="x", at=AT)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match="datetime cannot be printed"):
        specimen(lead=AT)


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        make_pdf("documents/specimen", sample(), title="x", at=datetime(2026, 12, 3))  # noqa: DTZ001
