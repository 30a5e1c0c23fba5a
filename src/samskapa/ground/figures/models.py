"""Each month's figures as they were when the month was over. Written once, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from samskapa.ground.core.models import AppendOnly


class Snapshot(AppendOnly):
    """One finished month, frozen with all its figures in one go."""

    month = models.DateField(unique=True)  # its first day
    frozen_at = models.DateTimeField()
    #: The day from which everybody sees what is told; before that the units and their coordinators.
    shown_on = models.DateField()
    #: Keys of the measures that were counted, for others come later; None where it was frozen before this stood here.
    counted = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="snapshot_shown_after_the_month", condition=Q(shown_on__gt=F("month"))),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Figure(AppendOnly):
    """One cell: how many of a measure at a node and below it, in one part of a feature; "" and "" is the total.

    Figures lie below organisations, so a node is a plain number. A zero has no row, but for the total of a node of
    which nothing is told: so that it shows that nothing is.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="figures")
    measure = models.CharField(max_length=40)
    node_id = models.BigIntegerField()
    feature = models.CharField(max_length=40, blank=True)
    part = models.CharField(max_length=40, blank=True)
    count = models.PositiveIntegerField()
    #: Not told: from 1 to 4, or one could compute such a count from it.
    is_hidden = models.BooleanField()

    class Meta:
        constraints = [
            # With the node early: a page asks for one node in one month.
            models.UniqueConstraint(
                fields=["snapshot", "node_id", "measure", "feature", "part"], name="figure_once_per_cell"
            ),
            models.CheckConstraint(
                name="figure_under_five_is_hidden", condition=Q(is_hidden=True) | Q(count=0) | Q(count__gte=5)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} at {self.node_id}"


class Comment(AppendOnly):
    """What a unit says of its figures, shown beside them. The newest counts; who wrote it stands in the trail."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="comments")
    node_id = models.BigIntegerField()
    text = models.TextField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="figure_comment_says_something", condition=~Q(text=""))]
        indexes = [models.Index(fields=["snapshot", "node_id", "id"], name="figure_comment_newest")]

    def __str__(self) -> str:
        return f"Comment {self.pk}"
