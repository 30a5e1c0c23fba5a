"""The tables of assignment agreements: one agreement per representative, common lines written once.

The law, the services and the abstract columns are `ground.agreements`.
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

from ..domain import ApplicationState
from .applying import Application
from .need import Assignment


class Agreement(AbstractAgreement):
    """What one representative and the unit agree on for one assignment."""

    root = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="agreements")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="agreement")
    #: The representative withdrew or the assignment was called off; what was confirmed stays readable.
    ended_at = models.DateTimeField(null=True, blank=True)
    # Where the law says that it stands, kept by `services.agreeing` with every act, so that lists and reminders need
    # not work it out: how many points wait for each side, and since when on the oldest.
    person_owes = models.PositiveIntegerField(default=0)
    person_owes_since = models.DateTimeField(null=True, blank=True)
    host_owes = models.PositiveIntegerField(default=0)
    host_owes_since = models.DateTimeField(null=True, blank=True)
    #: A version is fixed and nothing is open; empty again while a change is being discussed.
    settled_at = models.DateTimeField(null=True, blank=True)
    #: What was said here is gone, by the organisation's decision of disposal (gallringsbeslut). That there was an
    #: agreement, and when, stays.
    disposed_at = models.DateTimeField(null=True, blank=True)

    class Meta(AbstractAgreement.Meta):
        constraints = [
            models.CheckConstraint(
                name="assignment_agreement_owed_since_a_moment_or_not",
                condition=(
                    Q(person_owes=0, person_owes_since=None) | Q(person_owes__gt=0, person_owes_since__isnull=False)
                )
                & (Q(host_owes=0, host_owes_since=None) | Q(host_owes__gt=0, host_owes_since__isnull=False)),
            ),
            models.CheckConstraint(
                name="assignment_agreement_settled_owes_nothing",
                condition=Q(settled_at=None) | Q(person_owes=0, host_owes=0),
            ),
        ]

    def __str__(self) -> str:
        return f"Agreement {self.pk}"


class Party(AbstractParty):
    """The unit (in every agreement of the assignment), or one representative."""

    root = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="parties")
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="parties")
    #: The representative's name in an agreement that was fixed, where the account's own is blanked: what a public body
    #: has agreed on is kept until the body decides otherwise.
    name_kept = models.CharField(max_length=150, blank=True)

    class Meta(AbstractParty.Meta):
        constraints = [
            *AbstractParty.Meta.constraints,
            models.UniqueConstraint(
                fields=["root"], condition=Q(agreement=None), name="assignment_party_one_host_per_assignment"
            ),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(agreement__isnull=False), name="assignment_party_one_per_agreement"
            ),
        ]

    def __str__(self) -> str:
        return f"Party {self.pk}"


class Line(AbstractLine):
    root = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="lines")
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    owner = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Line {self.pk}"


class Revision(AbstractRevision):
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="revisions")
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Revision {self.pk}"


class Statement(AbstractStatement):
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="statements")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Statement {self.pk}"


class Comment(AbstractComment):
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="comments")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

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
    prefix="assignments.agreement",
    agreement=Agreement,
    party=Party,
    line=Line,
    revision=Revision,
    statement=Statement,
    comment=Comment,
    version=Version,
    version_line=VersionLine,
    # Who has withdrawn is out at once; `ended_at` follows when the worker gets there.
    live=Q(ended_at=None, application__state=ApplicationState.CHOSEN),
)
