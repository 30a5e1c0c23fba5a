"""How a resource group is begun, step by step, until it is made. Who wrote what stands in the trail."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.pool.domain import LOWEST_AGES
from samskapa.cocreate.pool.models import Group
from samskapa.ground.organisations.models import Node


class Start(models.Model):
    """What is thought before there is a group, one for each place; and what came of it."""

    node = models.OneToOneField(Node, on_delete=models.PROTECT, related_name="start_of_group")
    begun_at = models.DateTimeField()

    purpose = models.TextField(blank=True)
    patients = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # with experience of their own, in from the start
    together = models.TextField(blank=True)
    relation = models.TextField(blank=True)
    respect = models.TextField(blank=True)
    about = models.TextField(blank=True)  # what the group's page will say
    hosting = models.TextField(blank=True)
    first_try = models.TextField(blank=True)
    look_back_on = models.DateField(null=True, blank=True)
    pay = models.TextField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    lowest_age = models.PositiveSmallIntegerField(default=18)
    is_open = models.BooleanField(default=False)
    need_title = models.CharField(max_length=120, blank=True)
    need_why = models.TextField(blank=True)

    finished_at = models.DateTimeField(null=True, blank=True)
    group = models.OneToOneField(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="start")
    need = models.OneToOneField(Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="start_lowest_age_known", condition=Q(lowest_age__in=LOWEST_AGES)),
            models.CheckConstraint(
                name="start_finished_with_a_group_and_a_need",
                condition=Q(finished_at=None, group=None, need=None)
                | Q(finished_at__isnull=False, group__isnull=False, need__isnull=False)
                & ~Q(purpose="")
                & ~Q(about="")
                & ~Q(name="")
                & ~Q(need_title=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Start {self.pk}"


class Saved(models.Model):
    """A step that has been saved: in which version, so that of two windows none overwrites the other."""

    start = models.ForeignKey(Start, on_delete=models.CASCADE, related_name="saved")
    key = models.CharField(max_length=16)  # domain.STEPS
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["start", "key"], name="saved_once_per_step")]

    def __str__(self) -> str:
        return f"Saved {self.key} of {self.start_id}"
