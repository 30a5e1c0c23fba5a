"""`samskapa backup FILE`: one moment, one file, whole or not at all."""

from __future__ import annotations

import contextlib
import json
import threading
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from samskapa import __version__
from samskapa.config.slots import SLOTS
from samskapa.ground.core.domain import SYSTEM, BackupIsBroken, CannotBackUp
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.core.queries import trail_head
from samskapa.ground.core.queries.backups import GREETING, faults_of, opened, strangeness_of
from samskapa.ground.core.queries.tables import _READERS, all_tables, carried_tables, same_json, snapshot, tally_of
from samskapa.ground.core.services import link_all, record
from samskapa.ground.core.services.backup import back_up
from tests.ground.core.assorted.models import Assorted, Named
from tests.ground.core.secretive.models import Diary
from tests.ground.core.test_chain import attack

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def slots(settings):
    settings.SLOTS = {**settings.SLOTS, "not_carried": SLOTS["not_carried"]}


def folder() -> Path:
    """Where the tests' own attachments lie: what the slot `backup_folders` names."""
    if folder.path is None:
        raise OSError(28, "No space left on device")
    return folder.path


@pytest.fixture
def attachments(settings, tmp_path) -> Path:
    folder.path = tmp_path / "attachments"
    (folder.path / "a").mkdir(parents=True)
    (folder.path / "a" / "Åsas brev 😀.pdf").write_bytes(bytes(range(256)) * 5000)
    (folder.path / "empty").touch()
    settings.SLOTS = {**settings.SLOTS, "backup_folders": {"letters": f"{__name__}.folder"}}
    return folder.path


def backed_up(path: Path) -> dict:
    back_up(path, by=SYSTEM, now=NOW)
    with opened(path) as backup:
        assert list(faults_of(backup)) == []
        assert list(strangeness_of(backup)) == []
        return backup.manifest


# --- the file -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["backup", "Säkerhets kopia 😀.zip.gz", "-rf", "x" * 255, "x.part"])
def test_a_file_of_any_name_that_only_its_owner_reads(tmp_path, name):
    back_up(tmp_path / name, by=SYSTEM, now=NOW)

    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    with opened(tmp_path / name) as backup:
        assert backup.manifest["made_at"] == "2026-11-25T08:00:00.000000+00:00"
        assert backup.manifest["software"] == __version__


def test_each_table_is_counted_and_has_the_digest_of_its_rows(tmp_path):
    Named.objects.create(name="Å")
    Assorted.objects.create(text="Åäö 😀", facts={"b": 1, "a": None}, named_id="Å")

    manifest = backed_up(tmp_path / "file")

    told = {name: (each["rows"], each["digest"]) for name, each in manifest["tables"].items()}
    assert told["assorted_assorted"][0] == told["assorted_named"][0] == 1
    # The trail's row of the backup itself came after the moment of which it is.
    assert told.pop("core_auditentry")[0] == 0
    now = {table.name: (tally := tally_of(table), (tally.rows, tally.digest))[1] for table in carried_tables()}
    del now["core_auditentry"]
    assert told == now


def test_who_is_logged_in_is_not_in_it(tmp_path):
    tables = backed_up(tmp_path / "file")["tables"]

    assert {table.name for table in all_tables()} - set(tables) == {
        "people_session", "people_remembered", "core_workerbeat",
    }  # fmt: skip


def test_nothing_that_is_carried_points_at_what_is_not():
    carried = {table.model for table in carried_tables()}
    for table in carried_tables():
        for column in table.fields:
            assert column.related_model is None or column.related_model in carried, (table.name, column)


def test_every_kind_of_column_of_every_table_is_known():
    assert {kind for table in all_tables() for kind in table.kinds} - set(_READERS) == set()


def test_what_is_encrypted_stays_so(tmp_path):
    Diary.objects.create(text="Hemlig hjärtsvikt", note="och mer", facts={"hemligt": True})

    back_up(tmp_path / "file", by=SYSTEM, now=NOW)

    with zipfile.ZipFile(tmp_path / "file") as archive:
        text = archive.read("tables/secretive_diary.jsonl").decode()
    assert text.count('"e1.') == 3
    assert not any(word in text for word in ("Hemlig", "och mer", "hemligt"))


def test_the_trail_tells_who_made_it_and_the_file_how_long_the_trail_was(tmp_path):
    with transaction.atomic():
        for number in range(3):
            record("tests.noted", by=SYSTEM, at=NOW, number=number)
    link_all(now=NOW)
    with transaction.atomic():
        record("tests.noted", by=SYSTEM, at=NOW)

    head = trail_head()
    manifest = backed_up(tmp_path / "file")

    assert manifest["trail"] == {"rows": 4, "position": 3, "digest": head.digest}
    last = AuditEntry.objects.get(action="core.backed_up")
    assert (last.role, last.details["files"], last.details["head"]) == ("system", 0, str(head))
    assert last.details["rows"] == sum(each["rows"] for each in manifest["tables"].values())


def test_a_number_that_was_given_is_remembered_though_its_row_is_gone(tmp_path):
    first, second = Assorted.objects.create(), Assorted.objects.create()
    second.delete()

    assert backed_up(tmp_path / "file")["tables"]["assorted_assorted"]["last_number"] == first.pk + 1


def test_the_folders_are_carried_file_by_file(tmp_path, attachments):
    (attachments / "link").symlink_to("/etc/passwd")

    manifest = backed_up(tmp_path / "file")

    assert {name: each["size"] for name, each in manifest["files"].items()} == {
        "letters/a/Åsas brev 😀.pdf": 1_280_000, "letters/empty": 0,
    }  # fmt: skip
    with opened(tmp_path / "file") as backup:
        assert backup.open_file("letters/a/Åsas brev 😀.pdf").read() == bytes(range(256)) * 5000


def test_a_folder_that_is_not_there_yet_is_empty(tmp_path, attachments):
    folder.path = attachments / "later"

    assert backed_up(tmp_path / "file")["files"] == {}


def test_what_goes_wrong_leaves_the_old_file_and_no_half_one(tmp_path, attachments):
    (tmp_path / "file").write_bytes(b"older")
    folder.path = None

    with pytest.raises(CannotBackUp, match="No space left on device"):
        back_up(tmp_path / "file", by=SYSTEM, now=NOW)

    assert (tmp_path / "file").read_bytes() == b"older"
    assert list(tmp_path.glob("*.part")) == []
    assert AuditEntry.objects.count() == 0


def test_a_place_that_is_none_is_refused(tmp_path):
    with pytest.raises(CannotBackUp, match="No such file or directory"):
        back_up(tmp_path / "nowhere" / "file", by=SYSTEM, now=NOW)
    with pytest.raises(CannotBackUp, match="is no plain file"):
        back_up(tmp_path, by=SYSTEM, now=NOW)


def test_what_a_killed_one_left_is_swept_and_nothing_else(tmp_path):
    (tmp_path / "monday.part").write_bytes(b"PK\3\4" + b"\0" * 26 + GREETING.encode() + b"...")
    (tmp_path / "film.part").write_bytes(b"somebody's download")

    back_up(tmp_path / "tuesday", by=SYSTEM, now=NOW)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["film.part", "tuesday"]


# --- one moment -----------------------------------------------------------------------------------


def test_while_others_write_it_is_of_one_moment(tmp_path):
    """Each transaction writes to two tables that lie far apart in the file: both or neither are in it."""
    Diary.objects.bulk_create([Diary(text="x") for _ in range(300)])
    Named.objects.bulk_create([Named(name=f"{number}") for number in range(300)])
    enough, begun = threading.Event(), threading.Event()

    def write() -> None:
        number = 300
        while not enough.is_set():
            with transaction.atomic():
                Named.objects.create(name=f"{number}")
                Diary.objects.create(text="y")
            number += 1
            begun.set()
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    counts = []
    for number in range(3):
        begun.clear()
        begun.wait(timeout=10)
        tables = backed_up(tmp_path / f"{number}")["tables"]
        counts.append((tables["assorted_named"]["rows"], tables["secretive_diary"]["rows"]))
    enough.set()
    writer.join(timeout=10)

    assert [named for named, _ in counts] == [diaries for _, diaries in counts]
    assert 300 < counts[0][0] < counts[1][0] < counts[2][0]  # they went on


def test_a_snapshot_does_not_see_what_came_after_and_writes_nothing():
    Named.objects.create(name="before")
    with snapshot():
        assert Named.objects.count() == 1
        others = threading.Thread(target=lambda: (Named.objects.create(name="after"), connection.close()))
        others.start()
        others.join(timeout=10)
        assert Named.objects.count() == 1
    assert Named.objects.count() == 2


# --- the same on both databases -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{"b": 1, "a": [null, true]}', '{"a":[null,true],"b":1}'),
        ("1e20", "100000000000000000000"),
        ("1.2345e+25", "12345000000000000000000000"),
        ("5e-7", "0.0000005"),
        ("-0.0", "0"),
        ("1.0", "1"),
        ('"\\u00e5"', '"å"'),
    ],
)
def test_the_same_json_is_one_text(one, other):
    assert same_json(one) == same_json(other)


@pytest.mark.parametrize(("one", "other"), [("1", '"1"'), ("1", "1.0000000000000000000001"), ("null", '"null"')])
def test_other_json_is_another_text(one, other):
    assert same_json(one) != same_json(other)


# --- broken files ---------------------------------------------------------------------------------


def changed(path: Path, *, drop: str = "", **new: bytes) -> Path:
    """A copy of the backup with members left out, or with other contents."""
    copy = path.with_name("changed")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as archive:
        for name in old.namelist():
            if name != drop:
                archive.writestr(name, new.pop(name, old.read(name)))
        for name, content in new.items():
            archive.writestr(name, content)
    return copy


def faults(path: Path) -> list[str]:
    with opened(path) as backup:
        return list(faults_of(backup))


def test_a_changed_file_is_known(tmp_path):
    Named.objects.create(name="Åsa")
    path, member = tmp_path / "file", "tables/assorted_named.jsonl"
    manifest = backed_up(path)

    assert faults(changed(path, **{member: b'["Bo"]\n'})) == [f"{member} was changed"]
    assert faults(changed(path, **{member: b""})) == [f"{member} was changed"]
    assert faults(changed(path, drop=member)) == [f"{member} is missing"]
    assert faults(changed(path, more=b"")) == ["more does not belong in it"]
    manifest["tables"]["assorted_named"]["rows"] = 2
    with pytest.raises(BackupIsBroken, match="its seal is not ours"):
        faults(changed(path, **{"manifest.json": json.dumps(manifest).encode()}))
    with pytest.raises(BackupIsBroken, match="KeyError"):
        faults(changed(path, drop="manifest.json"))


def test_one_changed_byte_anywhere_in_a_table_is_known_or_changes_nothing(tmp_path):
    path, member = tmp_path / "file", "tables/assorted_named.jsonl"
    Named.objects.create(name="Åsa")
    backed_up(path)
    with zipfile.ZipFile(path) as archive:
        about = archive.getinfo(member)
    start = about.header_offset + 30 + len(member)
    whole = path.read_bytes()
    for at in range(start + 20, start + 20 + about.compress_size):  # 20: the extra field of large files
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        # A bit that only fills the last byte up may change: what is unpacked is the same, to the byte.
        assert faults(path) in ([f"{member} was changed"], []), at
        with opened(path) as backup, contextlib.suppress(zipfile.BadZipFile, zlib.error):
            if not faults(path):
                assert list(backup.rows_of("assorted_named")) == [["Åsa"]]


def test_what_is_no_backup_is_refused(tmp_path):
    path = tmp_path / "file"
    for content in (b"", b"nonsense", b"PK\3\4"):
        path.write_bytes(content)
        with pytest.raises(BackupIsBroken, match="it cannot be read"):
            faults(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other", b"")
    with pytest.raises(BackupIsBroken, match="it is no backup of Samskapa"):
        faults(path)
    with pytest.raises(BackupIsBroken, match="FileNotFoundError"):
        faults(tmp_path / "missing")


# --- the commands ---------------------------------------------------------------------------------


def test_the_command_tells_what_it_wrote_and_refuses_in_words(tmp_path, capsys):
    call_command("backup", str(tmp_path / "file"))

    said = capsys.readouterr().out.splitlines()
    size, tables = (tmp_path / "file").stat().st_size, len(carried_tables())
    assert said[0].startswith(f"{tmp_path / 'file'}: {tables} tables, ")
    assert said[0].endswith(f" rows, 0 files, {size} bytes.")
    assert said[1] == "The trail's head: none."
    with pytest.raises(CommandError, match="is no plain file"):
        call_command("backup", str(tmp_path))


def test_a_tail_that_was_cut_off_since_is_found_by_the_backup(tmp_path, capsys):
    with transaction.atomic():
        ids = [record("tests.noted", by=SYSTEM, at=NOW).pk for _ in range(3)]
    link_all(now=NOW)
    with transaction.atomic():
        record("tests.noted", by=SYSTEM, at=NOW)
    back_up(tmp_path / "file", by=SYSTEM, now=NOW)
    call_command("audit", "verify", "--head", str(tmp_path / "file"))
    assert "The trail is whole." in capsys.readouterr().out

    with transaction.atomic():
        attack(f"DELETE FROM core_auditentry WHERE id > {ids[2]}")  # what was not in the chain yet
    with pytest.raises(SystemExit):
        call_command("audit", "verify", "--head", str(tmp_path / "file"))
    assert "removed: 1 rows: the backup of 2026-11-25T08:00:00.000000+00:00 has 4" in capsys.readouterr().out

    with transaction.atomic():
        attack("DELETE FROM core_auditlink WHERE position = 3", f"DELETE FROM core_auditentry WHERE id = {ids[2]}")
    with pytest.raises(SystemExit):
        call_command("audit", "verify", "--head", str(tmp_path / "file"))
    assert "removed: position 3: the head said that the chain had come to 3" in capsys.readouterr().out
