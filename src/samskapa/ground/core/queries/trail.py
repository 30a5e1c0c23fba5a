"""What the trail knows of a thing and of a person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Model, Q, QuerySet

from ..domain import TrailHead, sealed
from ..models import AuditEntry, AuditLink


def seal(fields: dict[str, Any]) -> str:
    """The seal that a row with these fields (AuditEntry.SEALED) should bear."""
    return sealed(fields | {"uid": str(fields["uid"]), "strength": int(fields["strength"])}, key=settings.TRAIL_KEY)


def trail_head() -> TrailHead | None:
    """How far the chain has come; None before its first link. For the backup, the log, and the file of heads."""
    last = AuditLink.objects.order_by("-position").values_list("position", "digest").first()
    return TrailHead(*last) if last else None


def count_unlinked() -> int:
    """Rows of the trail after the chain's last link: few, while a worker runs."""
    last = AuditLink.objects.order_by("-position").values_list("entry_id", flat=True).first()
    return AuditEntry.objects.filter(pk__gt=last or 0).count()


def trail_of(thing: Model) -> QuerySet[AuditEntry]:
    """Everything that happened to one thing, oldest first."""
    return AuditEntry.objects.filter(object_type=thing._meta.label_lower, object_id=str(thing.pk)).order_by("pk")


def trail_by(person_id: int) -> QuerySet[AuditEntry]:
    """Everything that one person did, or had done in their name, oldest first."""
    return AuditEntry.objects.filter(Q(person_id=person_id) | Q(for_person_id=person_id)).order_by("pk")


def looks_at(person_id: int) -> QuerySet[AuditEntry]:
    """Who else was shown the person's details, on a page of their own or in a list, the newest first."""
    others = AuditEntry.objects.filter(subjects__person_id=person_id)
    return others.exclude(person_id=person_id).order_by("-pk")
