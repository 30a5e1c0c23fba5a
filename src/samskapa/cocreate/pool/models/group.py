"""A resource group: the place whose coordinators run it, and what its page says."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samskapa.ground.organisations.domain import HELD_AT, Role
from samskapa.ground.organisations.models import Node

from ..domain import LOWEST_AGES


class Group(models.Model):
    """The resource group of a region or a municipality. There is one for each place, once a coordinator has made it."""

    node = models.OneToOneField(Node, on_delete=models.PROTECT, related_name="resource_group")
    #: The node's kind, kept here so that the database itself can refuse a group where nobody can be a member.
    node_kind = models.CharField(max_length=24, editable=False)
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True)
    #: What is paid, in words or as a link to the guideline, until guidelines have pages of their own.
    pay = models.TextField(blank=True)
    lowest_age = models.PositiveSmallIntegerField(default=18)
    #: Whether one can join now. Who has joined stays.
    is_open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="group_has_name", condition=~Q(name="")),
            models.CheckConstraint(name="group_lowest_age_known", condition=Q(lowest_age__in=LOWEST_AGES)),
            models.CheckConstraint(
                name="group_where_one_can_be_a_member",
                condition=Q(node_kind__in=sorted(kind.value for kind in HELD_AT[Role.MEMBER])),
            ),
        ]

    def __str__(self) -> str:
        return f"Group {self.pk}"
