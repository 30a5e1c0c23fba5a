"""What is done about accounts by the clock: old sessions are forgotten."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.services import every, job

from . import services


@every(seconds=24 * 3600, name="people.forget_old_sessions")
@job()
def forget_old_sessions(*, now: datetime) -> None:
    """Once a day: sessions that have run out are deleted."""
    services.forget_old_sessions(now=now)
