"""Who was registered by a coordinator, the sessions in which somebody was helped, and letters in the place of mail."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from samskapa.ground.core.keys.fields import EncryptedTextField
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import Person

from .domain import Asked, Done, How


class Registered(models.Model):
    """A person whom a coordinator has registered, and how to reach them without mail."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="registered")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="+")
    postal_address = EncryptedTextField(bound_to="uid")  # "" where there is none
    #: How and when the person said yes.
    consent_by = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Asked])
    consent_on = models.DateField()
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(consent_by__in=["phone", "in_person", "paper"]), name="registered_by_yes"
            ),
        ]

    def __str__(self) -> str:
        return f"Registered {self.pk}"


class Help(models.Model):
    """A session in which a coordinator acts for a person, and the letter to the person about it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    helper = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="helps")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="helped")
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="+")  # where she is coordinator
    asked_by = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Asked])
    purpose = EncryptedTextField(bound_to="uid")
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_how = models.CharField(max_length=8, blank=True, choices=[(each.value, each.value) for each in How])
    #: How many things were done; there is a letter where it is one or more.
    deeds = models.PositiveIntegerField(default=0)
    posted_at = models.DateTimeField(null=True, blank=True)
    posted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["helper"], condition=Q(ended_at=None), name="help_one_at_a_time"),
            models.CheckConstraint(condition=~Q(helper=F("person")), name="help_is_for_another"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("began_at")), name="help_ends_after_it_began"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_how="") | Q(ended_at__isnull=False) & ~Q(ended_how=""),
                name="help_ended_somehow",
            ),
            models.CheckConstraint(
                condition=Q(posted_at=None, posted_by=None)
                | Q(posted_at__isnull=False, posted_by__isnull=False, ended_at__isnull=False),
                name="help_posted_when_over",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "began_at"], name="help_of_a_person"),
            models.Index(fields=["ends_at"], condition=Q(ended_at=None), name="help_running"),
        ]

    def __str__(self) -> str:
        return f"Help {self.pk}"


class PassedOn(models.Model):
    """A mail that had no address to go to, or that is wanted in another way, has been sent as a letter or told by
    phone."""

    mail = models.OneToOneField(OutboxMail, on_delete=models.CASCADE, related_name="passed_on")
    how = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Done])
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"PassedOn {self.pk}"
