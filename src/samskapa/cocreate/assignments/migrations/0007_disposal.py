from django.db import migrations, models

from samskapa.ground.core.models import append_only_operations


class Migration(migrations.Migration):
    """A decision of disposal may take the words of an agreement: they become a dash, and nothing else."""

    dependencies = [("assignments", "0006_helped_by")]
    operations = [
        migrations.AddField(
            model_name="agreement",
            name="disposed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        *append_only_operations("assignments_revision", blankable=["text", "reason"]),
        *append_only_operations("assignments_statement", blankable=["reason"]),
        *append_only_operations("assignments_comment", blankable=["text"]),
    ]
