"""Questions: those the host asks each applicant, and those anybody asks the host in public."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samskapa.ground.people.models import Person

from .need import Assignment


class ApplicantQuestion(models.Model):
    """What the host wants to know from each applicant."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="applicant_questions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    is_required = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "position"], name="applicant_question_position_once")
        ]

    def __str__(self) -> str:
        return f"ApplicantQuestion {self.pk}"


class PublicQuestion(models.Model):
    """A question to the host on an open assignment; question and answer are read by everybody.

    The one who asked is never named on the page.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="public_questions")
    text = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: Taken down by host or coordinator, with the reason told to the one who asked.
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.TextField(blank=True)
    hidden_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="public_question_answered_with_time_and_person_or_not",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="public_question_hidden_with_reason_time_and_person_or_not",
                condition=Q(hidden_at=None, hidden_by=None, hidden_reason="")
                | (Q(hidden_at__isnull=False, hidden_by__isnull=False) & ~Q(hidden_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"PublicQuestion {self.pk}"
