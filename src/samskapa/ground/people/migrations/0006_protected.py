"""Protected identity: the details in a row of their own, encrypted, and who may open them."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import samskapa.ground.core.keys.fields


class Migration(migrations.Migration):
    dependencies = [("people", "0005_my_data")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="protected_tag",
            field=models.CharField(editable=False, max_length=4, null=True, unique=True),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("protected_tag", None),
                    models.Q(("email", None), ("phone", ""), models.Q(("name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="person_protected_holds_no_contact",
            ),
        ),
        migrations.CreateModel(
            name="ProtectedDetails",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", samskapa.ground.core.keys.fields.EncryptedTextField(bound_to="uid")),
                ("email", samskapa.ground.core.keys.fields.EncryptedTextField(bound_to="uid")),
                ("phone", samskapa.ground.core.keys.fields.EncryptedTextField(bound_to="uid")),
                ("place", samskapa.ground.core.keys.fields.EncryptedTextField(bound_to="uid")),
                ("address_tag", samskapa.ground.core.keys.fields.BlindIndexField(max_length=80, null=True, unique=True)),
                ("address_confirmed", models.BooleanField(default=False)),
                ("since", models.DateTimeField()),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="protected_details",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NamedCoordinator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("named_at", models.DateTimeField()),
                (
                    "coordinator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "details",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="named",
                        to="people.protecteddetails",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("details", "coordinator"), name="named_coordinator_once")
                ],
            },
        ),
    ]
