"""The group's own words on members, which only describe."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from samskapa.ground.people.models import Person

from ..domain.labels import LONGEST_LABEL
from .group import Group
from .member import Member


class Label(models.Model):
    """A word that a group has for its members. Made by a coordinator; the list is closed."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="labels")
    name = models.CharField(max_length=LONGEST_LABEL)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("group", Lower("name"), name="label_once_in_a_group"),
            models.CheckConstraint(name="label_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"Label {self.pk}"


class Labelled(models.Model):
    """A member has a label. The member sees it, and who set it."""

    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="on")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="labelled")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["label", "member"], name="labelled_once")]

    def __str__(self) -> str:
        return f"Labelled {self.pk}"
