from django.db import migrations

from samskapa.ground.core.models import append_only_operations


class Migration(migrations.Migration):
    """What became of a contribution, and whether a promise was kept, is never rewritten; words may be disposed of."""

    dependencies = [("underway", "0001_initial")]
    operations = [
        *append_only_operations("underway_outcome", blankable=["reason"]),
        *append_only_operations("underway_promise", blankable=["word"]),
    ]
