"""What the core does on its own: it tidies."""

from __future__ import annotations

from datetime import datetime

from . import services


@services.every(seconds=24 * 3600, name="core.tidy")
@services.job()
def tidy(*, now: datetime) -> None:
    """Once a day: forget finished jobs and handled news that nobody will ask for."""
    services.tidy(now=now)
