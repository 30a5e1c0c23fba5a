"""What follows on news (config/reactions.py): those who see a month's figures first are told."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.services import job

from . import services


@job()
def tell_who_sees_first(*, snapshot_id: int, now: datetime) -> None:
    """A month was frozen."""
    services.tell_who_sees_first(snapshot_id, now=now)
