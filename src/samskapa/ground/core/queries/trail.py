"""What the trail knows of a thing and of a person."""

from __future__ import annotations

from django.db.models import Model, Q, QuerySet

from ..models import AuditEntry


def trail_of(thing: Model) -> QuerySet[AuditEntry]:
    """Everything that happened to one thing, oldest first."""
    return AuditEntry.objects.filter(object_type=thing._meta.label_lower, object_id=str(thing.pk)).order_by("pk")


def trail_by(person_id: int) -> QuerySet[AuditEntry]:
    """Everything that one person did, or had done in their name, oldest first."""
    return AuditEntry.objects.filter(Q(person_id=person_id) | Q(for_person_id=person_id)).order_by("pk")


def looks_at(person_id: int) -> QuerySet[AuditEntry]:
    """Who looked at a person's page, oldest first."""
    return AuditEntry.objects.filter(
        object_type="people.person", object_id=str(person_id), action="people.looked"
    ).order_by("pk")
