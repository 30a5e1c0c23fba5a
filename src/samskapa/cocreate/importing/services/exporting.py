"""The members as a file: what they have told, with the headings that a list comes in by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from samskapa.cocreate.pool.models import Group, Member
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.figures.services.files import Sheet, as_csv, as_xlsx

from ..queries.export import cells_of, headings, members_to_write

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@transaction.atomic
def export_members(group: Group, kind: str, *, by: Actor, now: datetime) -> bytes:
    """The file with all whom the coordinators see. It is in the trail who took it out, and each member sees
    it among who has looked."""
    members: list[Member] = list(members_to_write(group))
    record("importing.exported", by=by, at=now, on=group, people=[member.person_id for member in members])
    rows: list[list[str | int | None]] = [[*headings()]]
    rows += [[*cells_of(member)] for member in members]
    make: dict[str, Callable[[], bytes]] = {
        "csv": lambda: as_csv(rows),
        "xlsx": lambda: as_xlsx([Sheet(group.name, rows, [])]),
    }
    return make[kind]()
