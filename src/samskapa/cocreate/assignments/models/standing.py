"""What a standing assignment needs over the years: terms, hand-over to a successor, the yearly telling back."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from samskapa.ground.people.models import Person

from .agreeing import Agreement, Revision
from .need import Assignment


class Term(models.Model):
    """The first and last day for which somebody is appointed, as one wording of the agreement's point says it.

    It counts once both parties have confirmed that wording; the newest confirmed one is the valid one. A renewal, a
    correction and a deputy who becomes ordinary are new rows, never changes in an old one.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="terms")
    #: The wording of the point that says these days.
    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="term")
    starts_on = models.DateField()
    ends_on = models.DateField()  # the last day
    is_deputy = models.BooleanField(default=False)
    proposed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    #: Somebody said that it is not renewed: the agreement ends after the last day.
    ending_at = models.DateTimeField(null=True, blank=True)
    ending_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="term_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="term_ending_said_by_somebody_of_a_confirmed_one_or_not",
                condition=Q(ending_at=None, ending_by=None)
                | Q(ending_at__isnull=False, ending_by__isnull=False, confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Term {self.pk}"


class HandOver(models.Model):
    """What one representative hands over to the one who takes over, and by when."""

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="hand_over")
    successor = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="taken_over")
    by_day = models.DateField()
    what = models.TextField()
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="hand_over_to_somebody_else", condition=~Q(agreement=F("successor"))),
            models.CheckConstraint(name="hand_over_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="hand_over_done_by_somebody_or_not",
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"HandOver {self.pk}"


class ToldBack(models.Model):
    """What the host tells, once a year, of what a standing group has led to. Everybody may read it."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="told_back")
    #: The year whose telling it is (domain.standing.telling_due).
    year = models.PositiveSmallIntegerField()
    text = models.TextField()
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "year"], name="told_back_once_a_year"),
            models.CheckConstraint(name="told_back_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"ToldBack {self.year} of {self.assignment_id}"
