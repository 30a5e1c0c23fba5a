"""The tables of joining agreements: what a member and the group expect of each other, point by point.

The law, the services and the abstract columns are `ground.agreements`. What is written is encrypted, as all else in a
group; when the member leaves it becomes a dash, and that there was an agreement, and when, stays.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samskapa.ground.agreements.models import (
    AbstractAgreement,
    AbstractComment,
    AbstractLine,
    AbstractParty,
    AbstractRevision,
    AbstractStatement,
    AbstractVersion,
    AbstractVersionLine,
    Tables,
)
from samskapa.ground.core.keys.fields import EncryptedTextField

from ..domain.agreement import TO_THE_DESK
from .member import Member


class Agreement(AbstractAgreement):
    """What one member and the group agree on. Who leaves and joins again gets another."""

    root = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="agreements")
    ended_at = models.DateTimeField(null=True, blank=True)  # the member left
    # Where the law says that it stands, kept by `services.agreeing` with every act, so that desks need not work it out.
    person_owes = models.PositiveSmallIntegerField(default=0)
    group_owes = models.PositiveSmallIntegerField(default=0)
    #: Since when the oldest of those points waits for the group; None where none do.
    group_waits_since = models.DateTimeField(null=True, blank=True)
    #: Since when points wait for the member, or when the member last said something; None where none do.
    person_waits_since = models.DateTimeField(null=True, blank=True)
    #: How many steps of reminding are taken since then (domain.agreement), and when the last was.
    told = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)
    #: A version is fixed and nothing is open; empty again while a change is being discussed.
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta(AbstractAgreement.Meta):
        indexes = [
            models.Index(
                fields=["root"], condition=Q(ended_at=None, group_owes__gt=0), name="joining_agreement_group_owes"
            ),
            models.Index(fields=["person_waits_since"], condition=Q(ended_at=None), name="joining_agreement_waits"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["root"], condition=Q(ended_at=None), name="joining_agreement_once"),
            models.CheckConstraint(
                name="joining_agreement_settled_owes_nothing",
                condition=Q(settled_at=None) | Q(person_owes=0, group_owes=0),
            ),
            models.CheckConstraint(
                name="joining_agreement_waits_since_a_moment",
                condition=Q(person_owes=0, person_waits_since=None)
                | Q(person_owes__gt=0, person_waits_since__isnull=False),
            ),
            models.CheckConstraint(
                name="joining_agreement_group_waits_since_a_moment",
                condition=Q(group_owes=0, group_waits_since=None)
                | Q(group_owes__gt=0, group_waits_since__isnull=False),
            ),
            models.CheckConstraint(
                name="joining_agreement_told_at_a_moment",
                condition=Q(told=0, told_at=None)
                | Q(told__gte=1, told__lte=TO_THE_DESK, told_at__isnull=False, person_waits_since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Agreement {self.pk}"


class Party(AbstractParty):
    """The member, or the place whose group it is: any coordinator of the group speaks for it."""

    root = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="parties")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")

    class Meta(AbstractParty.Meta):
        constraints = [
            *AbstractParty.Meta.constraints,
            models.UniqueConstraint(fields=["agreement", "side"], name="joining_party_one_on_each_side"),
        ]

    def __str__(self) -> str:
        return f"Party {self.pk}"


class Line(AbstractLine):
    root = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="lines")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="lines")
    owner = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Line {self.pk}"


class Revision(AbstractRevision):
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="revisions")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    by_party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = EncryptedTextField(blank=True)
    reason = EncryptedTextField(blank=True)

    def __str__(self) -> str:
        return f"Revision {self.pk}"


class Statement(AbstractStatement):
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="statements")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField(blank=True)

    def __str__(self) -> str:
        return f"Statement {self.pk}"


class Comment(AbstractComment):
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="comments")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    text = EncryptedTextField()

    def __str__(self) -> str:
        return f"Comment {self.pk}"


class Version(AbstractVersion):
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")

    def __str__(self) -> str:
        return f"Version {self.number} of {self.agreement_id}"


class VersionLine(AbstractVersionLine):
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"VersionLine {self.pk}"


#: What `ground.agreements` is told to work on.
TABLES = Tables(
    prefix="pool.agreement",
    agreement=Agreement,
    party=Party,
    line=Line,
    revision=Revision,
    statement=Statement,
    comment=Comment,
    version=Version,
    version_line=VersionLine,
    live=Q(ended_at=None),
)
