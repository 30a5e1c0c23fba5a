from django.db import migrations

from samskapa.ground.core.models import append_only_operations


class Migration(migrations.Migration):
    dependencies = [("assignments", "0001_initial")]
    operations = [
        operation
        for table in ("revision", "statement", "comment", "version", "versionline")
        for operation in append_only_operations(f"assignments_{table}")
    ]
