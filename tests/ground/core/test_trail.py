"""The trail: rows that cannot be changed, each under a seal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from samskapa.ground.core.domain import SYSTEM, Actor, OutsideTransaction, Strength
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.core.services import is_unbroken, record, record_look

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
ACTOR = Actor(person_id=7, role="coordinator", node_id=3, for_person_id=9, strength=Strength.CODE)


@pytest.mark.django_db
def test_a_row_says_who_in_which_capacity_for_whom_how_strongly_and_what():
    thing = record("core.before", by=SYSTEM, at=NOW)

    entry = record("core.tested", by=ACTOR, at=NOW, on=thing, number=5, until=NOW)

    entry = AuditEntry.objects.get(pk=entry.pk)
    assert (entry.at, entry.person_id, entry.role, entry.node_id, entry.for_person_id, entry.strength) == (
        NOW, 7, "coordinator", 3, 9, 20,
    )  # fmt: skip
    assert (entry.action, entry.object_type, entry.object_id) == (
        "core.tested",
        "core.auditentry",
        str(thing.pk),
    )
    assert entry.details == {"number": 5, "until": "2026-11-22T08:00:00Z"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "other"),
    [
        ("uid", uuid4()),
        ("at", NOW + timedelta(microseconds=1)),
        ("person_id", 8),
        ("role", "host"),
        ("node_id", None),
        ("for_person_id", None),
        ("strength", 30),
        ("action", "core.other"),
        ("object_type", "core.event"),
        ("object_id", "1"),
        ("details", {"number": 6}),
    ],
)
def test_the_seal_breaks_when_any_column_changes(column, other):
    entry = AuditEntry.objects.get(pk=record("core.tested", by=ACTOR, at=NOW, number=5).pk)
    assert is_unbroken(entry)

    setattr(entry, column, other)

    assert not is_unbroken(entry)


def test_the_seal_covers_every_column_but_the_number_and_itself():
    columns = {field.attname for field in AuditEntry._meta.concrete_fields}

    assert columns - set(AuditEntry.SEALED) == {"id", "mac"}


@pytest.mark.django_db
@pytest.mark.parametrize("value", [1.5, 1e20, 2.0, -0.0, 1e-7, "å\u2028", None, [1, {"b": 1, "a": 2.0}], 2**60])
def test_the_seal_holds_after_a_round_trip_through_the_database(value):
    entry = record("core.tested", by=ACTOR, at=NOW, value=value)

    assert is_unbroken(AuditEntry.objects.get(pk=entry.pk))


@pytest.mark.django_db
def test_the_seal_depends_on_the_key(settings):
    entry = record("core.tested", by=ACTOR, at=NOW)

    settings.TRAIL_KEY = "another"

    assert not is_unbroken(entry)


STATEMENTS = [
    "UPDATE core_auditentry SET person_id = 8",
    "DELETE FROM core_auditentry",
]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_itself_refuses_to_change_or_remove_a_row(statement):
    entry = record("core.tested", by=ACTOR, at=NOW)

    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert AuditEntry.objects.get(pk=entry.pk).person_id == 7


@pytest.mark.django_db
def test_a_row_cannot_be_replaced_or_the_table_emptied_at_once():
    entry = record("core.tested", by=ACTOR, at=NOW)
    statement = (
        f"REPLACE INTO core_auditentry SELECT * FROM core_auditentry WHERE id = {entry.pk}"
        if connection.vendor == "sqlite"
        else "TRUNCATE core_auditentry CASCADE"
    )

    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
def test_a_row_is_not_replaced_under_another_number_either():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE")
    entry = record("core.tested", by=ACTOR, at=NOW)
    columns = [field.column for field in AuditEntry._meta.fields if field.column != "id"]
    same = ", ".join(columns)
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"REPLACE INTO core_auditentry ({same}) SELECT {same} FROM core_auditentry")

    assert AuditEntry.objects.get().pk == entry.pk


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded():
    with pytest.raises(OutsideTransaction):
        record("core.tested", by=ACTOR, at=NOW)

    assert AuditEntry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_look_at_somebodys_page_is_recorded_and_needs_no_transaction():
    record_look(12, by=ACTOR, at=NOW, what="people:profile")

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_type, entry.object_id) == ("people.looked", "people.person", "12")
    assert entry.details == {"what": "people:profile"}


@pytest.mark.django_db
def test_a_look_at_ones_own_page_leaves_no_row():
    assert record_look(7, by=ACTOR, at=NOW, what="people:profile") is None
    assert AuditEntry.objects.count() == 0
