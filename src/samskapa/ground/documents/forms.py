"""A field for a file, which says in plain words what is wrong with it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from .domain import (
    Infected,
    Kind,
    NotAllowed,
    NotATable,
    NotClean,
    NotReadable,
    Received,
    TooLarge,
    TooManyLines,
    TooMuchInside,
    as_text,
    check_workbook,
    received,
)

#: What the browser's own window of files shows first. A WebP picture is drawn anew as one of the others.
ACCEPT = ",".join([*(f".{kind.value}" for kind in Kind), ".jpeg", ".webp"])


class UploadField(forms.FileField):
    """Cleans to what `keep_upload` wants: the name and all bytes of a file that may be kept."""

    widget = forms.FileInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": ACCEPT}

    def clean(self, data: Any, initial: Any = None) -> Received | None:
        file = super().clean(data, initial)
        if not file:
            return None
        most = settings.FILES_MOST_BYTES
        try:
            return received(file.name, file.read() if file.size <= most else bytes(most + 1), most_bytes=most)
        except NotClean as problem:
            raise forms.ValidationError(said_of(problem)) from problem


class TableField(UploadField):
    """The same for a list: a workbook (XLSX), or a text of lines and columns, which is kept in UTF-8 whatever it came
    in."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": ".csv,.txt,.tsv,.xlsx"}

    def clean(self, data: Any, initial: Any = None) -> Received | None:
        file = forms.FileField.clean(self, data, initial)
        if not file:
            return None
        most = settings.FILES_MOST_BYTES
        try:
            if file.size > most:
                raise TooLarge(most)
            return table_received(file.name, file.read(), most_bytes=most)
        except NotClean as problem:
            raise forms.ValidationError(said_of(problem)) from problem


def table_received(name: str, content: bytes, *, most_bytes: int) -> Received:
    """A list as it may be kept. Raises NotATable, TooLarge, TooMuchInside, NotReadable."""
    try:
        if content.startswith(b"PK\x03\x04"):
            check_workbook(content)
        else:
            # Marks of the order of bytes, and what terminals once took for commands: nobody sees them in a text.
            content = re.sub("[\ufeff\x7f-\x9f]", "", as_text(content)).encode()
        file = received(name, content, most_bytes=2 * most_bytes)  # Latin letters take two bytes in UTF-8
    except NotAllowed as problem:
        raise NotATable from problem
    if file.kind not in (Kind.XLSX, Kind.TEXT):
        raise NotATable
    return file


def said_of(problem: NotClean) -> str:
    """What is wrong with a file, and what one can do, in words for whoever sent it."""
    if isinstance(problem, TooLarge):
        if problem.most is None:
            return _("The picture is too large. Make it smaller and try again.")
        return _("The file is too large. It may be %(most)s MB at most.") % {"most": problem.most // 1_000_000}
    if isinstance(problem, NotReadable):
        return _("The file cannot be read. It may be damaged. Save it anew and try again.")
    if isinstance(problem, NotATable):
        return _(
            "It is no list that we can read. Save it in the spreadsheet as Excel (xlsx) or as CSV, and choose that "
            "file."
        )
    if isinstance(problem, TooMuchInside):
        return _("Far more is packed into the file than a list can hold, so we have not opened it.")
    if isinstance(problem, TooManyLines):
        return _("The list is too long. Divide it, with 100,000 rows at most in each file.")
    if isinstance(problem, NotAllowed):
        return _(
            "We cannot take that kind of file. Choose a PDF, a picture (JPEG or PNG), a text, or a document from Word, "
            "Excel, PowerPoint or LibreOffice without macros."
        )
    if isinstance(problem, Infected):
        return _("The file seems to hold a virus, so we have not kept it. Try another one.")
    return _("The file could not be checked just now, so we have not kept it. Try again in a while.")
