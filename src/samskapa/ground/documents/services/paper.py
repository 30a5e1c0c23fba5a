"""Documents on paper: a tagged, archivable PDF from a typst sheet and plain data."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.apps import apps
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, override

from samskapa.ground.documents.domain import MISSING, Coverage, TemplateMissing, printable

_HERE = Path(__file__).parents[1]
_FONTS = _HERE / "fonts"
#: PDF/UA-1: whoever listens gets headings, lists and tables. PDF/A-2a: it opens the same in thirty years.
_STANDARDS: list[Any] = ["a-2a", "ua-1"]
_HEADINGS = "Samskapa Serif"
_LATIN = ("Atkinson Hyperlegible Next", "Noto Sans", _HEADINGS)
_REGIONS = {"sv": "se", "en": "gb"}


def make_pdf(template: str, data: dict[str, Any], *, title: str, at: datetime, language: str = "sv") -> bytes:
    """Typeset `data` on the sheet `template` and answer the file: PDF/UA-1 and PDF/A-2a in one.

    template: "app/name", the file `<app>/typst/<name>.typ` of the app with that label. It may import
        `house.typ` and nothing else.
    data: strings, whole numbers, booleans, None, lists and dicts of them. Texts are shown as they are, never
        run as mark-up; dates and sums come as finished words in the reader's language. A text that the sheet
        uses as a heading must not be empty: PDF/UA refuses it (typst.TypstError).
    title: of the file, shown by readers instead of its name.
    at: aware; the file's date. The same data and `at` give the same bytes, on every machine.
    language: "sv" or "en", for the house's own words and hyphenation; the caller's texts should be in it.
    Raises TemplateMissing; TypeError for data that is none of the above; ValueError for a naive `at`.
    """
    if at.tzinfo is None:
        raise ValueError("at must be aware")
    sheet = _sheet(template)
    coverage = _coverage()
    clean = _Cleaner(coverage)
    inputs = {
        "data": json.dumps(clean(data), ensure_ascii=False),
        "title": " ".join(clean(title).split()) or "Samskapa",
        "language": language,
        "region": _REGIONS.get(language, ""),
        "words": json.dumps(_words(language), ensure_ascii=False),
        "body-fonts": _chain(headings=False),
        "heading-fonts": _chain(headings=True),
    }
    inputs["missing"] = "yes" if clean.has_replaced else ""
    # Any: typst takes files by name, which its type hints do not say.
    files: Any = {"main.typ": sheet, "house.typ": (_HERE / "typst" / "house.typ").read_bytes()}
    pdf = typst.compile(
        files,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        format="pdf",
        pdf_standards=_STANDARDS,
        timestamp=at.astimezone(UTC).replace(microsecond=0),
    )
    return bytes(pdf)


def pdf_response(pdf: bytes, filename: str, *, inline: bool = False) -> HttpResponse:
    """Hand over a PDF under `filename` (any script; the browser gets it by RFC 5987), kept in no cache.

    inline: shown in the browser rather than saved.
    """
    name = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]+', " ", filename).strip() or "samskapa.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": content_disposition_header(not inline, name) or "attachment",
            "Content-Length": str(len(pdf)),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


class _Cleaner:
    """Makes every text in the data printable, and remembers whether something had to be left out."""

    def __init__(self, coverage: Coverage) -> None:
        self.coverage = coverage
        self.has_replaced = False

    def __call__(self, value: Any) -> Any:
        if isinstance(value, str):
            text = printable(value, self.coverage)
            self.has_replaced = self.has_replaced or text.count(MISSING) > value.count(MISSING)
            return text
        if isinstance(value, dict):
            return {str(key): self(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self(item) for item in value]
        if value is None or isinstance(value, bool | int):
            return value
        raise TypeError(f"{type(value).__name__} cannot be printed; make it a text first")


def _words(language: str) -> dict[str, str]:
    """What the house sheet itself says. The braces are filled in there, because only it knows the pages."""
    with override(language):
        return {
            "page": gettext("Page {page} of {pages}"),
            "signed": gettext("Confirmed by {name} on {date}"),
            "unsigned": gettext("Not yet confirmed by {name}"),
            "missing": gettext("□ stands for a character that cannot be shown on paper."),
        }


def _sheet(template: str) -> bytes:
    match = re.fullmatch(r"([a-z_]+)/([a-z_]+)", template)
    app = next((app for app in apps.get_app_configs() if match and app.label == match[1]), None)
    if match and app:
        path = Path(app.path) / "typst" / f"{match[2]}.typ"
        if path.is_file():
            return path.read_bytes()
    raise TemplateMissing(template)


@lru_cache(maxsize=1)
def _ranges() -> dict[str, list[list[int]]]:
    """Every family we carry and the characters it has, in the order in which typst tries them."""
    ranges: dict[str, list[list[int]]] = json.loads((_FONTS / "coverage.json").read_text(encoding="utf-8"))
    return ranges


@lru_cache(maxsize=1)
def _coverage() -> Coverage:
    """What running text can hold. Headings try their own font first, and then the same ones."""
    return Coverage({family: ranges for family, ranges in _ranges().items() if family != _HEADINGS})


@lru_cache(maxsize=2)
def _chain(headings: bool) -> str:
    """The families for typst as JSON rows [name, pattern]: which characters to take from it ("" is all).

    A Latin font that lacks a letter with two marks (ễ) builds it from parts, and then the file says the
    letter twice to whoever listens or copies. The pattern sends it on to the next font, which has it whole.
    """
    names = [_HEADINGS] if headings else [family for family in _ranges() if family != _HEADINGS]
    return json.dumps([[name, _pattern(_ranges()[name]) if name in _LATIN else ""] for name in names])


def _pattern(ranges: list[list[int]]) -> str:
    return "[" + "".join(f"\\u{{{first:x}}}-\\u{{{last:x}}}" for first, last in ranges) + "]"


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Our own fonts and no others: neither the machine's nor those that come with typst."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)])
