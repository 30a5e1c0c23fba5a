from django.db import migrations

from samskapa.ground.core.models import append_only_operations


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]
    operations = [
        operation
        for table in ("setversion", "question", "wording")
        for operation in append_only_operations(f"surveys_{table}")
    ]
