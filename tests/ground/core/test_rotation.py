"""Rotation: everything under a new key while others read and write, and nothing lost to a kill."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as house
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from samskapa.ground.core.domain import SYSTEM, CannotOpen, KeyInUse, NoKeysFile, UnknownKey
from samskapa.ground.core.keys.cipher import blind_index
from samskapa.ground.core.keys.holder import INDEX, RETIRED, field_ring
from samskapa.ground.core.keys.places import encrypted_places, tag_places
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.core.queries import keys_in_use
from samskapa.ground.core.services import queue_mail
from samskapa.ground.core.services.keys import add_key, retire_key, rotate
from tests.ground.core.rings import write_ring
from tests.ground.core.secretive.models import Diary

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[3]


@pytest.fixture
def ring(settings, tmp_path) -> Path:
    settings.KEYS_FILE = str(write_ring(tmp_path / "keys.env"))
    return tmp_path / "keys.env"


def write(count: int) -> list[Diary]:
    return Diary.objects.bulk_create(
        Diary(text=f"text {n}", note=f"note {n}" if n % 2 else None, facts={"n": n}) for n in range(count)
    )


def uses() -> dict[str, dict[str, int]]:
    return {use.id: use.rows for use in keys_in_use() if use.rows}


def texts() -> list[tuple]:
    return [(row.text, row.note, row.facts) for row in Diary.objects.order_by("pk")]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 300])
def test_everything_comes_under_the_new_key_and_says_what_it_said(ring, count):
    write(count)
    queue_mail("tests/hello", to=1, key="k", now=NOW, title="x", path="/")
    before = texts()

    done = rotate(by=SYSTEM, now=NOW, batch=40)

    columns = {"text": count, "note": count // 2, "facts": count}
    expected = {f"secretive_diary.{column}": rows for column, rows in columns.items() if rows}
    expected["core_outboxmail.params"] = 1
    assert (done.key, done.is_new, dict(done.again), done.unreadable) == ("k2", True, expected, [])
    assert uses() == {"k2": expected}
    assert texts() == before
    assert [(e.action, e.details) for e in AuditEntry.objects.order_by("pk")] == [
        ("core.key_added", {"key": "k2"}),
        ("core.keys_rotated", {"key": "k2", "rows": sum(expected.values()), "places": expected}),
    ]


@pytest.mark.django_db
def test_a_row_written_under_the_old_key_meanwhile_is_found_in_the_next_round(settings, ring):
    write(3)
    old, new = write_ring(ring.with_name("old.env")), settings.KEYS_FILE
    old.write_text(ring.read_text())
    late = []

    def somebody_is_slow(place, rows):
        if not late:
            settings.KEYS_FILE = str(old)
            late.append(Diary.objects.create(pk=-1, text="sen"))  # before where the walk is
            settings.KEYS_FILE = new

    rotate(by=SYSTEM, now=NOW, batch=1, tell=somebody_is_slow)

    assert set(uses()) == {"k2"}
    assert Diary.objects.get(pk=-1).text == "sen"


@pytest.mark.django_db
def test_a_row_that_was_read_before_and_is_saved_after_lands_under_the_new_key(ring):
    write(1)
    row = Diary.objects.get()

    rotate(by=SYSTEM, now=NOW)
    row.save()

    assert set(uses()) == {"k2"}
    assert Diary.objects.get().text == "text 0"


@pytest.mark.django_db(transaction=True)
def test_others_write_and_read_meanwhile_and_lose_nothing(ring):
    rows = write(120)
    stop, wrong, written = threading.Event(), [], Counter()

    def work():
        try:
            number = 0
            while not stop.is_set():
                number += 1
                with transaction.atomic():
                    row = Diary.objects.select_for_update().get(pk=rows[number * 7 % len(rows)].pk)
                    if row.text.split()[0] != "text" or row.facts["n"] != int(row.text.split()[1]):
                        wrong.append(row.pk)
                    row.note = f"note av {number}"
                    row.save(update_fields=["note"])
                written[row.pk] = number
        except Exception as fault:
            wrong.append(fault)
        finally:
            connection.close()

    writer = threading.Thread(target=work)
    writer.start()
    try:
        for _ in range(3):
            rotate(by=SYSTEM, now=NOW, batch=10)
    finally:
        stop.set()
        writer.join(timeout=30)

    assert wrong == []
    assert field_ring().newest.id == "k4"
    assert set(uses()) == {"k4"}
    assert {pk: Diary.objects.get(pk=pk).note for pk in written} == {pk: f"note av {n}" for pk, n in written.items()}


def test_killed_in_the_middle_it_goes_on_where_it_was(ring, transactional_db):
    write(300)
    before = texts()
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DATABASE_URL": database_url(),
        "SAMSKAPA_SECRET_KEY": house.SECRET_KEY,
        "SAMSKAPA_TRAIL_KEY": house.TRAIL_KEY,
        "SAMSKAPA_KEYS_FILE": str(ring),
    }
    command = [sys.executable, "-m", "samskapa.config.cli", "keys", "--skip-checks", "rotate", "--batch", "1"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        process.stdout.readline()  # it has said that a batch is done
        process.kill()
    half = uses()
    assert set(half) == {"k1", "k2"}
    assert texts() == before

    done = rotate(by=SYSTEM, now=NOW)

    assert (done.key, done.is_new) == ("k2", False)
    assert done.again.total() == sum(half["k1"].values())
    assert set(uses()) == {"k2"}
    assert texts() == before


def database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return (
        f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    )


@pytest.mark.django_db
def test_what_no_key_opens_is_named_and_the_others_are_rotated(ring, capsys):
    rows = write(3)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE secretive_diary SET text = 'e1.k1.trasig' WHERE id = %s", [rows[1].pk])

    with pytest.raises(CommandError, match=f"no key of the ring opens: secretive_diary.text {rows[1].pk}$"):
        call_command("keys", "rotate")

    assert capsys.readouterr().out.splitlines()[-1] == "6 rows are under k2 now."
    assert uses() == {
        "k2": {"secretive_diary.text": 2, "secretive_diary.note": 1, "secretive_diary.facts": 3},
        "k1": {"secretive_diary.text": 1},
    }
    with pytest.raises(KeyInUse, match=r"k1 is still needed by secretive_diary.text \(1\)"):
        retire_key("k1", by=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_a_key_is_retired_when_nothing_is_under_it_and_not_before(ring, capsys):
    write(2)
    add_key(by=SYSTEM, now=NOW)
    with pytest.raises(KeyInUse, match=r"k1 is still needed by secretive_diary.text \(2\), secretive_diary.note \(1\)"):
        retire_key("k1", by=SYSTEM, now=NOW)
    rotate(by=SYSTEM, now=NOW)
    with pytest.raises(KeyInUse, match="k2 is the newest"):
        retire_key("k2", by=SYSTEM, now=NOW)
    with pytest.raises(KeyInUse, match="k0 is made from SAMSKAPA_SECRET_KEY"):
        retire_key("k0", by=SYSTEM, now=NOW)
    with pytest.raises(UnknownKey):
        retire_key("k7", by=SYSTEM, now=NOW)
    old = field_ring().key("k1")

    call_command("keys", "retire", "k1")

    assert [key.id for key in field_ring().keys] == ["k2", "k0"]
    assert f"{RETIRED}={old.as_text()}\n" in ring.read_text()
    assert AuditEntry.objects.order_by("-pk").first().action == "core.key_retired"
    assert texts()[0] == ("text 0", None, {"n": 0})


@pytest.mark.django_db
def test_an_index_key_is_retired_when_no_tag_is_under_it(ring):
    row = Diary.objects.create(text="a", writer=blind_index("tests", "anna"))
    add_key(line=INDEX, by=SYSTEM, now=NOW)
    with pytest.raises(KeyInUse, match=r"i1 is still needed by secretive_diary.writer \(1\)"):
        retire_key("i1", by=SYSTEM, now=NOW)

    Diary.objects.filter(pk=row.pk).update(writer=blind_index("tests", "anna"))
    retire_key("i1", by=SYSTEM, now=NOW)

    assert uses()["i2"] == {"secretive_diary.writer": 1}


@pytest.mark.django_db
def test_the_list_tells_ids_ages_and_rows(ring, capsys):
    write(2)
    ring.write_text(ring.read_text().replace("SAMSKAPA_INDEX", "SAMSKAPA_LOST"))

    call_command("keys", "list")

    assert capsys.readouterr().out.splitlines() == [
        "k1            -  secretive_diary.facts 2, secretive_diary.note 1, secretive_diary.text 2 (newest)",
        "k0            -  nothing (from SAMSKAPA_SECRET_KEY)",
        "i0            -  nothing (newest) (from SAMSKAPA_SECRET_KEY)",
    ]


@pytest.mark.django_db
def test_without_a_file_of_keys_nothing_is_rotated(settings):
    settings.KEYS_FILE = ""
    with pytest.raises(NoKeysFile, match="SAMSKAPA_KEYS_FILE is not set"):
        rotate(by=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_counting_does_not_ask_more_of_more_rows(ring, django_assert_num_queries):
    counts = []
    for count in (1, 2, 297):
        write(count)
        with django_assert_num_queries(2 * len([*encrypted_places(), *tag_places()])):
            counts.append(uses()["k1"]["secretive_diary.text"])
    assert counts == [1, 3, 300]


@pytest.mark.django_db
def test_a_key_lost_altogether_is_told_when_the_row_is_read(ring):
    write(1)
    ring.write_text(f"SAMSKAPA_FIELD_KEYS=k1:{'A' * 43}=\n")
    with pytest.raises(CannotOpen):
        texts()


@pytest.mark.django_db(transaction=True)
def test_it_waits_for_a_writer_who_closed_a_text_with_the_old_key_and_has_not_stored_it_yet(ring):
    write(1)
    has_written, faults = threading.Event(), []

    def slow_writer():
        try:
            with transaction.atomic():
                Diary.objects.create(text="sen")
                has_written.set()
                if connection.vendor == "postgresql":  # on SQLite nobody else can even begin
                    wait_until_somebody_waits_for_the_table()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    writer = threading.Thread(target=slow_writer)
    writer.start()
    assert has_written.wait(timeout=10)
    rotate(by=SYSTEM, now=NOW)
    writer.join(timeout=30)

    assert faults == []
    assert set(uses()) == {"k2"}
    assert sorted(text for text, _, _ in texts()) == ["sen", "text 0"]


def wait_until_somebody_waits_for_the_table() -> None:
    give_up_at = time.monotonic() + 5
    with connection.cursor() as cursor:
        while time.monotonic() < give_up_at:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE mode = 'ShareLock' AND NOT granted")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("the rotation did not wait")
