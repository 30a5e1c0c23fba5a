"""Files that people have sent. What they hold lies outside the database, under the row's number."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from .domain import Kind


class Upload(models.Model):
    """One file. Who may read it is for the app to say that points at it; nobody else makes a link to it.

    documents lies below people, so the one who sent it is a plain number, as in the trail. The row stays when the
    file has been removed: that there was one, and since when there is none, is known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=[(kind.value, kind.name) for kind in Kind])
    size = models.PositiveIntegerField()  # bytes, as kept
    digest = models.CharField(max_length=64)  # SHA-256 of what is kept, hexadecimal
    is_scanned = models.BooleanField()
    person_id = models.BigIntegerField(null=True)
    kept_at = models.DateTimeField()
    attached_at = models.DateTimeField(null=True)  # until then it is nobody's, and is tidied away after a day
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="upload_is_not_empty"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="upload_kind_is_known"),
            models.CheckConstraint(
                condition=Q(attached_at=None) | Q(attached_at__gte=F("kept_at")), name="upload_kept_then_attached"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(removed_at__gte=F("kept_at")), name="upload_kept_then_removed"
            ),
        ]
        indexes = [
            models.Index(fields=["kept_at"], name="upload_nobodys", condition=Q(attached_at=None, removed_at=None))
        ]

    def __str__(self) -> str:
        return f"upload {self.pk}"
