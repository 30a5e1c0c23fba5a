"""`samskapa restore FILE`: equals the backup, table by table, or nothing was touched."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from samskapa.ground.core.domain import SYSTEM, BackupIsBroken, CannotRestore
from samskapa.ground.core.models import AuditEntry, MailHold, OutboxMail, Slot, WorkerBeat
from samskapa.ground.core.queries import read_heads, trail_head
from samskapa.ground.core.queries.backups import opened, seal_of
from samskapa.ground.core.queries.tables import Table, all_tables, carried_tables, read_rows, tally_of
from samskapa.ground.core.services import drain, link_all, queue_mail, record
from samskapa.ground.core.services.backup import back_up
from samskapa.ground.core.services.filling import empty, fill
from samskapa.ground.core.services.restore import restore
from samskapa.ground.people.models import Session
from tests.factories.people import make_person
from tests.ground.core import listeners
from tests.ground.core.assorted.models import Assorted, Named
from tests.ground.core.secretive.models import Diary
from tests.ground.core.test_backup import attachments, changed, slots  # noqa: F401  # fixtures
from tests.ground.core.test_chain import attack

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
pytestmark = pytest.mark.django_db(transaction=True)

#: What a restore itself adds to.
GROWN = {"core_auditentry", "core_mailhold"}


def state() -> dict[str, tuple[int, str]]:
    """Rows and digest of every table that is carried."""
    return {table.name: (tally := tally_of(table), (tally.rows, tally.digest))[1] for table in carried_tables()}


def assert_is(manifest: dict, *, but: set[str] = frozenset()) -> None:
    """Every table is as the backup says, but for those that a restore adds to, and `but`."""
    told = {name: (each["rows"], each["digest"]) for name, each in manifest["tables"].items()}
    now = state()
    assert {name for name in told if told[name] != now[name]} - but == GROWN
    assert now["core_auditentry"][0] == told["core_auditentry"][0] + 1


@pytest.fixture
def filled() -> list[Assorted]:
    """Rows of each kind, that point at each other and at themselves, and a trail."""
    for name in ("Åsa", "asa", "Öl", "Z", "é", "😀"):
        Named.objects.create(name=name)
    first = Assorted.objects.create(
        text="Å ä ö 😀 \t\n\r\x1f \u2028 'citat' \"%s\" \\N \\",
        number=-1,
        big=2**63 - 1,
        real=0.1,
        flag=False,
        moment=datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC),
        day=date(1, 1, 1),
        clock=time(23, 59, 59, 999999),
        span=timedelta(days=-1, microseconds=1),
        amount=Decimal("-1234567890.05"),
        token=uuid4(),
        raw=bytes(range(256)),
        facts={"ö": [1.0, 1e20, None, "\u2028"], "a": {"b": True}},
        named_id="é",
    )
    nothing = Assorted.objects.create()
    third = Assorted.objects.create(above=first, facts="null", raw=b"", moment=NOW, real=float("inf"))
    first.above = third
    first.save()
    first.friends.add(third)
    Diary.objects.create(text="hemligt", note="", facts={"x": 1}, writer="i1:abc")
    with transaction.atomic():
        for number in range(5):
            record("tests.noted", by=SYSTEM, at=NOW, number=number, people=[7])
    link_all(now=NOW)
    return [first, nothing, third]


def saved(path: Path) -> dict:
    back_up(path, by=SYSTEM, now=NOW)
    with opened(path) as backup:
        return backup.manifest


def put_back(path: Path, **more) -> None:
    restore(path, by=SYSTEM, now=LATER, **{"may_replace": True, **more})


# --- restore equals backup ------------------------------------------------------------------------


def test_everything_is_as_it_was(filled, tmp_path):
    before = {row.pk: row.__dict__ | {"_state": None} for row in Assorted.objects.all()}
    manifest = saved(tmp_path / "file")
    Assorted.objects.filter(pk=filled[1].pk).delete()
    Assorted.objects.update(text="changed")
    Diary.objects.update(note="changed")
    Named.objects.create(name="more")

    done = restore(tmp_path / "file", by=SYSTEM, now=LATER, may_replace=True)

    assert_is(manifest)
    assert {row.pk: row.__dict__ | {"_state": None} for row in Assorted.objects.all()} == before
    assert list(Assorted.objects.get(pk=filled[0].pk).friends.all()) == [filled[2]]
    diary = Diary.objects.get()
    assert (diary.text, diary.note, diary.facts) == ("hemligt", "", {"x": 1})
    assert (done.made_at, done.rows, done.files, done.trail_faults) == (
        NOW, sum(each["rows"] for each in manifest["tables"].values()), 0, [],
    )  # fmt: skip
    told = AuditEntry.objects.order_by("pk").last()
    assert (told.action, told.details["trail_faults"]) == ("core.restored", 0)
    assert told.details["head"] == str(trail_head())


def test_the_bytes_of_sqlite_are_the_same(filled, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has forms of its own")

    def raw() -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT *, typeof(moment), typeof(amount), quote(facts) FROM assorted_assorted ORDER BY id")
            return [tuple(map(str, row)) for row in cursor.fetchall()]

    before = raw()
    saved(tmp_path / "file")
    put_back(tmp_path / "file")

    assert raw() == before


def test_what_is_append_only_is_so_again(filled, tmp_path):
    saved(tmp_path / "file")
    put_back(tmp_path / "file")

    for statement in ("UPDATE core_auditentry SET role = 'x'", "DELETE FROM core_auditlink"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_new_rows_get_numbers_that_none_has_had(filled, tmp_path):
    number = Assorted.objects.create().pk
    Assorted.objects.get(pk=number).delete()
    entry = AuditEntry.objects.order_by("pk").last().pk
    saved(tmp_path / "file")
    for _ in range(3):
        Assorted.objects.create()

    put_back(tmp_path / "file")

    assert Assorted.objects.create().pk == number + 1
    with transaction.atomic():
        assert record("tests.noted", by=SYSTEM, at=NOW).pk == entry + 2  # after the one of the restore
    assert Slot.objects.create(name="the first").pk >= 1


def test_who_was_logged_in_must_do_so_again(tmp_path):
    person = make_person()
    saved(tmp_path / "file")
    Session.objects.create(session_key="x" * 32, session_data="", expire_date=LATER, person=person)
    WorkerBeat.objects.create(worker_id="x", started_at=NOW, seen_at=NOW)

    put_back(tmp_path / "file")

    assert (Session.objects.count(), WorkerBeat.objects.count()) == (0, 0)


def test_the_folders_are_as_they_were_and_what_was_there_is_laid_aside(tmp_path, attachments):  # noqa: F811
    saved(tmp_path / "file")
    letter = attachments / "a" / "Åsas brev 😀.pdf"
    letter.write_bytes(b"changed")
    (attachments / "new").touch()

    done = restore(tmp_path / "file", by=SYSTEM, now=LATER, may_replace=True)

    assert sorted(path.name for path in attachments.rglob("*")) == ["a", "empty", letter.name]
    assert letter.read_bytes() == bytes(range(256)) * 5000
    assert letter.stat().st_mode & 0o777 == 0o600
    aside = tmp_path / "attachments.before-20261125T110000Z"
    assert done.laid_aside == [aside]
    assert (aside / "a" / letter.name).read_bytes() == b"changed"
    assert not (tmp_path / "attachments.restoring").exists()


def test_what_was_in_hand_is_done_once_more(tmp_path):
    listeners.note.enqueue(number=1)
    DBTaskResult.objects.update(status="RUNNING", started_at=NOW, worker_ids=["dead:a", "b"])
    mail = queue_mail("tests/hello", to=1, key="k", now=NOW)
    OutboxMail.objects.update(leased_until=LATER, leased_by="b", attempts=8)
    manifest = saved(tmp_path / "file")

    put_back(tmp_path / "file")

    assert_is(manifest, but={"core_outboxmail", "django_tasks_database_dbtaskresult"})
    job = DBTaskResult.objects.get()
    assert (job.status, job.worker_ids, job.run_after) == ("READY", ["dead:a"], LATER)
    mail.refresh_from_db()
    assert (mail.leased_until, mail.leased_by, mail.attempts) == (None, "", 7)
    assert drain(LATER)["jobs"] == 1


# --- the trail ------------------------------------------------------------------------------------


def test_heads_of_what_came_after_are_laid_aside(filled, settings, tmp_path, capsys):
    settings.TRAIL_HEAD = str(tmp_path / "trail.head")
    manifest = saved(tmp_path / "file")
    link_all(now=NOW)  # the row of the backup itself
    assert len(read_heads(tmp_path / "trail.head")) == 1

    put_back(tmp_path / "file")
    link_all(now=LATER)

    assert (tmp_path / "trail.head.before-20261125T110000Z").exists()
    assert [head.position for head in read_heads(tmp_path / "trail.head")] == [5, 6]
    assert read_heads(tmp_path / "trail.head")[0].digest == manifest["trail"]["digest"]
    call_command("audit", "verify", "--head", str(tmp_path / "file"))
    assert capsys.readouterr().out.endswith("The trail is whole.\n")


def test_a_trail_that_was_broken_when_backed_up_comes_back_and_is_told(filled, tmp_path, capsys):
    entry = AuditEntry.objects.order_by("pk").first().pk
    with transaction.atomic():
        attack(f"UPDATE core_auditentry SET person_id = 8 WHERE id = {entry}")
    manifest = saved(tmp_path / "file")

    with pytest.raises(SystemExit) as end:
        call_command("restore", str(tmp_path / "file"), "--yes")

    assert end.value.code == 1
    said = capsys.readouterr().out
    assert f"changed: entry {entry}" in said
    assert "The trail is NOT whole: 1 faults. The backup had them" in said
    assert_is(manifest)


# --- refused, and nothing touched -----------------------------------------------------------------


def refused(path: Path, match: str, refusal=CannotRestore, **more) -> None:
    before = state()
    with pytest.raises(refusal, match=match):
        put_back(path, **more)
    assert state() == before
    assert not MailHold.objects.exists()


def test_where_something_is_it_needs_a_word(filled, tmp_path, attachments):  # noqa: F811
    saved(tmp_path / "file")
    refused(tmp_path / "file", r"the database is not empty \(assorted_assorted, ", may_replace=False)
    with pytest.raises(CommandError, match="nothing was touched: the database is not empty"):
        call_command("restore", str(tmp_path / "file"))

    with transaction.atomic():
        empty([table for table in all_tables() if not table.is_made_by_migrate] if vendor("sqlite") else all_tables())
    with pytest.raises(CannotRestore, match="the folder letters is not empty"):
        put_back(tmp_path / "file", may_replace=False)
    for path in sorted(attachments.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    put_back(tmp_path / "file", may_replace=False)  # as after `migrate`
    assert Named.objects.count() == 6


def vendor(name: str) -> bool:
    return connection.vendor == name


def test_a_changed_file_is_refused(filled, tmp_path):
    saved(tmp_path / "file")
    member = "tables/assorted_named.jsonl"
    refused(changed(tmp_path / "file", **{member: b'["Bo"]\n'}), f"{member} was changed", BackupIsBroken)
    refused(changed(tmp_path / "file", drop=member), f"{member} is missing", BackupIsBroken)
    half = tmp_path / "half"
    half.write_bytes((tmp_path / "file").read_bytes()[:-2000])
    refused(half, "it cannot be read: BadZipFile", BackupIsBroken)


def forged(path: Path, change, sealed: bool = True, **members: bytes) -> Path:
    """A copy with another manifest, sealed by who has the key."""
    with opened(path) as backup:
        manifest = backup.manifest
    change(manifest)
    text = json.dumps(manifest).encode()
    seal = seal_of(text).encode() if sealed else b"0" * 64
    return changed(path, **{"manifest.json": text, "manifest.seal": seal, **members})


def test_what_this_version_cannot_hold_is_refused(filled, tmp_path):
    saved(tmp_path / "file")
    more = forged(tmp_path / "file", lambda it: it["migrations"].append(["core", "0099_later"]))
    refused(more, r"the backup has the migration core\.0099_later, this database does not")
    less = forged(tmp_path / "file", lambda it: it["migrations"].remove(["core", "0001_initial"]))
    refused(less, r"this database has the migration core\.0001_initial, the backup does not")
    other = forged(tmp_path / "file", lambda it: it["tables"]["assorted_named"].update(columns=["nickname"]))
    refused(other, "the table assorted_named has other columns")
    folders = forged(tmp_path / "file", lambda it: it.update(folders=["photos"]))
    refused(folders, "no folder is called photos here")
    newer = forged(tmp_path / "file", lambda it: it.update(format=2))
    refused(newer, "its format is 2, and ours is 1", BackupIsBroken)


def test_rows_that_came_in_otherwise_are_noticed(filled, tmp_path):
    saved(tmp_path / "file")
    wrong = forged(tmp_path / "file", lambda it: it["tables"]["assorted_named"].update(digest="0" * 64))
    refused(wrong, "assorted_named: what came in is not what was read")


def test_rows_that_the_database_does_not_take_are_refused_by_name(filled, tmp_path):
    saved(tmp_path / "file")
    twice = b'["Bo"]\n["Bo"]\n'
    import hashlib

    wrong = forged(
        tmp_path / "file",
        lambda it: it["tables"]["assorted_named"].update(rows=2, sha256=hashlib.sha256(twice).hexdigest()),
        **{"tables/assorted_named.jsonl": twice},
    )
    refused(wrong, "assorted_named was not taken: IntegrityError")
    nobody = b'["Bo"]\n'  # those who point at the others hang in the air
    wrong = forged(
        tmp_path / "file",
        lambda it: it["tables"]["assorted_named"].update(rows=1, sha256=hashlib.sha256(nobody).hexdigest()),
        **{"tables/assorted_named.jsonl": nobody},
    )
    refused(wrong, "the database did not take it: IntegrityError")


def test_a_file_that_another_key_sealed_needs_a_word(filled, tmp_path):
    manifest = saved(tmp_path / "file")
    other = forged(tmp_path / "file", lambda it: None, sealed=False)
    refused(other, "its seal is not ours", BackupIsBroken)

    put_back(other, sealed_by_us=False)
    assert_is(manifest)


def test_a_file_that_leads_out_of_its_folder_is_refused(filled, tmp_path, attachments):  # noqa: F811
    import hashlib

    saved(tmp_path / "file")
    for name in ("letters/../../evil", "letters//evil", "letters/./evil"):
        told = {name: {"size": 1, "sha256": hashlib.sha256(b"x").hexdigest()}}
        evil = forged(tmp_path / "file", lambda it, told=told: it["files"].update(told), **{f"files/{name}": b"x"})
        refused(evil, "leads out of its folder", BackupIsBroken)


# --- values ---------------------------------------------------------------------------------------

_TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=8,
)
_ROW = st.fixed_dictionaries(
    {
        "text": _TEXT,
        "short": _TEXT,
        "number": st.none() | st.integers(-(2**30), 2**30 - 1),
        "big": st.none() | st.integers(-(2**63), 2**63 - 1),
        "real": st.none() | st.floats(allow_nan=False, allow_subnormal=False),
        "flag": st.none() | st.booleans(),
        "moment": st.none() | st.datetimes(timezones=st.just(UTC)),
        "day": st.none() | st.dates(),
        "clock": st.none() | st.times(),
        "span": st.none() | st.timedeltas(timedelta(days=-100_000), timedelta(days=100_000)),
        "amount": st.none() | st.decimals(-(10**9), 10**9, places=2),
        "token": st.none() | st.uuids(),
        "raw": st.none() | st.binary(max_size=40),
        "facts": st.none() | _JSON,
    }
)


@given(rows=st.lists(_ROW, min_size=1, max_size=4))
@hypothesis_settings(max_examples=60)
def test_whatever_a_row_holds_comes_back_the_same(rows):
    with transaction.atomic():
        made = Assorted.objects.bulk_create([Assorted(**row) for row in rows])
        connection.check_constraints()
        table = Table(Assorted)
        before, was = list(read_rows(table)), tally_of(table)
        values = list(Assorted.objects.order_by("pk").values())
        if vendor("postgresql"):
            empty([table, Table(Assorted.friends.through)])
        else:
            empty([table])

        fill(table, iter(json.loads(json.dumps(before))))

        assert (tally_of(table).rows, tally_of(table).digest) == (len(made), was.digest)
        assert list(Assorted.objects.order_by("pk").values()) == values
        transaction.set_rollback(True)
