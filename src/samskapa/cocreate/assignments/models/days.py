"""The days on which an assignment meets, where they are known."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ..domain.days import DayAndHours
from .need import Assignment


class FixedDay(models.Model):
    """A day of an assignment, with its hours or without. Written and kept as a piece of the answer about time
    (`domain.days.as_rows`): `Assignment.starts_on` is the first of them, and every revision of the part holds them."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="fixed_days")
    day = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fixed_day_ends_after_it_starts_or_has_no_hours",
                condition=Q(starts=None, ends=None) | Q(starts__isnull=False, ends__isnull=False, ends__gt=F("starts")),
            ),
            models.UniqueConstraint(fields=["assignment", "day", "starts"], name="fixed_day_begins_once"),
            models.UniqueConstraint(  # where there are no hours, NULL is never the same as NULL
                fields=["assignment", "day"], condition=Q(starts=None), name="fixed_day_without_hours_once"
            ),
        ]

    def __str__(self) -> str:
        return f"FixedDay {self.pk}"

    @property
    def hours(self) -> DayAndHours:
        return DayAndHours(self.day, self.starts, self.ends)
