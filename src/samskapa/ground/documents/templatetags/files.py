"""`{% load files %}`: what a file is, in words."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..domain import Kind
from ..models import Upload

register = template.Library()

#: Programs go by their own names in every language.
_KINDS: dict[Kind, str | Promise] = {
    Kind.PDF: "PDF",
    Kind.JPEG: _("Picture"),
    Kind.PNG: _("Picture"),
    Kind.TEXT: _("Text"),
    Kind.DOCX: "Word",
    Kind.XLSX: "Excel",
    Kind.PPTX: "PowerPoint",
    Kind.ODT: "LibreOffice Writer",
    Kind.ODS: "LibreOffice Calc",
    Kind.ODP: "LibreOffice Impress",
}


@register.filter
def file_in_words(upload: Upload) -> str:
    """`{{ material.upload|file_in_words }}`: "PDF, 240 kB". The size is in thousands or millions of bytes, rounded up,
    so that nobody waits for more than was said."""
    return f"{_KINDS[Kind(upload.kind)]}, {_size(upload.size)}"


def _size(count: int) -> str:
    if count <= 999_000:
        return f"{-(-count // 1000)}\u00a0kB"
    return f"{number_format(-(-count // 100_000) / 10, decimal_pos=1)}\u00a0MB"
