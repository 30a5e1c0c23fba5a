"""What the clock and the news do: invite, remind, close, tell."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.services import every, job

from . import services
from .queries.askings import due_to_close, open_askings


@job()
def invite(*, asking_id: int, now: datetime) -> None:
    """After people were asked: a link by mail to each who has none."""
    services.invite_all(asking_id, now=now)


@job()
def send_results(*, asking_id: int, now: datetime) -> None:
    """After results were told: a link by mail to each who was asked."""
    services.send_results(asking_id, now=now)


@every(seconds=3600, name="surveys.close_due")
@job()
def close_due(*, now: datetime) -> None:
    """Close rounds whose time is out. Running again closes nothing twice."""
    for asking_id in due_to_close(now):
        services.close_if_due(asking_id, now=now)


@every(seconds=3600, name="surveys.remind")
@job()
def remind(*, now: datetime) -> None:
    """Remind those who have not answered. Running again reminds nobody twice."""
    for asking in open_askings(now):
        services.remind_due(asking, now=now)
