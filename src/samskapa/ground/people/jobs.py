"""What is done about accounts by the clock: old sessions are forgotten, tags of protected addresses kept new."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.services import every, job

from . import services


@every(seconds=24 * 3600, name="people.forget_old_sessions")
@job()
def forget_old_sessions(*, now: datetime) -> None:
    """Once a day: sessions that have run out are deleted."""
    services.forget_old_sessions(now=now)


@every(seconds=24 * 3600, name="people.renew_address_tags")
@job()
def renew_address_tags(*, now: datetime) -> None:
    """Once a day: protected addresses are found by the newest index key, so that an older one can be retired."""
    services.renew_address_tags(by=SYSTEM, now=now)
