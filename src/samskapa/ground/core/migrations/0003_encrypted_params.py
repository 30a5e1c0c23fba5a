from django.db import migrations

import samskapa.ground.core.keys.fields


class Migration(migrations.Migration):
    dependencies = [("core", "0002_triggers")]
    operations = [
        migrations.AlterField(
            model_name="outboxmail",
            name="params",
            field=samskapa.ground.core.keys.fields.EncryptedJSONField(bound_to="message_id", default=dict),
        ),
    ]
