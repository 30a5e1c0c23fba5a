"""What is looked for in a group's members, of some hundred together, so that a search need not open it one by one."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from samskapa.ground.core.keys.fields import EncryptedTextField

from ..domain.own_words import PARTS
from .group import Group


class Sheet(models.Model):
    """Of the members number * domain.searching.SHEET and on. What is copied is encrypted here as there. It goes
    whenever one of them is changed, in the write that changes it, and is made anew by the next search. Until then its
    COLUMNS, where it stands, are null."""

    COLUMNS: ClassVar[tuple[str, ...]]
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.number} of group {self.group_id}"


class NameSheet(Sheet):
    """What they want to be called (`queries.names`)."""

    COLUMNS = ("names",)
    names = EncryptedTextField(bound_to="uid", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="name_sheet_once")]


class WordSheet(Sheet):
    """The stems of what they have told in their own words, each once, with who has it (`queries.own_words`). In four
    parts (`domain.own_words.part_of`): a search opens only the one where its word would be."""

    COLUMNS = PARTS
    stems_0 = EncryptedTextField(bound_to="uid", null=True)
    stems_1 = EncryptedTextField(bound_to="uid", null=True)
    stems_2 = EncryptedTextField(bound_to="uid", null=True)
    stems_3 = EncryptedTextField(bound_to="uid", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="word_sheet_once"),
            models.CheckConstraint(
                condition=Q(**{f"{part}__isnull": True for part in PARTS})
                | Q(**{f"{part}__isnull": False for part in PARTS}),
                name="word_sheet_made_as_a_whole",
            ),
        ]
