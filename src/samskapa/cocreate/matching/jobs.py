"""What happens by the clock (SCHEDULE in config/reactions.py)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.services import every, job

from .queries.waves import due_waves
from .services import settling


@every(seconds=3600, name="matching.waves")
@job()
def settle_due(*, now: datetime) -> None:
    """Go through the waves whose day has passed, and those in which everybody has answered. Each once."""
    for wave_id in due_waves(timezone.localdate(now)):
        settling.settle_wave(wave_id, by=SYSTEM, now=now)
