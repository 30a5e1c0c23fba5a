from django.db import migrations

from samskapa.ground.core.models import append_only_operations


class Migration(migrations.Migration):
    """What was written and said in an agreement, and its versions, are never changed: the database sees to it."""

    dependencies = [("assignments", "0001_initial")]
    operations = [
        operation
        for table in ("revision", "statement", "comment", "version", "versionline")
        for operation in append_only_operations(f"assignments_{table}")
    ]
