"""Mail until nothing waits: what goes at once, and a week later the digests."""

from __future__ import annotations

from datetime import datetime, timedelta

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.core.services import drain
from samskapa.ground.core.services.mail import send_one
from samskapa.ground.notices.services import gather_due


def send_due(now: datetime) -> None:
    """Send what is due, as the worker does."""
    while send_one(worker_id="mailer", now=now):
        pass


def left_when_all_is_mailed(now: datetime) -> list[tuple[str, str, str]]:
    """Run what is due, gather and send the digests, and return what was not mailed: kind, state, error."""
    drain(now=now)
    later = now + timedelta(days=8)
    gather_due(by=SYSTEM, now=later)
    while send_one(worker_id="later", now=later):
        pass
    left = OutboxMail.objects.exclude(state="sent").exclude(gathered_in__state="sent")
    return list(left.values_list("kind", "state", "last_error"))
