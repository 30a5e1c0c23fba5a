from django.db import migrations, models
from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce


def since_the_latest_wording(apps, schema_editor):
    """For those that wait already: since the latest wording of a point. It may have waited longer, never shorter."""
    agreements, revisions = apps.get_model("pool", "Agreement"), apps.get_model("pool", "Revision")
    theirs = revisions.objects.filter(agreement=OuterRef("pk")).order_by().values("agreement")
    latest = Subquery(theirs.annotate(latest=Max("at")).values("latest"))
    agreements.objects.filter(group_owes__gt=0).update(group_waits_since=Coalesce(latest, "created_at"))


class Migration(migrations.Migration):
    """Since when a point of an agreement waits for the group."""

    dependencies = [("pool", "0010_own_words")]
    operations = [
        migrations.AddField("agreement", "group_waits_since", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(since_the_latest_wording, migrations.RunPython.noop),
        migrations.AddConstraint(
            "agreement",
            models.CheckConstraint(
                condition=Q(group_owes=0, group_waits_since=None)
                | Q(group_owes__gt=0, group_waits_since__isnull=False),
                name="joining_agreement_group_waits_since_a_moment",
            ),
        ),
    ]
