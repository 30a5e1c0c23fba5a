"""What is done by the clock: concerns that nobody has handled in time."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.services import every, job

from . import services


@every(seconds=900, name="concerns.remind")
@job()
def remind(*, now: datetime) -> None:
    """Every quarter of an hour: tell the other coordinators, once."""
    services.remind_late(now=now)
