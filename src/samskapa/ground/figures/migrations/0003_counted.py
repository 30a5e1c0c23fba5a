from django.db import migrations, models


class Migration(migrations.Migration):
    """Which measures a month was counted by. Without a default: so that SQLite adds the column to the table that is
    there, triggers and all, and no frozen month is written in."""

    dependencies = [("figures", "0002_triggers")]
    operations = [
        migrations.AddField(model_name="snapshot", name="counted", field=models.JSONField(null=True)),
    ]
