"""What is looked for in a group's members, of some hundred together, so that a search need not open it one by one."""

from __future__ import annotations

import uuid

from django.db import models

from samskapa.ground.core.keys.fields import EncryptedTextField

from .group import Group


class NameSheet(models.Model):
    """A copy of what the members number * SHEET and on want to be called (`queries.names`), encrypted as the names
    themselves. It goes whenever one of them is changed, in the write that changes it, and is made anew by the next
    search."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField()
    names = EncryptedTextField(bound_to="uid", null=True)  # null: not made since the last change

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="name_sheet_once")]

    def __str__(self) -> str:
        return f"NameSheet {self.number} of group {self.group_id}"


class WordSheet(models.Model):
    """The stems of what the same members have told in their own words (`queries.own_words`), each once, with who has
    it. Encrypted, and made and taken away as a `NameSheet`."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField()
    stems = EncryptedTextField(bound_to="uid", null=True)  # null: not made since the last change

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="word_sheet_once")]

    def __str__(self) -> str:
        return f"WordSheet {self.number} of group {self.group_id}"
