"""What the worker does with letters (REACTIONS and SCHEDULE in config/reactions.py)."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.services import job

from .services.sending import send_some


@job()
def go_on(*, circular_id: int, now: datetime) -> None:
    """Write to the next; then others get their turn before the ones after."""
    if send_some(circular_id, by=SYSTEM, now=now):
        go_on.enqueue(circular_id=circular_id)
