"""A letter to those of a group whom a search found, and to whom it went."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from samskapa.cocreate.pool.models import Group, Member
from samskapa.ground.core.keys.fields import EncryptedTextField
from samskapa.ground.people.models import Person

from .domain import Stage


class Circular(models.Model):
    """A letter. From when it is sent it is never changed; to whom it went is kept for two years."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="circulars")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = EncryptedTextField(bound_to="uid")
    text = EncryptedTextField(bound_to="uid")
    #: What the list of members was narrowed to, as the address of its page says it.
    wanted = models.JSONField(default=dict)
    stage = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Stage], default=Stage.DRAFT)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: How many it was sent to: stays when the rows of who they were go.
    size = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circular_sent_by_somebody_to_somebody",
                condition=Q(stage=Stage.DRAFT, sent_at=None, sent_by=None, size=0)
                | Q(stage__in=[Stage.SENDING, Stage.SENT], sent_at__isnull=False, sent_by__isnull=False, size__gte=1),
            ),
            models.CheckConstraint(
                name="circular_done_when_all_are_written_to",
                condition=Q(stage=Stage.SENT, done_at__isnull=False, done_at__gte=F("sent_at"))
                | ~Q(stage=Stage.SENT) & Q(done_at=None),
            ),
        ]
        indexes = [models.Index(fields=["group", "made_at"], name="circular_list")]

    def __str__(self) -> str:
        return f"Circular {self.pk}"


class Addressee(models.Model):
    """Somebody the letter goes to: once, whatever happens."""

    circular = models.ForeignKey(Circular, on_delete=models.CASCADE, related_name="addressees")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="letters")
    #: When it was written to them; null: it is not their turn yet.
    written_at = models.DateTimeField(null=True, blank=True)
    #: It was their turn, and they rest or have left since it was sent.
    is_left_out = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circular", "member"], name="addressee_once"),
            models.CheckConstraint(
                name="addressee_written_to_or_left_out", condition=Q(written_at=None) | Q(is_left_out=False)
            ),
        ]
        indexes = [
            models.Index(
                fields=["circular", "member"],
                condition=Q(written_at=None, is_left_out=False),
                name="addressee_to_write_to",
            )
        ]

    def __str__(self) -> str:
        return f"Addressee {self.pk}"
