import django.db.models.deletion
from django.db import migrations, models

from samskapa.ground.core.models import append_only_operations


class Migration(migrations.Migration):
    """A version of the starting text is never changed: the database sees to it."""

    dependencies = [("pool", "0008_names_and_indexes")]
    operations = [
        migrations.AlterField(
            "startingpoint",
            "starting",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="points", to="pool.startingtext"
            ),
        ),
        *append_only_operations("pool_startingtext"),
        *append_only_operations("pool_startingpoint"),
    ]
