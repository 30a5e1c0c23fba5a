"""What happens by the clock (SCHEDULE in config/reactions.py)."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.services import every, job

from .queries.due import to_ask, to_remind_or_rest
from .services import yearly


@every(seconds=3600, name="pool.yearly")
@job()
def ask_yearly(*, now: datetime) -> None:
    """Do you still want to be asked? Asked, reminded, and at last a silence that means rest. Each once."""
    for member in to_ask(now):
        yearly.ask(member, by=SYSTEM, now=now)
    for asked in to_remind_or_rest(now):
        yearly.remind_or_rest(asked, by=SYSTEM, now=now)
