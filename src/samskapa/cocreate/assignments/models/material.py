"""Files that host or coordinator put to an assignment, for everybody or for those who are chosen."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from samskapa.ground.documents.models import Upload
from samskapa.ground.people.models import Person

from ..domain.material import MOST, Audience
from .need import Assignment, one_of

#: Where one lies for a moment while two change places.
IN_THE_HAND = MOST


class Material(models.Model):
    """One file, under a title in plain words. The row stays when the file has been taken away."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="material")
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="material")
    title = models.CharField(max_length=120)
    audience = models.CharField(max_length=12, choices=one_of(Audience))
    position = models.PositiveSmallIntegerField()  # from 0; each once among those that stand there
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    #: Those who are chosen have been told of it.
    told_at = models.DateTimeField(null=True, blank=True)
    #: Taken away by somebody with a reason, or disposed of by the organisation's decision: then by nobody.
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "position"], condition=Q(removed_at=None), name="material_position_once"
            ),
            models.CheckConstraint(name="material_not_too_many", condition=Q(position__lte=IN_THE_HAND)),
            models.CheckConstraint(name="material_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="material_known_audience", condition=Q(audience__in=[audience.value for audience in Audience])
            ),
            models.CheckConstraint(
                name="material_told_after_it_was_added", condition=Q(told_at=None) | Q(told_at__gte=F("added_at"))
            ),
            models.CheckConstraint(
                name="material_removed_with_time_person_and_reason_or_disposed_of",
                condition=Q(removed_at=None, removed_by=None, removed_reason="")
                | (Q(removed_at__gte=F("added_at"), removed_by__isnull=False) & ~Q(removed_reason=""))
                | Q(removed_at__gte=F("added_at"), removed_by=None, removed_reason=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["assignment", "id"],
                name="material_to_tell",
                condition=Q(audience=Audience.CHOSEN.value, told_at=None, removed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"Material {self.pk}"
