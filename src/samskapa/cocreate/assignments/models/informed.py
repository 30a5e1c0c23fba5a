"""Who follows which assignment, and which searches are saved."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import Person

from ..domain import Contribution
from ..domain.informed import LONGEST_NAME
from .need import Assignment


class Follow(models.Model):
    """Somebody has asked to hear what happens to an assignment. Nobody follows without having asked."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="follows", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "person"], name="follow_once")]
        indexes = [models.Index(fields=["person", "since", "id"], name="follows_of_a_person")]

    def __str__(self) -> str:
        return f"Follow {self.pk}"


class SavedSearch(models.Model):
    """Filters of the open list that somebody wants to hear new matches of."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=LONGEST_NAME)
    area = models.ForeignKey(Node, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Node, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contribution = models.CharField(max_length=24, blank=True, choices=[(c.value, c.value) for c in Contribution])
    digital = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    #: Part of the feed's secret address: one more, and the old address is nothing.
    feed_number = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="search_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="search_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"SavedSearch {self.pk}"
