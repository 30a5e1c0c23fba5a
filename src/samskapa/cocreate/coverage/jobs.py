"""What happens by the clock (SCHEDULE in config/reactions.py)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from samskapa.cocreate.pool.queries.members import groups
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.services import every, job

from .services import freeze_group


@every(seconds=24 * 3600, name="coverage.freeze")
@job()
def freeze(*, now: datetime) -> None:
    """Each group once a month, as it stands on the first day that the clock comes by. Each by itself: whoever is
    stopped half-way goes on with the rest."""
    month = timezone.localdate(now).replace(day=1)
    for group in groups().exclude(coverage__month=month):
        freeze_group(group, month, by=SYSTEM, now=now)
