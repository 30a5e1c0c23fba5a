"""One table with each kind of encrypted column."""

import uuid

from django.db import models

from samskapa.ground.core.keys.fields import BlindIndexField, EncryptedJSONField, EncryptedTextField


class Diary(models.Model):
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    text = EncryptedTextField(bound_to="uid")  # opens in its own row only
    note = EncryptedTextField(null=True)
    facts = EncryptedJSONField(default=dict, bound_to="uid")
    writer = BlindIndexField(blank=True)

    def __str__(self) -> str:
        return f"Diary {self.pk}"
