"""Once a day: the months that are over are frozen."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.services import every, job

from . import queries, services
from .domain import months_due


@every(seconds=24 * 3600, name="figures.freeze")
@job()
def freeze(*, now: datetime) -> None:
    """Freeze each finished month once, the oldest first; one that was begun and not finished is done anew."""
    for month in months_due(timezone.localdate(now), newest=queries.newest_month()):
        services.freeze_month(month, by=SYSTEM, now=now)
