from django.db import migrations

from samskapa.ground.core.models import append_only_operations


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = append_only_operations("core_auditentry")
