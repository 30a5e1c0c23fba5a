"""Once a day: what the organisations' decisions of disposal say."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.services import every, job

from . import services


@every(seconds=24 * 3600, name="records.disposal")
@job()
def disposal(*, now: datetime) -> None:
    """Show what will be disposed of, and dispose of what has been shown for long enough."""
    services.show_before(now=now)
    services.carry_out(now=now)
