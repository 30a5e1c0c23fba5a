"""Frozen months, of counts that are made up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.figures.domain import Counted, month_after
from samskapa.ground.figures.models import Snapshot
from samskapa.ground.figures.services import freeze_month

#: Long before anything that other factories make.
MONTH = date(2024, 3, 1)


def make_month(
    month: date = MONTH,
    *,
    published: Iterable[Counted] = (),
    frozen_at: datetime | None = None,
    **more: Iterable[Counted],
) -> Snapshot:
    """The month frozen on the day after it, with these rows of the measure "published" (and of others, by their keys)
    and nothing else made up."""
    day_after = timezone.make_aware(datetime.combine(month_after(month), time(hour=3)))
    return freeze_month(month, more={"published": list(published), **more}, by=SYSTEM, now=frozen_at or day_after)


def experienced(node_id: int, count: int, said: str = "representative_nearly", *, level: str = "dialogue") -> Counted:
    """So many answers to how much one could influence."""
    return Counted(node_id, (said, level), count)


def published(
    node_id: int, count: int, *, way: str = "workshop", form: str = "place", level: str = "dialogue"
) -> Counted:
    """So many assignments that are alike."""
    return Counted(node_id, (way, form, level), count)
