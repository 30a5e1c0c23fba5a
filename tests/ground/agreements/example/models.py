"""The example's tables: what any using app writes."""

from django.db import models

from samskapa.ground.agreements import models as agreements
from samskapa.ground.core.keys.fields import EncryptedTextField


class Plan(models.Model):
    """The root: what the agreements are about."""

    title = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"Plan {self.pk}"


class Agreement(agreements.AbstractAgreement):
    root = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="agreements")


class Party(agreements.AbstractParty):
    root = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="parties")
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="parties")


class Line(agreements.AbstractLine):
    root = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="lines")
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="lines")
    owner = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")


class Binding(agreements.AbstractBinding):
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="bindings")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")


class Revision(agreements.AbstractRevision):
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="revisions")
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="+")
    by_party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    based_on = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    text = EncryptedTextField(blank=True)
    reason = EncryptedTextField(blank=True)


class Statement(agreements.AbstractStatement):
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="statements")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField(blank=True)


class Comment(agreements.AbstractComment):
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="comments")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    text = EncryptedTextField()


class Version(agreements.AbstractVersion):
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")


class VersionLine(agreements.AbstractVersionLine):
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")


TABLES = agreements.Tables(
    prefix="example.agreement",
    agreement=Agreement,
    party=Party,
    line=Line,
    binding=Binding,
    revision=Revision,
    statement=Statement,
    comment=Comment,
    version=Version,
    version_line=VersionLine,
)
