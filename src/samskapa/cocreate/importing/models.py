"""A list that a coordinator takes members in from, its rows while they are needed, and which member came from where."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from samskapa.cocreate.pool.models import Group, Member
from samskapa.ground.core.keys.fields import EncryptedJSONField, EncryptedTextField
from samskapa.ground.documents.models import Upload
from samskapa.ground.helping.domain import Asked
from samskapa.ground.people.models import Person

from .domain import Choice, Stage, State


def _one_of(enum) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in enum]


class Import(models.Model):
    """One list. Its file goes as soon as it is read, its rows when they are taken in or when a month is over."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="imports")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=12, choices=_one_of(Stage), default=Stage.READING)
    #: Of what could not be read: why (`forms.BROKEN`).
    trouble = models.CharField(max_length=24, blank=True)
    #: Headings of the columns, as they stand in the file.
    headings = EncryptedJSONField(bound_to="uid", default=list)
    #: What each column is (domain.Column), "" for what is left out.
    mapping = models.JSONField(default=list)
    #: Rows read so far, without the headings, and the last line of the file that was.
    rows_read = models.PositiveIntegerField(default=0)
    line_read = models.PositiveIntegerField(default=0)
    #: Where the list comes from, in the coordinator's words: those who come in are told it.
    source = EncryptedTextField(bound_to="uid", blank=True)
    #: How and when those on the list said yes, as the coordinator says.
    consent_by = models.CharField(max_length=12, blank=True, choices=_one_of(Asked))
    consent_on = models.DateField(null=True, blank=True)
    #: Who said that they come in; null: nobody yet.
    taken_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    #: Since when the worker tells those who came in; null: nobody is told until the coordinator says so.
    tells_since = models.DateTimeField(null=True, blank=True)
    tells_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="import_known_stage", condition=Q(stage__in=[stage.value for stage in Stage])),
            models.CheckConstraint(
                name="import_closed_has_a_moment",
                condition=Q(stage=Stage.CLOSED, closed_at__isnull=False) | ~Q(stage=Stage.CLOSED) & Q(closed_at=None),
            ),
            models.CheckConstraint(
                name="import_takes_in_by_a_yes",
                condition=~Q(stage__in=[Stage.MAKING, Stage.MADE])
                | Q(consent_on__isnull=False, taken_by__isnull=False) & ~Q(consent_by=""),
            ),
            models.CheckConstraint(
                name="import_tells_by_somebody",
                condition=Q(tells_since=None, tells_by=None) | Q(tells_since__isnull=False, tells_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["group", "made_at"], name="import_list"),
            models.Index(fields=["made_at"], condition=Q(closed_at=None), name="import_to_clear"),
        ]

    def __str__(self) -> str:
        return f"Import {self.pk}"


class Row(models.Model):
    """A row of a list that is not taken in yet. It goes in the very write that makes the member."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField()  # as the spreadsheet counts
    cells = EncryptedJSONField(bound_to="uid")
    #: What was found of each cell when the file was read, and when the row was: [column, code], no words.
    faults = models.JSONField(default=list)
    told = models.JSONField(default=list)
    state = models.CharField(max_length=4, choices=_one_of(State), default=State.NEW)
    #: Keyed marks of e-mail, phone, and name with municipality, by which the same person is found twice in the list.
    #: No blind indexes of the house: they live for a month at most, and with one key.
    email_mark = models.CharField(max_length=80, blank=True)
    phone_mark = models.CharField(max_length=80, blank=True)
    name_mark = models.CharField(max_length=80, blank=True)
    #: Who in the group it seems to be, and which earlier row.
    twin = models.ForeignKey(Member, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    twin_row = models.PositiveIntegerField(null=True, blank=True)
    #: Whether the two have the same e-mail address: then they cannot be two people.
    is_same_address = models.BooleanField(default=False)
    choice = models.CharField(max_length=4, choices=_one_of(Choice), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="import_row_once"),
            models.CheckConstraint(
                name="import_row_known_words",
                condition=Q(state__in=[state.value for state in State])
                & Q(choice__in=["", *(choice.value for choice in Choice)]),
            ),
            models.CheckConstraint(
                name="import_row_one_address_is_one_person", condition=Q(is_same_address=False) | ~Q(choice=Choice.NEW)
            ),
            models.CheckConstraint(
                name="import_row_fills_in_somebody", condition=~Q(choice=Choice.FILL) | Q(twin__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["of", "state", "number"], name="import_row_by_state"),
            models.Index(fields=["of", "email_mark"], condition=~Q(email_mark=""), name="import_row_by_email"),
            models.Index(fields=["of", "phone_mark"], condition=~Q(phone_mark=""), name="import_row_by_phone"),
            models.Index(fields=["of", "name_mark"], condition=~Q(name_mark=""), name="import_row_by_name"),
        ]

    def __str__(self) -> str:
        return f"Row {self.number} of import {self.of_id}"


class Origin(models.Model):
    """A member came from a list, or was filled in from one: the person may know from where, and when they were told."""

    of = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="origins")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="origins")
    number = models.PositiveIntegerField()
    is_new = models.BooleanField()
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="origin_row_once"),
            models.UniqueConstraint(fields=["member"], condition=Q(is_new=True), name="origin_comes_in_once"),
            models.CheckConstraint(
                name="origin_told_after_it_was", condition=Q(told_at=None) | Q(told_at__gte=F("at"))
            ),
        ]
        indexes = [models.Index(fields=["of", "told_at"], name="origin_to_tell")]

    def __str__(self) -> str:
        return f"Origin of member {self.member_id}"
