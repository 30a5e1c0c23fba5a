"""The chain: laid by the worker, and whatever somebody with the whole database does to the trail is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from samskapa.ground.core.domain import Actor, HeadIsBroken, Strength, TrailHead, head_line, read_head, thinned
from samskapa.ground.core.jobs import link_stragglers
from samskapa.ground.core.models import AuditEntry, AuditLink, AuditSubject
from samskapa.ground.core.queries import Verification, looks_at, read_heads, trail_head
from samskapa.ground.core.services import chain as chain_service
from samskapa.ground.core.services import drain, link_all, record, record_look
from tests.factories.kept import triggers_at_rest
from tests.ground.core.test_concurrency import at_once

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
ACTOR = Actor(person_id=7, role="coordinator", node_id=3, strength=Strength.CODE)


@pytest.fixture
def heads(settings, tmp_path) -> Path:
    settings.TRAIL_HEAD = str(tmp_path / "trail.head")
    return tmp_path / "trail.head"


def write(count: int, **details) -> list[int]:
    """`count` rows of the trail; returns their numbers."""
    with transaction.atomic():
        return [record("core.tested", by=ACTOR, at=NOW, number=n, **details).pk for n in range(count)]


def faults(*heads: TrailHead) -> list[str]:
    return [f"{fault.kind}: {fault.what}" for fault in Verification(heads=heads).faults()]


@contextmanager
def attacker():
    """A cursor of somebody who owns the database: no trigger, no foreign key."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        with triggers_at_rest():
            yield cursor


def attack(*statements: str) -> None:
    with attacker() as cursor:
        for statement in statements:
            cursor.execute(statement)


# --- laying links ---------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_worker_links_every_row_in_order_and_tells_the_head_outside(heads, count, monkeypatch):
    monkeypatch.setattr(chain_service, "BATCH", 100)
    ids = write(count)

    drain(NOW)

    links = list(AuditLink.objects.order_by("position").values_list("position", "entry_id"))
    assert links == list(enumerate(ids, start=1))
    head = trail_head()
    assert heads.read_text() == f"2026-11-25T08:00:00Z {count} {head.digest}\n"
    assert heads.stat().st_mode & 0o777 == 0o600
    assert (faults(*read_heads(heads)), link_all(now=NOW)) == ([], 0)


@pytest.mark.django_db
def test_a_row_that_is_committed_late_is_linked_when_its_turn_comes(monkeypatch):
    monkeypatch.setattr(chain_service, "WINDOW", 2)
    first, late, very_late, *others = write(6)
    with attacker() as cursor:  # they are not there yet
        cursor.execute(
            "CREATE TEMPORARY TABLE waiting AS SELECT * FROM core_auditentry WHERE id IN (%s, %s)", [late, very_late]
        )
        cursor.execute("DELETE FROM core_auditentry WHERE id IN (%s, %s)", [late, very_late])
    monkeypatch.setattr(chain_service, "BATCH", 1)
    chain_service._link_some(False)
    attack(f"INSERT INTO core_auditentry SELECT * FROM waiting WHERE id = {late}")
    link_all(now=NOW)
    attack(f"INSERT INTO core_auditentry SELECT * FROM waiting WHERE id = {very_late}")

    assert link_all(now=NOW) == 0  # further back than the quick look goes
    link_stragglers.func(now=NOW)

    order = list(AuditLink.objects.order_by("position").values_list("entry_id", flat=True))
    assert order == [first, late, *others, very_late]
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_lay_one_chain():
    write(60)

    linked = at_once(lambda name: link_all(now=NOW))

    assert sum(linked) == AuditLink.objects.count() == 60
    assert faults() == []


@pytest.mark.django_db
def test_the_database_itself_refuses_to_change_a_link_or_a_subject():
    write(1, people=[5])
    link_all(now=NOW)
    for statement in (
        "UPDATE core_auditlink SET position = 2",
        "DELETE FROM core_auditlink",
        "UPDATE core_auditsubject SET person_id = 6",
        "DELETE FROM core_auditsubject",
    ):
        with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


# --- what somebody with the whole database does ---------------------------------------------------


@pytest.fixture
def trail(db) -> Iterator[list[int]]:
    """Twenty linked rows, which name whom they are about, and two that wait; returns their numbers."""
    ids = write(20, people=[5, 9])
    link_all(now=NOW)
    yield [*ids, *write(2, people=[5])]
    # What is left must point at what is there: the test's end asks.
    attack(*(f"DELETE FROM core_audit{table}" for table in ("subject", "link", "entry")))


def test_a_whole_trail_has_no_faults_and_its_length_is_told(trail):
    walk = Verification(heads=[trail_head()])

    assert list(walk.faults()) == []
    assert (walk.rows, walk.unlinked, walk.unlinked_since, walk.head.position) == (22, 2, NOW, 20)


@pytest.mark.parametrize("at", [0, 7, 19])
def test_a_changed_row_is_named(trail, at):
    attack(f"UPDATE core_auditentry SET person_id = 8 WHERE id = {trail[at]}")

    assert faults() == [f"changed: entry {trail[at]}"]


def test_a_changed_row_that_waits_is_named(trail):
    attack(f"UPDATE core_auditentry SET person_id = 8 WHERE id = {trail[21]}")

    assert faults() == [f"put in: entry {trail[21]}"]


@pytest.mark.parametrize("at", [0, 7, 18])
def test_a_removed_row_is_named(trail, at):
    attack(f"DELETE FROM core_auditentry WHERE id = {trail[at]}")

    assert faults() == [f"removed: entry {trail[at]}"]


@pytest.mark.parametrize(
    ("first", "last", "where"), [(0, 0, "position 1"), (7, 7, "position 8"), (7, 9, "positions 8 to 10")]
)
def test_rows_removed_with_their_links_are_named_by_their_place(trail, first, last, where):
    gone = f"BETWEEN {trail[first]} AND {trail[last]}"
    attack(f"DELETE FROM core_auditlink WHERE entry_id {gone}", f"DELETE FROM core_auditentry WHERE id {gone}")

    (fault,) = Verification().faults()
    assert (fault.kind, fault.what) == ("removed", where)
    after = f"after entry {trail[first - 1]}, " if first else ""
    assert fault.why == f"{after}before entry {trail[last + 1]}"


def test_rows_removed_and_the_places_closed_up_are_noticed_at_every_row_after(trail):
    attack(
        f"DELETE FROM core_auditlink WHERE entry_id = {trail[7]}",
        f"DELETE FROM core_auditentry WHERE id = {trail[7]}",
        "UPDATE core_auditlink SET position = position + 1000 WHERE position > 8",
        "UPDATE core_auditlink SET position = position - 1001 WHERE position > 1000",
    )

    assert faults() == [f"changed: entry {pk}" for pk in trail[8:20]]


def test_a_tail_that_is_cut_off_is_named_by_the_head(trail):
    head = trail_head()
    attack(
        f"DELETE FROM core_auditlink WHERE entry_id >= {trail[15]}",
        f"DELETE FROM core_auditentry WHERE id >= {trail[15]}",
    )

    assert faults() == []
    assert faults(head) == ["removed: positions 16 to 20"]


def test_a_tail_that_is_cut_off_and_gone_on_with_is_named_by_the_heads(heads, db):
    for _ in range(3):
        write(4)
        link_all(now=NOW)
    attack("DELETE FROM core_auditentry WHERE id > (SELECT entry_id FROM core_auditlink WHERE position = 6)")
    attack("DELETE FROM core_auditlink WHERE position > 6")
    for _ in range(2):
        write(4)
        link_all(now=NOW)

    assert faults() == []
    assert faults(*read_heads(heads)) == ["removed: positions 5 to 12"]


@pytest.mark.parametrize("number", [-5, 10_000])
def test_a_row_put_in_is_named(trail, number):
    uid = uuid4().hex if connection.vendor == "sqlite" else str(uuid4())
    same = "at, role, strength, action, object_type, object_id, details, mac"
    attack(
        f"INSERT INTO core_auditentry (id, uid, person_id, {same}) SELECT {number}, '{uid}', 8, {same} "
        f"FROM core_auditentry WHERE id = {trail[3]}"
    )
    assert faults() == [f"put in: entry {number}"]

    link_all(now=NOW, from_the_start=True)

    assert faults() == [f"changed: entry {number}"]


def test_a_copy_of_a_true_row_is_named_even_where_the_database_no_longer_refuses_it(trail):
    lift_uniqueness()
    columns = ", ".join(f.column for f in AuditEntry._meta.fields if f.column != "id")
    copy = trail[-1] + 1
    source = f"SELECT {copy}, {columns} FROM core_auditentry WHERE id = {trail[3]}"
    attack(f"INSERT INTO core_auditentry (id, {columns}) {source}")
    for person in (5, 9):
        AuditSubject.objects.create(entry_id=copy, person_id=person)

    assert faults() == [f"put in: entry {copy}"]


def lift_uniqueness() -> None:
    """Let the database take a row of the trail twice."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE core_auditentry DROP CONSTRAINT core_auditentry_uid_key")
    else:
        attack(
            "CREATE TABLE core_copy AS SELECT * FROM core_auditentry",
            "DROP TABLE core_auditentry",
            "ALTER TABLE core_copy RENAME TO core_auditentry",
            "CREATE UNIQUE INDEX core_copy_id ON core_auditentry (id)",
        )


def test_two_rows_that_changed_places_are_named(trail):
    attack(
        f"UPDATE core_auditentry SET id = -1 WHERE id = {trail[4]}",
        f"UPDATE core_auditentry SET id = {trail[4]} WHERE id = {trail[6]}",
        f"UPDATE core_auditentry SET id = {trail[6]} WHERE id = -1",
    )

    assert faults() == [f"changed: entry {trail[4]}", f"changed: entry {trail[6]}"]


def test_two_links_that_changed_places_are_named(trail):
    one, other = trail[4], trail[6]
    attack(
        "UPDATE core_auditlink SET entry_id = -1 WHERE position = 5",
        f"UPDATE core_auditlink SET entry_id = {one} WHERE position = 7",
        f"UPDATE core_auditlink SET entry_id = {other} WHERE position = 5",
    )

    assert faults() == [f"changed: entry {trail[6]}", f"changed: entry {trail[4]}"]


def test_a_changed_link_is_named_and_not_the_one_after(trail):
    attack(f"UPDATE core_auditlink SET digest = '{'0' * 64}' WHERE position = 5")

    assert faults() == [f"changed: entry {trail[4]}"]


def test_hiding_a_look_from_the_person_is_noticed(trail):
    attack(f"DELETE FROM core_auditsubject WHERE entry_id = {trail[2]} AND person_id = 9")
    attack(f"UPDATE core_auditsubject SET person_id = 6 WHERE entry_id = {trail[21]}")

    assert faults() == [f"changed: entry {trail[21]}", f"changed: entry {trail[2]}"]


# --- the command ----------------------------------------------------------------------------------


def verify(capsys, *arguments: str) -> tuple[int, list[str]]:
    code = 0
    try:
        call_command("audit", "verify", *arguments)
    except SystemExit as end:
        code = end.code
    return code, capsys.readouterr().out.splitlines()


def test_the_command_says_whole_or_names_each_row_and_its_code_says_the_same(trail, capsys, tmp_path):
    head = trail_head()
    code, said = verify(capsys, "--head", str(head))
    assert (code, said[-1]) == (0, "The trail is whole.")
    assert said[0].startswith(f"22 rows, head 20:{head.digest}, 2 not in the chain yet (the oldest for ")

    attack("DELETE FROM core_auditlink WHERE position = 20", f"DELETE FROM core_auditentry WHERE id = {trail[19]}")
    (tmp_path / "heads").write_text(head_line(head, NOW))
    code, said = verify(capsys, "--head", str(tmp_path / "heads"))
    assert (code, said[0]) == (1, "removed: position 20: the head said that the chain had come to 20")
    assert said[-1] == "The trail is NOT whole: 1 faults."


def test_without_arguments_the_command_uses_the_file_of_heads(heads, trail, capsys):
    write(1)
    link_all(now=NOW)
    attack("DELETE FROM core_auditlink WHERE position > 20")
    assert verify(capsys)[0] == 1

    heads.unlink()
    code, said = verify(capsys)
    assert code == 0
    assert "No head outside the database to compare with: a tail that was cut off is not seen." in said


def test_a_head_that_cannot_be_read_is_refused(trail):
    with pytest.raises(CommandError, match="not a head of the trail: 20"):
        call_command("audit", "verify", "--head", "20")


# --- heads ----------------------------------------------------------------------------------------


def test_a_line_of_the_file_says_what_the_head_was():
    head = TrailHead(7, "ab" * 32)

    assert read_head(head_line(head, NOW)) == read_head(str(head)) == head
    with pytest.raises(HeadIsBroken):
        read_head(f"7:{'ab' * 31}")


def test_a_line_that_was_never_finished_is_no_fault(tmp_path):
    whole = head_line(TrailHead(7, "ab" * 32), NOW)
    (tmp_path / "heads").write_text(whole + "2026-11-25T08:00:01Z 8 abab")

    assert read_heads(tmp_path / "heads") == [TrailHead(7, "ab" * 32)]
    (tmp_path / "heads").write_text("nonsense\n" + whole)
    with pytest.raises(HeadIsBroken):
        read_heads(tmp_path / "heads")


@pytest.mark.django_db
def test_the_file_of_heads_does_not_grow_for_ever(heads, monkeypatch):
    monkeypatch.setattr(chain_service, "HEADS_BYTES", 500)
    monkeypatch.setattr(chain_service, "HEADS_KEPT", 2)
    for day in range(5):
        for _ in range(3):
            write(1)
            link_all(now=NOW + timedelta(days=day))

    days = [line[:10] for line in heads.read_text().splitlines()]
    assert days[-2:] == ["2026-11-29"] * 2
    assert sorted(set(days)) == [f"2026-11-{25 + day}" for day in range(5)]
    assert len(days) < 10
    assert faults(*read_heads(heads)) == []
    assert thinned(["2026-11-25 a\n", "2026-11-25 b\n"], kept=2) == ["2026-11-25 a\n", "2026-11-25 b\n"]


# --- who looked -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_person_finds_who_looked_on_a_page_and_in_a_list_but_not_themselves():
    page = record_look(5, by=ACTOR, at=NOW, what="people:profile")
    (in_list,) = write(1, people=[9, 5, 5])
    write(1, people=[9])
    with transaction.atomic():
        record("core.tested", by=Actor(person_id=5), at=NOW, people=[5])

    assert list(looks_at(5).values_list("pk", flat=True)) == [in_list, page.pk]
