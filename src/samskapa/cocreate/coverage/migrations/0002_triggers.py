from django.db import migrations

from samskapa.ground.core.models import append_only_operations


class Migration(migrations.Migration):
    """What was told of a group is never changed: the database sees to it."""

    dependencies = [("coverage", "0001_initial")]
    operations = [
        operation for table in ("snapshot", "told") for operation in append_only_operations(f"coverage_{table}")
    ]
