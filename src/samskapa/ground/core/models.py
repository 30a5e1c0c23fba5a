"""The trail, the news, the mail, and what the worker remembers."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.migrations.operations.base import Operation
from django.db.models import F, Q
from django.db.models.lookups import IsNull

from .domain import BLANKED, DIGEST, Strength, Urgency
from .keys.fields import EncryptedJSONField


class AppendOnly(models.Model):
    """Rows that are written once. The migration of each table adds `append_only_operations(table)`."""

    class Meta:
        abstract = True


class AuditEntry(AppendOnly):
    """Who did what to which thing, in which capacity, for whom and how strongly logged in. Ids, never names.

    The core lies below people and organisations, so persons and nodes are plain numbers here; a number also
    outlives the blanking of a person.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True)  # sealed too: a copied row is refused
    at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=24, blank=True)
    node_id = models.BigIntegerField(null=True)
    for_person_id = models.BigIntegerField(null=True)
    strength = models.PositiveSmallIntegerField(choices=[(s.value, s.name) for s in Strength])
    action = models.CharField(max_length=100)
    object_type = models.CharField(max_length=100, blank=True)  # "assignments.need"
    object_id = models.CharField(max_length=64, blank=True)
    details = models.JSONField(default=dict)
    mac = models.CharField(max_length=80)

    #: Everything that the seal covers: all but the number and the seal itself.
    SEALED = (
        "uid", "at", "person_id", "role", "node_id", "for_person_id", "strength", "action", "object_type",
        "object_id", "details",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id", "id"], name="audit_of_an_object"),
            models.Index(fields=["person_id", "id"], name="audit_of_a_person"),
            models.Index(fields=["for_person_id", "id"], name="audit_for_a_person", condition=~Q(for_person_id=None)),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}".rstrip()


class AuditLink(AppendOnly):
    """A link of the chain through the trail, laid by the worker within seconds. Positions run 1, 2, 3, ..."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="link")
    position = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(position__gte=1), name="link_positions_begin_at_one")]

    def __str__(self) -> str:
        return f"{self.position}"


class AuditSubject(AppendOnly):
    """Whose details a row of the trail says were shown: so that a person finds who looked. Follows from the row
    (domain.subjects_of), in its transaction."""

    entry = models.ForeignKey(AuditEntry, on_delete=models.PROTECT, related_name="subjects", db_index=False)
    person_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "person_id"], name="subject_once_per_entry")]
        indexes = [models.Index(fields=["person_id", "entry"], name="subject_of_entries")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.person_id}"


class Event(models.Model):
    """News, written in the transaction of what happened; the worker turns it into jobs once."""

    name = models.CharField(max_length=100)
    key = models.CharField(max_length=200, blank=True)
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "key"], condition=~Q(key=""), name="event_once_per_key"),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(handled_at=None), name="event_unhandled")]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"


class MailState(models.TextChoices):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"  # every attempt used up: the operator sees it
    STOPPED = "stopped"  # not to be sent: no address, or the recipient gets no mail
    GATHERED = "gathered"  # it stands in a digest, which is a mail of its own
    KEPT = "kept"  # its reader wants no mail of it: it stands on their page alone


class OutboxMail(models.Model):
    """One mail to one recipient about one thing. Matter, urgency and wording; not a finished letter.

    Exactly one of `recipient_id` (a person) and `address` (somebody who may have no account) is given.
    """

    kind = models.CharField(max_length=100)  # "assignments/need_sent" -> assignments/mail/need_sent.txt
    recipient_id = models.BigIntegerField(null=True)
    address = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=8, blank=True)  # for an address; a person's own is looked up
    key = models.CharField(max_length=200)
    params = EncryptedJSONField(default=dict, bound_to="message_id")  # may hold a code, a link, what somebody wrote
    secret = models.BooleanField(default=False)  # params are blanked once sent
    urgency = models.PositiveSmallIntegerField(choices=[(u.value, u.name) for u in Urgency])
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=8, choices=MailState.choices, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    blanked_at = models.DateTimeField(null=True)  # params and address are gone: its time had run out
    #: What it is about, "assignments.assignment:17": a digest and the reader's page put together what belongs together.
    matter = models.CharField(max_length=100, blank=True, default="")
    gathered_in = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="gathered")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="gathered", gathered_in__isnull=False) | ~Q(state="gathered") & Q(gathered_in=None),
                name="mail_gathered_is_in_a_digest",
            ),
            models.UniqueConstraint(
                fields=["key", "recipient_id"],
                condition=~Q(recipient_id=None),
                name="mail_once_per_key_and_person",
            ),
            models.UniqueConstraint(
                fields=["key", "address"],
                condition=Q(recipient_id=None),
                name="mail_once_per_key_and_address",
            ),
            models.CheckConstraint(
                condition=Q(recipient_id=None) & ~Q(address="") | ~Q(recipient_id=None) & Q(address=""),
                name="mail_to_a_person_or_an_address",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at=None),
                name="mail_sent_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(blanked_at=None) | ~Q(state="waiting"), name="mail_blanked_is_not_waiting"
            ),
        ]
        indexes = [
            models.Index(fields=["urgency", "due_at"], condition=Q(state="waiting"), name="mail_waiting"),
            models.Index(fields=["created_at"], condition=Q(state="failed"), name="mail_failed"),
            models.Index(  # what somebody tells in another way
                fields=["recipient_id"],
                condition=Q(state="stopped", secret=False, blanked_at=None),
                name="mail_stopped",
            ),
            models.Index(
                fields=["recipient_id", "address", "sent_at"], condition=Q(state="sent"), name="mail_sent_lately"
            ),
            models.Index(
                fields=["recipient_id", "created_at", "id"],
                condition=Q(secret=False, blanked_at=None, urgency__gt=0) & ~Q(kind=DIGEST),
                name="mail_on_a_page",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class MailHold(models.Model):
    """Since a backup was put back, mail waits for a person's word: some of it may have been sent already."""

    since = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                IsNull(F("released_at"), True), condition=Q(released_at=None), name="one_mail_hold"
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(released_at__gte=F("since")), name="mail_hold_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since} {self.released_at or ''}".rstrip()


class WorkerBeat(models.Model):
    """A worker's sign of life, every few seconds. One that falls silent has its jobs run by another."""

    worker_id = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker_id


class Slot(models.Model):
    """The last slot in which a scheduled job was set going: whoever moves it forward, enqueues."""

    name = models.CharField(max_length=100, unique=True)
    last = models.BigIntegerField(default=-1)

    def __str__(self) -> str:
        return self.name


# --- append-only tables ---------------------------------------------------------------------------


def append_only_sql(
    table: str,
    vendor: str,
    *,
    encrypted: Sequence[str] = (),
    blankable: Sequence[str] = (),
    others: Sequence[str] = (),
) -> tuple[list[str], list[str]]:
    """The statements that make `table` refuse change, and those that lift it again.

    vendor: Django's name of the database, "sqlite" or "postgresql". On both, what is refused raises
    IntegrityError. SQLite's REPLACE deletes without asking a delete trigger, so a taken id is refused too.
    encrypted, others: with the first, a row may get another ciphertext there while every other column stays as it is.
    blankable: these may become BLANKED, once and for good, where a decision disposes of what they said.
    """
    change = f"UPDATE OF {', '.join(others)}" if encrypted or blankable else "UPDATE"
    is_new = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    written = [f"(NEW.{each} {is_new} OLD.{each} AND NEW.{each} {is_new} '{BLANKED}')" for each in blankable]
    in_clear = [
        f"NEW.{each} IS {{}} OLD.{each} AND (NEW.{each} IS NULL OR NEW.{each} NOT LIKE 'e1.%')" for each in encrypted
    ]
    if vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        taken = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608
        triggers = {
            f"{table}_no_update": f"BEFORE {change} ON {table} {refuse}",
            f"{table}_no_delete": f"BEFORE DELETE ON {table} {refuse}",
            f"{table}_no_replace": f"BEFORE INSERT ON {table} WHEN {taken} {refuse}",
        }
        if encrypted:
            when = " OR ".join(f"({each.format('NOT')})" for each in in_clear)
            triggers[f"{table}_no_clear_text"] = f"BEFORE UPDATE ON {table} WHEN {when} {refuse}"
        if blankable:
            triggers[f"{table}_only_blanked"] = f"BEFORE UPDATE ON {table} WHEN {' OR '.join(written)} {refuse}"
        return (
            [f"CREATE TRIGGER {name} {body}" for name, body in triggers.items()],
            [f"DROP TRIGGER IF EXISTS {name}" for name in triggers],
        )
    refuse = "EXECUTE FUNCTION core_append_only()"
    triggers = {
        f"{table}_no_change": f"BEFORE {change} OR DELETE ON {table} FOR EACH ROW {refuse}",
        f"{table}_no_truncate": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
    }
    if encrypted:
        when = " OR ".join(f"({each.format('DISTINCT FROM')})" for each in in_clear)
        triggers[f"{table}_no_clear_text"] = f"BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({when}) {refuse}"
    if blankable:
        when = " OR ".join(written)
        triggers[f"{table}_only_blanked"] = f"BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({when}) {refuse}"
    function = (
        "CREATE OR REPLACE FUNCTION core_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    return (
        [function, *(f"CREATE TRIGGER {name} {body}" for name, body in triggers.items())],
        [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name in triggers],
    )


class MakeAppendOnly(Operation):
    """After it the database itself refuses UPDATE, DELETE and TRUNCATE of `table`.

    encrypted: its encrypted columns, which `samskapa keys rotate` may put under a new key; nothing else changes.
    blankable: columns that may become BLANKED and nothing else. A table that is append-only already is made so anew.
    No RunPython: that renders every model of the house as it was then, once for each table.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, encrypted: Sequence[str] = (), blankable: Sequence[str] = ()) -> None:
        self.table, self.encrypted, self.blankable = table, tuple(encrypted), tuple(blankable)

    def deconstruct(self):
        return type(self).__name__, [self.table, self.encrypted, self.blankable], {}

    def describe(self) -> str:
        return f"Make {self.table} append-only"

    def state_forwards(self, app_label, state) -> None:
        """The models stay as they are."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        made, lifted = self._statements(schema_editor.connection)
        self._run([*lifted, *made] if self.blankable else made, schema_editor)

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:
        self._run(self._statements(schema_editor.connection)[1], schema_editor)
        if self.blankable:  # as it was before it could be blanked
            MakeAppendOnly(self.table, self.encrypted).database_forwards(app_label, schema_editor, from_state, to_state)

    def _statements(self, connection) -> tuple[list[str], list[str]]:
        others: list[str] = []
        if self.encrypted or self.blankable:
            with connection.cursor() as cursor:
                columns = connection.introspection.get_table_description(cursor, self.table)
            may_change = {*self.encrypted, *self.blankable}
            others = [column.name for column in columns if column.name not in may_change]
        return append_only_sql(
            self.table, connection.vendor, encrypted=self.encrypted, blankable=self.blankable, others=others
        )

    def _run(self, statements: list[str], schema_editor) -> None:
        for statement in statements:
            schema_editor.execute(statement, params=None)  # None: a % in it is a %


def append_only_operations(
    table: str, *, encrypted: Sequence[str] = (), blankable: Sequence[str] = ()
) -> list[Operation]:
    """Migration operations after which `table` is append-only but for its `encrypted` columns' ciphertext, and but for
    its `blankable` columns' becoming BLANKED.

    Put them into the app's 0002_triggers.py. A later migration that alters the table on SQLite rebuilds it
    and drops its triggers: repeat the operations there (a test looks for them after all migrations).
    """
    return [MakeAppendOnly(table, encrypted, blankable)]
