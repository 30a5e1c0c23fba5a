"""Lists as people have them, and how far they have come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook

from samskapa.cocreate.importing import services
from samskapa.cocreate.importing.domain import guess
from samskapa.cocreate.importing.models import Import
from samskapa.cocreate.importing.queries.words import our_headings
from samskapa.cocreate.importing.services import making, receiving
from samskapa.cocreate.pool.models import Group
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.documents.forms import table_received

from .organisations import NOW

YES = {"consent_by": "paper", "consent_on": date(2025, 3, 3)}
SOURCE = "Mottagningens lista från 2024"


def as_lines(*lines: Sequence[str], separator: str = ";") -> bytes:
    """A text of lines and columns, as a spreadsheet in Sweden writes it."""
    return "\r\n".join(separator.join(line) for line in lines).encode()


def as_book(*lines: Sequence[object], sheet: str = "Blad1") -> bytes:
    """A workbook of those lines."""
    book = Workbook()
    book.active.title = sheet
    for line in lines:
        book.active.append(list(line))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def work_off(one: Import, *, now: datetime = NOW) -> Import:
    """What the worker does, until it has nothing left."""
    while services.work_on(one.pk, by=SYSTEM, now=now):
        pass
    return Import.objects.select_related("group__node", "upload").get(pk=one.pk)


def received(group: Group, coordinator: Actor, content: bytes, *, name: str = "lista.csv") -> Import:
    """A list that has come in and waits to be read."""
    file = table_received(name, content, most_bytes=10_000_000)
    return receiving.receive(group, file=file, by=coordinator, now=NOW)


def checked(
    group: Group, coordinator: Actor, content: bytes, *, mapping: list[str] | None = None, name: str = "lista.csv"
) -> Import:
    """A list whose rows have been looked at. mapping: what its columns are; else as they are guessed."""
    one = work_off(received(group, coordinator, content, name=name))
    mapping = mapping or guess(one.headings, our_headings())
    return work_off(receiving.say_columns(one, mapping=mapping, source=SOURCE, by=coordinator, now=NOW))


def taken_in(group: Group, coordinator: Actor, content: bytes, **kwargs) -> Import:
    """A list of which all good rows have come in."""
    one = checked(group, coordinator, content, **kwargs)
    return work_off(making.begin_to_make(one, **YES, by=coordinator, now=NOW))


__all__ = ["SOURCE", "YES", "as_book", "as_lines", "checked", "received", "taken_in", "work_off"]
