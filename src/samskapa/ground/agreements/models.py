"""The tables of an agreement, as abstract classes: each using app has its own, with the same law.

The using app subclasses every class in its own `models.py` and there declares the relations named in each
class's "Relations" line, because a ForeignKey names its class and only the app knows it. A text column
(`text`, `reason`, `heading`) may be declared again with another field, for instance an encrypted one.

Revisions, statements, comments, versions and their lines are append-only: put
`append_only_operations(<table>)` for those five into the app's `0002_triggers.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samskapa.ground.core.models import AppendOnly
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import Person

from .domain import Outcome, Side, Verdict


class AbstractAgreement(models.Model):
    """What some parties agree on. Several agreements may stand on one root and share its common lines.

    Relations: root.
    """

    created_at = models.DateTimeField()

    class Meta:
        abstract = True


class AbstractParty(models.Model):
    """Who agrees: a person, an organisation, or a person who answers for one.

    Relations: root; agreement (null: a party to every agreement of the root, as a host is).
    """

    side = models.CharField(max_length=8, choices=[(s.value, s.value) for s in (Side.PERSON, Side.CARE)])
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    node = models.ForeignKey(Node, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(app_label)s_%(class)s_side", condition=Q(side__in=["person", "care"])),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_is_somebody",
                condition=Q(person__isnull=False) | Q(node__isnull=False),
            ),
        ]


class AbstractLine(models.Model):
    """One promise or expectation. Its wordings are its revisions.

    Relations: root; agreement (null: common to every agreement of the root); owner (a party; null:
    everybody on `owner_side`). All parties of the agreement are bound unless the app has a binding table
    that names some.
    """

    heading = models.CharField(_("heading"), max_length=120, blank=True)
    #: Lines are numbered by position and then by age; a later line comes last, so that "point 3" stays
    #: point 3.
    position = models.PositiveIntegerField()
    owner_side = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Side])
    #: From the form that wrote it, so that a double click writes one line.
    key = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_owner_side",
                condition=Q(owner_side__in=["person", "care", "both"]),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once_per_key", fields=["root", "key"], condition=~Q(key="")
            ),
        ]


class AbstractBinding(models.Model):
    """A line that binds only some of the parties binds those that have a row here. An app may do without
    the table.

    Relations: line; party.
    """

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(name="%(app_label)s_%(class)s_once", fields=["line", "party"])]


class AbstractRevision(AppendOnly):
    """One wording of a line, or its removal. Never edited.

    Relations: line; agreement (where it was written, which is where `reason` is seen; null: said to all);
    by_party (null: drafted for the parties); based_on (the revision that the writer had read; null: the
    first).
    """

    number = models.PositiveIntegerField()
    text = models.TextField(_("text"), blank=True)
    removed = models.BooleanField(default=False)
    reason = models.TextField(_("reason"), blank=True)
    by_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(name="%(app_label)s_%(class)s_one_per_number", fields=["line", "number"]),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_first_or_based",
                condition=Q(number=1, based_on__isnull=True) | Q(number__gt=1, based_on__isnull=False),
            ),
        ]


class AbstractStatement(AppendOnly):
    """What a party said of a revision. Append-only; the latest counts.

    Relations: revision; party; agreement (where it was said, which is where `reason` is seen; null: to all).
    That "not agreed" has a reason is held by the service: the column may be encrypted.
    """

    verdict = models.CharField(max_length=12, choices=[(v.value, v.value) for v in Verdict])
    reason = models.TextField(_("reason"), blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_verdict",
                condition=Q(verdict__in=["confirmed", "not_agreed", "left_open"]),
            )
        ]


class AbstractComment(AppendOnly):
    """Something said about a line, in one agreement. Append-only.

    Relations: line; agreement; party.
    """

    text = models.TextField(_("comment"))
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class AbstractVersion(AppendOnly):
    """What the parties had settled at a moment. Append-only; the one with the highest number is valid.

    Relations: agreement.
    """

    number = models.PositiveIntegerField()
    fixed_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(name="%(app_label)s_%(class)s_one_per_number", fields=["agreement", "number"]),
            models.CheckConstraint(name="%(app_label)s_%(class)s_from_one", condition=Q(number__gte=1)),
        ]


class AbstractVersionLine(AppendOnly):
    """A revision in a version, as agreed or as left open. Append-only.

    Relations: version; line; revision.
    """

    outcome = models.CharField(max_length=8, choices=[(o.value, o.value) for o in Outcome])

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(name="%(app_label)s_%(class)s_one_per_revision", fields=["version", "revision"]),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_per_outcome", fields=["version", "line", "outcome"]
            ),
            models.CheckConstraint(name="%(app_label)s_%(class)s_outcome", condition=Q(outcome__in=["agreed", "open"])),
        ]


@dataclass(frozen=True, slots=True)
class Tables:
    """Names the using app's own tables to the services and queries; one constant in the app's `models.py`.

    prefix: begins every action in the trail: "assignments.agreement" gives "assignments.agreement_line_confirmed".
    binding: None where every line binds all the parties of its agreement.
    live: which agreements still go on; a version is fixed in no others.
    """

    prefix: str
    agreement: Any
    party: Any
    line: Any
    revision: Any
    statement: Any
    comment: Any
    version: Any
    version_line: Any
    binding: Any = None
    live: Q = field(default_factory=Q)
