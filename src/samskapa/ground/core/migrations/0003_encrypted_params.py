from django.db import migrations, models
from django.db.models.functions import Cast

import samskapa.ground.core.keys.fields
from samskapa.ground.core.keys.cipher import close


def close_what_waits(apps, schema_editor):
    mails = apps.get_model("core", "OutboxMail").objects
    for mail in mails.annotate(_raw=Cast(models.F("params"), models.TextField())).only("pk", "message_id").iterator():
        closed = close(mail._raw, place=f"core_outboxmail.params:{mail.message_id}")
        mails.filter(pk=mail.pk).update(params=closed)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_triggers")]
    operations = [
        migrations.AlterField(
            model_name="outboxmail",
            name="params",
            field=samskapa.ground.core.keys.fields.EncryptedJSONField(bound_to="message_id", default=dict),
        ),
        migrations.RunPython(close_what_waits, migrations.RunPython.noop),
    ]
