"""What somebody reads on a PDF, found by PDFium: the text of its pages, and how far to the right it goes."""

from __future__ import annotations

from contextlib import closing

import pypdfium2 as pdfium


def text_of(pdf: bytes) -> str:
    """The text of all pages, in the order in which it stands, with a line break where the paper has one."""
    with pdfium.PdfDocument(pdf) as document:
        return "\n".join(_text(page).replace("\r\n", "\n") for page in document)


def right_edge(pdf: bytes) -> float:
    """Where the text that reaches furthest to the right ends, in points from the left edge of the paper."""
    with pdfium.PdfDocument(pdf) as document:
        return max(_right_edge(page) for page in document)


def _text(page: pdfium.PdfPage) -> str:
    with closing(page.get_textpage()) as text:
        return text.get_text_bounded()


def _right_edge(page: pdfium.PdfPage) -> float:
    with closing(page.get_textpage()) as text:
        return max(text.get_rect(number)[2] for number in range(text.count_rects()))
