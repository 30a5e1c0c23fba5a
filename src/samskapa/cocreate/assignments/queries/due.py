"""What the clock asks for."""

from __future__ import annotations

from datetime import date, timedelta

from ..domain import State
from ..domain.choosing import REMIND_DAYS_BEFORE
from ..models import Assignment


def due_to_close(today: date) -> list[int]:
    """Ids of those whose last day has passed and that still say open."""
    return list(
        Assignment.objects.filter(state=State.OPEN, closes_on__lt=today).order_by("pk").values_list("pk", flat=True)
    )


def due_to_remind(today: date) -> list[int]:
    """Ids of those in which the promised day is near or past."""
    return list(
        Assignment.objects.filter(state=State.CHOOSING, answer_by__lte=today + timedelta(days=REMIND_DAYS_BEFORE))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
