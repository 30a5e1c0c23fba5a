"""Once a day: what time does by itself."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.services import every, job

from . import services


@every(seconds=24 * 3600, name="my_data.retention")
@job()
def retention(*, now: datetime) -> None:
    """Show what runs out, carry out what has been shown for long enough, and let go of the ways in of the dead."""
    services.tell_before(now=now)
    services.carry_out(now=now)
    services.let_go_of_ways_in(now=now)
