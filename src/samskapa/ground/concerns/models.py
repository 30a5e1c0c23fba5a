"""Who reads when somebody has written of danger or harm, what they do then, and what has been noted."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from samskapa.ground.core.keys.fields import EncryptedTextField
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import Person

from .domain import Sign


class Routine(models.Model):
    """What an organisation has decided: who reads, and what they do."""

    node = models.OneToOneField(Node, on_delete=models.PROTECT, related_name="concern_routine")
    text = models.TextField(max_length=4000)
    readers = models.ManyToManyField(Person, related_name="+")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="concern_routine_says_something")]

    def __str__(self) -> str:
        return f"Routine {self.pk}"


class Concern(models.Model):
    """Something somebody wrote that had a sign in it. The sentence is kept so that whoever reads can judge; the whole
    text stands where it was written."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=200, unique=True)
    sign = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Sign])
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="+")
    #: Who wrote; null where that is not to be known.
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=300, blank=True)
    extract = EncryptedTextField(bound_to="uid")
    at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = EncryptedTextField(bound_to="uid")  # "" until handled
    reminded_at = models.DateTimeField(null=True, blank=True)
    blanked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sign__in=["danger", "harm"]), name="concern_sign"),
            models.CheckConstraint(
                condition=Q(handled_at=None, handled_by=None) | Q(handled_at__isnull=False, handled_by__isnull=False),
                name="concern_handled_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["node", "handled_at", "at", "id"], name="concern_waiting"),
        ]

    def __str__(self) -> str:
        return f"Concern {self.pk}"
