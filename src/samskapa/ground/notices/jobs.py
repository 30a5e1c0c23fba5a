"""What is done by the clock: everybody's digest."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.services import every, job

from . import services


@every(seconds=900, name="notices.gather")
@job()
def gather(*, now: datetime) -> None:
    """Every quarter of an hour: the digests whose hour has come. Running again writes none twice."""
    services.gather_due(by=SYSTEM, now=now)
