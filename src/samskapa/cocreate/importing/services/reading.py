"""The file is read into rows that are encrypted, a piece at a time; then the file goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.documents.domain import Kind, Line, NotClean, TooManyLines, lines_of
from samskapa.ground.documents.queries import path_of
from samskapa.ground.documents.services import remove_upload
from samskapa.ground.people.domain import looks_like_personal_number

from ..domain import REFUSED, Column, Stage, Told, Trouble, guess
from ..models import Import, Row
from ..queries.words import our_headings
from .keeping import keep_rows
from .lifting import lock

#: Rows that are stored in one write, and writes after which the worker may do something else first. Whoever goes on
#: reads the file from its beginning again.
BATCH, BATCHES = 500, 40


def read_some(one: Import, *, by: Actor, now: datetime) -> bool:
    """Store the next rows of the file; whether there are more. What is stored already is passed over."""
    try:
        lines = _lines_left(one, by=by, now=now)
        batch = list(islice(lines, BATCH))
        for _turn in range(BATCHES):
            if batch and not _store(one, batch, by=by, now=now):
                return True  # another worker has been here: look again
            batch = list(islice(lines, BATCH))
            if not batch:
                _finish(one, by=by, now=now)
                return False
    except (NotClean, FileNotFoundError) as problem:
        _break_off(one, "too_long" if isinstance(problem, TooManyLines) else "not_readable", by=by, now=now)
        return False
    return True


def _lines_left(one: Import, *, by: Actor, now: datetime) -> Iterator[Line]:
    lines = lines_of(path_of(one.upload.pk).read_bytes(), Kind(one.upload.kind))
    headings = next(lines, None)
    if headings is not None and not one.headings:
        one.headings = [cell if not looks_like_personal_number(cell) else "" for cell in headings.cells]
        one.mapping = guess(one.headings, our_headings())
        _keep_headings(one, by=by, now=now)
    return (line for line in lines if line.number > one.line_read)


@transaction.atomic
def _keep_headings(one: Import, *, by: Actor, now: datetime) -> None:
    kept = lock(one)
    kept.headings, kept.mapping = one.headings, one.mapping
    kept.save(update_fields=["headings", "mapping"])


@transaction.atomic
def _store(one: Import, batch: list[Line], *, by: Actor, now: datetime) -> bool:
    """False where somebody else has read on meanwhile."""
    kept = lock(one)
    if kept.stage != Stage.READING or kept.line_read != one.line_read:
        return False
    phones = {place for place, value in enumerate(one.mapping) if value == Column.PHONE}
    refused = [place for place, value in enumerate(one.mapping) if value in REFUSED]
    rows = []
    for line in batch:
        for place in refused:  # not even for a while
            line.cells[place : place + 1] = [""] if place < len(line.cells) else []
        faults: list[Told] = [(place, fault.value) for place, fault in line.faults.items()]
        faults += _without_numbers(line, phones)
        rows.append(Row(of=one, number=line.number, cells=line.cells, faults=faults))
    keep_rows(rows)
    one.rows_read, one.line_read = kept.rows_read + len(rows), batch[-1].number
    Import.objects.filter(pk=one.pk).update(rows_read=one.rows_read, line_read=one.line_read)
    return True


def _without_numbers(line: Line, phones: set[int]) -> list[Told]:
    """Take out what may be a personal number, before anything is stored. Ten digits in a row are one everywhere but
    where telephone numbers stand."""
    told: list[Told] = []
    for place, cell in enumerate(line.cells):
        if len(cell) > 9 and looks_like_personal_number(cell, bare=place not in phones):
            line.cells[place] = ""
            told.append((place, Trouble.PERSONAL_NUMBER.value))
    return told


@transaction.atomic
def _finish(one: Import, *, by: Actor, now: datetime) -> None:
    kept = lock(one)
    if kept.stage != Stage.READING:
        return
    if not kept.rows_read:
        _broken(kept, "empty")
    else:
        kept.stage = Stage.MAPPING
        kept.save(update_fields=["stage"])
        record("importing.read", by=by, at=now, on=kept, rows=kept.rows_read)
    remove_upload(kept.upload, by=by, now=now)


@transaction.atomic
def _break_off(one: Import, trouble: str, *, by: Actor, now: datetime) -> None:
    """It cannot be read to its end: nothing of it is kept."""
    kept = lock(one)
    if kept.stage != Stage.READING:
        return
    _broken(kept, trouble)
    record("importing.broken", by=by, at=now, on=kept, trouble=trouble)
    remove_upload(kept.upload, by=by, now=now)


def _broken(kept: Import, trouble: str) -> None:
    Row.objects.filter(of=kept).delete()
    kept.stage, kept.trouble, kept.headings, kept.mapping = Stage.BROKEN, trouble, [], []
    kept.save(update_fields=["stage", "trouble", "headings", "mapping"])
