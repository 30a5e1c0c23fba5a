"""The tree of organisations, who holds which role where, and the links by which one is invited."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samskapa.ground.people.domain import SORT_KEY_LENGTH
from samskapa.ground.people.models import Person

from .domain import HELD_AT, PARENTS, PATH_LENGTH, Kind, Role

KIND_LABELS = {
    Kind.NATION: _("Nation"),
    Kind.REGION: _("Region"),
    Kind.MUNICIPALITY: _("Municipality"),
    Kind.ADMINISTRATION: _("Administration"),
    Kind.UNIT: _("Unit"),
    Kind.PATIENT_ORGANISATION: _("Patient organisation"),
    Kind.SECTION: _("Section"),
}

ROLE_LABELS = {
    Role.MEMBER: _("Member of the resource group"),
    Role.HOST: _("Host"),
    Role.COORDINATOR: _("Coordinator"),
    Role.ORGANISATION: _("Speaks for the organisation"),
    Role.COUNCIL: _("Council"),
    Role.LEADERSHIP: _("Leadership"),
    Role.NATIONAL: _("National coordinator"),
    Role.PAYROLL: _("Payroll"),
    Role.AUDITOR: _("Auditor"),
    Role.OPERATOR: _("Operator"),
}


def role_label(role: str) -> str:
    """The role in words, in the reader's language; a role we do not know as it is written."""
    return str(ROLE_LABELS[Role(role)]) if role in set(Role) else role


def kind_label(kind: str) -> str:
    """The kind of node in words, in the reader's language."""
    return str(KIND_LABELS[Kind(kind)]) if kind in set(Kind) else kind


def _allowed_parents() -> Q:
    """PARENTS as a condition on a row's kind and its parent's kind ("" for none)."""
    allowed = Q()
    for kind, parents in PARENTS.items():
        allowed |= Q(kind=kind.value, parent_kind__in=sorted(parent.value if parent else "" for parent in parents))
    return allowed


def _allowed_roles() -> Q:
    """HELD_AT as a condition on a grant's role and the kind of its node."""
    allowed = Q()
    for role, kinds in HELD_AT.items():
        allowed |= Q(role=role.value, node_kind__in=sorted(kind.value for kind in kinds))
    return allowed


class Node(models.Model):
    """A nation, region, municipality, administration or unit; or a patient organisation or its section."""

    kind = models.CharField(_("kind"), max_length=24, choices=[(k.value, KIND_LABELS[k]) for k in Kind])
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    #: The parent's kind ("" for none), kept here so that the database itself can refuse a wrong place.
    #: A node's kind never changes.
    parent_kind = models.CharField(max_length=24, blank=True, editable=False)
    #: Ids from the root down to this node, each followed by a dot; "below" is "starts with".
    path = models.CharField(max_length=PATH_LENGTH, blank=True, editable=False, db_index=True)
    name = models.CharField(_("name"), max_length=200)
    sort_key = models.CharField(max_length=SORT_KEY_LENGTH, editable=False, db_index=True)
    #: SCB's county code (two digits) for a region, municipality code (four) for a municipality.
    code = models.CharField(_("code"), max_length=16, blank=True)
    #: SCB's county code for everything that lies in one county; "" where it does not.
    county_code = models.CharField(_("county code"), max_length=2, blank=True, db_index=True)
    #: What people call the place: "Stockholms län" for a region, "Upplands Väsby" for a municipality.
    place = models.CharField(_("place"), max_length=80, blank=True)
    #: For a patient organisation: the field it speaks for, as a person would search for it.
    area = models.CharField(_("area"), max_length=200, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    about = models.TextField(_("about"), blank=True)
    #: name, place, area and about in lower case: what the directory searches in.
    search_text = models.TextField(blank=True, editable=False)
    #: Where the facts come from, for the reference data.
    source = models.TextField(blank=True)
    is_demo = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], condition=~Q(code=""), name="node_code_once_per_kind"),
            models.UniqueConstraint(fields=["path"], condition=~Q(path=""), name="node_path_once"),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(kind=Kind.PATIENT_ORGANISATION),
                name="node_patient_organisation_once",
            ),
            models.CheckConstraint(
                condition=Q(parent=None, parent_kind="") | Q(parent__isnull=False) & ~Q(parent_kind=""),
                name="node_parent_kind_with_parent",
            ),
            models.CheckConstraint(condition=_allowed_parents(), name="node_stands_where_its_kind_may"),
            models.CheckConstraint(condition=~Q(name=""), name="node_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """A person holds a role at a node from a moment, until another moment or until further notice."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=24, choices=[(r.value, ROLE_LABELS[r]) for r in Role])
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="role_grants")
    #: The node's kind, kept here so that the database itself can refuse a role that means nothing there.
    node_kind = models.CharField(max_length=24, editable=False)
    granted_at = models.DateTimeField()
    granted_by_id = models.BigIntegerField(null=True)  # a person's id; null: the system
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "node"], condition=Q(ended_at=None), name="role_grant_held_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("granted_at")),
                name="role_grant_ends_after_start",
            ),
            models.CheckConstraint(condition=_allowed_roles(), name="role_grant_where_it_means_something"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"


class Invitation(models.Model):
    """A single-use link, mailed to an address: it makes or finds the account and gives a role.

    The link's token is never stored, only its digest: who reads the database cannot use the links.
    """

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=24, blank=True, choices=[(r.value, ROLE_LABELS[r]) for r in Role])
    node = models.ForeignKey(Node, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations")
    #: The same matter invites once: a second click makes no second link.
    key = models.CharField(max_length=200)
    token_digest = models.CharField(max_length=64, unique=True)
    next_path = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    invited_by_id = models.BigIntegerField(null=True)  # a person's id; null: the system
    #: Whose account it became.
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "email"], name="invitation_once_per_key_and_address"),
            models.CheckConstraint(
                condition=Q(used_at=None, person=None) | Q(used_at__isnull=False, person__isnull=False),
                name="invitation_used_by_somebody_or_not_at_all",
            ),
            models.CheckConstraint(
                condition=Q(role="", node=None) | ~Q(role="") & Q(node__isnull=False),
                name="invitation_role_with_node",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="invitation_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"
