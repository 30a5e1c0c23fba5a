"""What a person has chosen: how soon they are told of what, when their digest comes, and how far they have read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samskapa.ground.core.domain import Pace
from samskapa.ground.people.models import Person

from .domain import HOUR, HOURS, WEEKDAY


class Rhythm(models.Model):
    """When a person's digest comes, whether it does, and how far they have read on their page. No row: as is usual."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="rhythm")
    hour = models.PositiveSmallIntegerField(default=HOUR)
    weekday = models.PositiveSmallIntegerField(default=WEEKDAY)  # 0 is Monday
    #: The person wants no digest, since then.
    stopped_at = models.DateTimeField(null=True)
    #: What came until then is not marked as new on the person's page.
    read_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hour__gte=HOURS.start, hour__lt=HOURS.stop), name="rhythm_hour_is_offered"
            ),
            models.CheckConstraint(condition=Q(weekday__lt=7), name="rhythm_weekday_is_one"),
        ]

    def __str__(self) -> str:
        return f"Rhythm {self.pk}"


class Wish(models.Model):
    """How soon a person wants to know of a topic, or of one matter in it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    topic = models.CharField(max_length=40)
    matter = models.CharField(max_length=100, blank=True)  # "": the topic as a whole
    pace = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Pace])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "topic", "matter"], name="notice_wish_once"),
            models.CheckConstraint(condition=Q(pace__in=[each.value for each in Pace]), name="notice_wish_is_a_pace"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.matter} {self.pace}"
