"""What happens by the clock. Listed in config/reactions.py (SCHEDULE)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from samskapa.ground.core.services import every, job

from .queries.due import due_to_close, due_to_remind
from .services.closing import close_if_due, remind_if_due


@every(seconds=3600, name="assignments.close_due")
@job()
def close_due(*, now: datetime) -> None:
    """Close those whose last day to apply has passed. Running again closes nothing twice."""
    for assignment_id in due_to_close(timezone.localdate(now)):
        close_if_due(assignment_id, now=now)


@every(seconds=3600, name="assignments.remind_unanswered")
@job()
def remind_unanswered(*, now: datetime) -> None:
    """Remind of applicants who wait. The keys of the mails make it once a day whatever the hour."""
    for assignment_id in due_to_remind(timezone.localdate(now)):
        remind_if_due(assignment_id, now=now)
