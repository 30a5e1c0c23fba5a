"""What is done by the clock: help whose time has run out ends."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.services import every, job

from . import services


@every(seconds=300, name="helping.end_due")
@job()
def end_due(*, now: datetime) -> None:
    """Every five minutes: sessions of help that nobody has ended."""
    services.end_due_help(now=now)
