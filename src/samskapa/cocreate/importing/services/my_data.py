"""What happens to lists when a person is forgotten, and when their time is out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..models import Import, Origin
from .lifting import close_import


@transaction.atomic
def blank_origins(person_id: int, *, by: Actor, now: datetime) -> None:
    """Nothing tells any more from which list somebody came."""
    found = Origin.objects.filter(member__person=person_id)
    if found.exists():
        found.delete()
        record("importing.origins_blanked", by=by, at=now)


@transaction.atomic
def close_old_import(import_id: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """Rows that nobody has finished go. Returns whether there was anything."""
    one = Import.objects.filter(pk=import_id, closed_at=None, made_at__lte=limit).first()
    if one is None:
        return False
    close_import(one, by=by, now=now)
    return True
