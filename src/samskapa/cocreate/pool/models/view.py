"""A view of the members that the coordinators of a group come back to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samskapa.ground.people.models import Person

from ..domain.searching import LONGEST_NAME
from .group import Group


class SavedView(models.Model):
    """What the list of members is narrowed to, under a name. All who run the group see it."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="views")
    name = models.CharField(max_length=LONGEST_NAME)
    #: Field of the form -> what was chosen, as the address of the page says it.
    wanted = models.JSONField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "name"], name="view_name_once"),
            models.CheckConstraint(name="view_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"SavedView {self.pk}"
