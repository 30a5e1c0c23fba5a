"""The tree of organisations, and who holds which role where."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samskapa.ground.people.models import Person

from .domain import Kind, Role


class Node(models.Model):
    """A nation, region, municipality, administration or unit; or a patient organisation or its section."""

    kind = models.CharField(_("kind"), max_length=24, choices=[(k.value, k.value) for k in Kind])
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    #: Ids from the root down to this node, each followed by a dot; "below" is "starts with".
    path = models.CharField(max_length=255, blank=True, editable=False, db_index=True)
    name = models.CharField(_("name"), max_length=200)
    sort_key = models.CharField(max_length=300, editable=False)
    #: SCB's county code (two digits) for a region, municipality code (four) for a municipality.
    code = models.CharField(_("code"), max_length=16, blank=True)
    #: For a patient organisation: the field it speaks for, as a person would search for it.
    area = models.CharField(_("area"), max_length=200, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    about = models.TextField(_("about"), blank=True)
    source = models.TextField(blank=True)
    is_demo = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], condition=~Q(code=""), name="node_code_once_per_kind"),
            models.CheckConstraint(
                condition=Q(parent=None, kind__in=[Kind.NATION, Kind.PATIENT_ORGANISATION])
                | Q(parent__isnull=False) & ~Q(kind=Kind.NATION),
                name="node_root_is_nation_or_patient_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """A person holds a role at a node from a moment, until another moment or until further notice."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=24, choices=[(r.value, r.value) for r in Role])
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="role_grants")
    granted_at = models.DateTimeField()
    granted_by_id = models.BigIntegerField(null=True)  # a person's id; null: the system
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "node"], condition=Q(ended_at=None), name="role_grant_held_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("granted_at")), name="role_grant_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"
