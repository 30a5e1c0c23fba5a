"""What a public body has decided of its documents, what went to its diary, and what somebody asked to read."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from samskapa.cocreate.assignments.models import Assignment
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import Person

from .domain import Outcome


class DisposalDecision(models.Model):
    """The organisation's decision (gallringsbeslut) of one kind of document. Never changed: a new one is a new row,
    and of those that apply the newest counts."""

    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="disposal_decisions")
    kind = models.CharField(max_length=40)  # key of a row of config/public_records.py
    keep_months = models.PositiveSmallIntegerField(null=True, blank=True)  # None: preserved
    decided_on = models.DateField()
    reference = models.CharField(max_length=80)  # the decision's number in the organisation's diary
    applies_from = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(keep_months=None) | Q(keep_months__range=(1, 1200)),
                name="disposal_keeps_some_time_or_for_ever",
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="disposal_has_a_reference"),
            models.CheckConstraint(
                condition=Q(applies_from__gte=F("decided_on")), name="disposal_applies_when_decided"
            ),
        ]

    def __str__(self) -> str:
        return f"DisposalDecision {self.pk}"


class DisposalNotice(models.Model):
    """Since when something that will be disposed of is shown to the coordinator. Goes when it is done, or is no longer
    due."""

    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="disposal_notices")
    kind = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    shown_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["node", "kind", "thing_id"], name="disposal_notice_once_per_thing")
        ]

    def __str__(self) -> str:
        return f"DisposalNotice {self.kind} {self.thing_id}"


class DiaryExport(models.Model):
    """A list that was made for the diary. What each row said is not kept here: it is read anew, and `digest` tells
    whether it still says the same."""

    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="diary_exports")
    since = models.DateTimeField()
    until = models.DateTimeField()
    count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of the CSV file, hexadecimal
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="diary_export_covers_some_time"),
            models.CheckConstraint(condition=Q(count__gte=1), name="diary_export_says_something"),
        ]

    def __str__(self) -> str:
        return f"DiaryExport {self.pk}"


class DiaryRow(models.Model):
    """That a document is in an export, by its number: so that nothing is exported twice."""

    export = models.ForeignKey(DiaryExport, on_delete=models.CASCADE, related_name="rows")
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "number"], name="diary_row_once")]

    def __str__(self) -> str:
        return self.number


class DisclosureRequest(models.Model):
    """Somebody asked to read documents. Who, and what for, is not asked (TF 2 kap. 18 §); where the answer goes, if
    told."""

    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="disclosure_requests")
    asked_on = models.DateField()
    words = models.TextField()
    answer_to = models.CharField(max_length=200, blank=True)
    #: What is gathered: everything within all of these that are given.
    assignment = models.ForeignKey(Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)  # the last day
    kinds = models.JSONField(default=list)  # keys of config/public_records.py; []: all
    containing = models.CharField(max_length=100, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="disclosure_says_what"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="disclosure_period_has_an_end_after",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="disclosure_answered_by_somebody_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"DisclosureRequest {self.pk}"


class DisclosureDocument(models.Model):
    """One gathered document, and what a person decided of it. The document itself is read where it lies."""

    request = models.ForeignKey(DisclosureRequest, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    at = models.DateTimeField()  # when the document arose: where it is found again
    outcome = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Outcome], blank=True)
    rule = models.CharField(max_length=120, blank=True)  # the chapter and paragraph
    reason = models.TextField(blank=True)
    text_out = models.TextField(blank=True)  # what is left of it, where a part is handed out
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="disclosure_document_once"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None, decided_by=None)
                | Q(outcome__in=[each.value for each in Outcome], decided_at__isnull=False, decided_by__isnull=False),
                name="disclosure_document_decided_by_somebody_or_not",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", Outcome.WHOLE]) | (~Q(rule="") & ~Q(reason="")),
                name="disclosure_document_withheld_with_rule_and_reason",
            ),
            models.CheckConstraint(
                condition=(Q(outcome=Outcome.PART) & ~Q(text_out="")) | (~Q(outcome=Outcome.PART) & Q(text_out="")),
                name="disclosure_document_part_says_which",
            ),
        ]

    def __str__(self) -> str:
        return f"DisclosureDocument {self.number}"
