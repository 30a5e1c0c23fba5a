from django.db import migrations

from samskapa.ground.core.models import append_only_operations

#: Each append-only table and its encrypted columns.
TABLES = {"revision": ("text", "reason"), "statement": ("reason",), "comment": ("text",), "version": (), "versionline": ()}


class Migration(migrations.Migration):
    dependencies = [("example", "0001_initial")]
    operations = [
        operation
        for table, encrypted in TABLES.items()
        for operation in append_only_operations(f"example_{table}", encrypted=encrypted)
    ]
