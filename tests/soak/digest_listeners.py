"""What waits for the digest is due at once, and everybody's digest is written each second."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.domain import SYSTEM, Pace, Plan, Topic
from samskapa.ground.core.services import every, job
from samskapa.ground.notices.services import gather_due


def plan(person_id: int, topic: Topic, matter: str, now: datetime) -> Plan:
    """The slot "mail_plan"."""
    return Plan(Pace.DAILY, now)


@every(seconds=1, name="soak.gather")
@job(max_attempts=10)
def gather(*, now: datetime) -> None:
    gather_due(by=SYSTEM, now=now)
