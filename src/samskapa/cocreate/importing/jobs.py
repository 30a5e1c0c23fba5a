"""What the worker does with lists (REACTIONS and SCHEDULE in config/reactions.py)."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.services import every, job

from . import services
from .queries.lists import imports_to_close


@job()
def go_on(*, import_id: int, now: datetime) -> None:
    """The next part of a list; then others get their turn before the one after it."""
    if services.work_on(import_id, by=SYSTEM, now=now):
        go_on.enqueue(import_id=import_id)


@every(seconds=24 * 3600, name="importing.close_due")
@job()
def close_due(*, now: datetime) -> None:
    """Rows that nobody has finished go when a month is over."""
    for one in imports_to_close(now):
        services.close_import(one, by=SYSTEM, now=now)
