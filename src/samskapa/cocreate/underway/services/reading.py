"""Who reads names leaves a trace."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..models import Work


def note_work_read(work: Work, people: Iterable[int | None], *, by: Actor, now: datetime) -> None:
    """Somebody on the host's side was shown these persons by name: one row of the trail. Nothing where there are
    none."""
    shown = [pk for pk in people if pk is not None]
    if shown:
        with transaction.atomic():
            record("underway.read", by=by, at=now, on=work, people=shown)
