"""What happens by the clock (SCHEDULE in config/reactions.py)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.services import every, job

from .queries.enquiries import due_assignments
from .queries.waves import due_waves
from .services import enquiring, settling
from .services.settling_enquiries import settle_enquiries


@every(seconds=3600, name="matching.waves")
@job()
def settle_due(*, now: datetime) -> None:
    """Go through the waves whose day has passed, and those in which everybody has answered; and what others were asked.
    Each once."""
    for wave_id in due_waves(timezone.localdate(now)):
        settling.settle_wave(wave_id, by=SYSTEM, now=now)
    for assignment_id in due_assignments(timezone.localdate(now)):
        settle_enquiries(assignment_id, by=SYSTEM, now=now)


@job()
def end_enquiries(*, assignment_id: int, now: datetime) -> None:
    """One can no longer apply: whom others were asked for is no longer waited for."""
    settle_enquiries(assignment_id, by=SYSTEM, now=now)


@job()
def note_nomination(*, application_id: int, now: datetime) -> None:
    """An organisation has nominated, which may answer what it was asked."""
    enquiring.note_nomination(application_id, by=SYSTEM, now=now)
