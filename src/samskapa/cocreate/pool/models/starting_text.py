"""The starting text of a group's joining agreements: what stands in the points before anybody has changed them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samskapa.ground.core.models import AppendOnly

from ..domain.agreement import SIDES
from .group import Group


class StartingText(AppendOnly):
    """A version of it. The newest counts for who is welcomed from now on; without any the house's own words do. Never
    changed: who wrote it stands in the trail."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="starting_texts")
    number = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="starting_text_number_once"),
            models.CheckConstraint(name="starting_text_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"StartingText {self.pk}"


class StartingPoint(AppendOnly):
    """A point of a version. key: of the house's points (domain.agreement), or "own-1" and so on."""

    starting = models.ForeignKey(StartingText, on_delete=models.PROTECT, related_name="points")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=16)
    heading = models.CharField(max_length=12)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["starting", "key"], name="starting_point_once"),
            models.UniqueConstraint(fields=["starting", "position"], name="starting_point_in_order"),
            models.CheckConstraint(
                name="starting_point_says_something", condition=~Q(text="") & Q(heading__in=sorted(SIDES))
            ),
        ]

    def __str__(self) -> str:
        return f"StartingPoint {self.key}"
