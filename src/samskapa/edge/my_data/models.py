"""What a person has been told before it happens."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from samskapa.ground.people.models import Person


class RetentionNotice(models.Model):
    """That a person was told that the time of one of their things runs out. Goes when it has been carried out, or when
    its time no longer runs out."""

    kind = models.CharField(max_length=40)  # key of a row of config/personal_data.py
    thing_id = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="retention_notices")
    told_at = models.DateTimeField()
    happens_at = models.DateTimeField()  # the first moment at which it may be carried out

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "thing_id"], name="retention_notice_once_per_thing"),
            models.CheckConstraint(condition=Q(happens_at__gt=F("told_at")), name="retention_notice_comes_before"),
        ]

    def __str__(self) -> str:
        return f"RetentionNotice {self.kind} {self.thing_id}"
