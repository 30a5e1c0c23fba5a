from django.db import migrations

from samskapa.ground.core.models import append_only_operations


class Migration(migrations.Migration):
    """What was frozen of a month, and what was said of it, is never changed: the database sees to it."""

    dependencies = [("figures", "0001_initial")]
    operations = [
        operation
        for table in ("snapshot", "figure", "comment")
        for operation in append_only_operations(f"figures_{table}")
    ]
