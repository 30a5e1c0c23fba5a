"""What the database cannot read: closed by a ring of keys outside it, opened in its own place only."""

from __future__ import annotations

import os
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.core.serializers import serialize
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from samskapa.ground.core.domain import SYSTEM, CannotOpen, NoKeysFile, RingIsBroken, UnknownKey
from samskapa.ground.core.keys.cipher import Closed, blind_index, blind_indexes, close, open_closed
from samskapa.ground.core.keys.holder import INDEX, field_ring, index_ring
from samskapa.ground.core.keys.ring import read_keys
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.core.services import queue_mail
from samskapa.ground.core.services.keys import add_key
from tests.ground.core.rings import write_ring
from tests.ground.core.secretive.models import Diary

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


@pytest.fixture
def ring(settings, tmp_path) -> Path:
    """A ring with one key, k1, which the house uses."""
    settings.KEYS_FILE = str(write_ring(tmp_path / "keys.env"))
    return tmp_path / "keys.env"


def stored(table: str, column: str, pk: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [pk])
        return cursor.fetchone()[0]


def put(table: str, column: str, pk: int, token: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [token, pk])


# --- closed and opened ----------------------------------------------------------------------------


@given(st.text(), st.text())
def test_what_is_closed_opens_in_its_place(text, place):
    closed = close(text, place=place)

    assert open_closed(closed, place=place) == text
    assert closed.key_id == "k0"
    assert text not in closed.token or len(text) < 5


@given(st.text(), st.integers(min_value=6), st.integers(min_value=1, max_value=63))
def test_what_was_changed_anywhere_does_not_open(text, at, by):
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    token = close(text, place="t.c").token.rstrip("=")
    # The last letter of base64 may hold bits that count for nothing.
    at = 6 + at % (len(token) - 7)
    other = letters[(letters.index(token[at]) + by) % 64]

    with pytest.raises(CannotOpen):
        open_closed(Closed(padded(token[:at] + other + token[at + 1 :])), place="t.c")


def padded(token: str) -> str:
    head, _, body = token.rpartition(".")
    return f"{head}.{body}{'=' * (-len(body) % 4)}"


def test_what_is_closed_says_nothing_of_itself():
    closed = close("hemligt", place="t.c")

    assert (str(closed), repr(closed)) == ("<Closed by k0>", "<Closed by k0>")
    assert close("hemligt", place="t.c").token != closed.token


def test_another_key_of_the_same_name_does_not_open(settings, ring, tmp_path):
    closed = close("hemligt", place="t.c")
    settings.KEYS_FILE = str(write_ring(tmp_path / "other.env"))

    with pytest.raises(CannotOpen, match=r"t\.c: k1 does not open it"):
        open_closed(closed, place="t.c")


def test_a_key_that_is_not_in_the_ring_is_named(settings, tmp_path, ring):
    settings.KEYS_FILE = str(write_ring(tmp_path / "two.env", fields=2))
    closed = close("hemligt", place="t.c")
    settings.KEYS_FILE = str(ring)

    with pytest.raises(UnknownKey, match="no key k2"):
        open_closed(closed, place="t.c")


# --- fields ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_row_gives_back_what_was_put_in_it(ring):
    facts = {"när": NOW, "tal": [1, 2.5, None, True], "å": ""}
    made = Diary.objects.create(text="Hjärtsvikt\0 och 😀", note="", facts=facts)

    row = Diary.objects.get(pk=made.pk)

    assert (row.text, row.note) == ("Hjärtsvikt\0 och 😀", "")
    assert row.facts == {"när": "2026-11-25T08:00:00Z", "tal": [1, 2.5, None, True], "å": ""}
    assert [stored("secretive_diary", column, row.pk)[:6] for column in ("text", "note", "facts")] == ["e1.k1."] * 3


@pytest.mark.django_db
def test_bulk_save_update_and_deferred_reading_keep_it_closed(ring):
    first, second = Diary.objects.bulk_create([Diary(text="a"), Diary(text="b", note="n")])
    Diary.objects.filter(pk=first.pk).update(note="ny")
    second.facts = {"a": 1}
    second.save(update_fields=["facts"])
    deferred = Diary.objects.defer("text").get(pk=second.pk)

    assert (deferred.text, deferred.facts, deferred.note) == ("b", {"a": 1}, "n")
    assert list(Diary.objects.order_by("pk").values_list("note", flat=True)) == ["ny", "n"]
    assert stored("secretive_diary", "note", first.pk)[:6] == "e1.k1."
    assert Diary.objects.filter(note__isnull=False).count() == 2


@pytest.mark.django_db
def test_whether_a_text_says_anything_is_asked_of_the_database_under_every_key(ring):
    texts = ["", "a", "å", "ab", "abc", "abcd", " ", "Hjärtsvikt"]
    Diary.objects.bulk_create(Diary(text=text, note=text) for text in texts)
    assert [add_key(by=SYSTEM, now=NOW) for _each in range(9)][-1] == "k10"  # closes from now on: a longer id
    Diary.objects.bulk_create(Diary(text=text, note=None) for text in texts)
    for column, times in (("text", 2), ("note", 1)):
        silent = Diary.objects.filter(**{f"{column}__says_nothing": True})
        telling = Diary.objects.filter(**{f"{column}__says_nothing": False})
        assert silent.count() == times
        assert telling.count() == times * (len(texts) - 1)
    assert set(Diary.objects.filter(note__says_nothing=True).values_list("note", flat=True)) <= {""}


@pytest.mark.django_db
def test_a_text_moved_to_another_row_is_refused(ring):
    mine, others = Diary.objects.create(text="mitt"), Diary.objects.create(text="annans")
    put("secretive_diary", "text", mine.pk, stored("secretive_diary", "text", others.pk))

    row = Diary.objects.get(pk=mine.pk)
    with pytest.raises(CannotOpen):
        assert row.text


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["facts", "note"])
def test_a_text_moved_to_another_column_is_refused(ring, column):
    row = Diary.objects.create(text="mitt", note="n")
    put("secretive_diary", column, row.pk, stored("secretive_diary", "text", row.pk))

    with pytest.raises(CannotOpen):
        assert getattr(Diary.objects.get(pk=row.pk), column)


@pytest.mark.django_db
def test_clear_text_put_into_the_column_is_refused(ring):
    row = Diary.objects.create(text="mitt")
    put("secretive_diary", "text", row.pk, "skrivet av någon annan")

    row = Diary.objects.get(pk=row.pk)
    with pytest.raises(CannotOpen, match="no encrypted text"):
        assert row.text


@pytest.mark.django_db
def test_nothing_is_found_by_it_bound_ones_are_not_updated_blindly_and_none_is_dumped(ring):
    Diary.objects.create(text="mitt")

    for lookup in ("text", "text__contains", "facts__a", "text__in", "note__startswith"):
        with pytest.raises(FieldError):
            Diary.objects.filter(**{lookup: ["x"]}).exists()
    with pytest.raises(CannotOpen, match="bound to uid"), transaction.atomic():
        Diary.objects.update(text="allas")
    with pytest.raises(TypeError, match="samskapa backup"):
        serialize("json", Diary.objects.all())
    assert repr(Diary.objects.values_list("text", flat=True)) == "<QuerySet [<Closed by k1>]>"


def test_a_field_that_cannot_work_is_named_by_check():
    from django.db import models

    from samskapa.ground.core.keys.fields import EncryptedTextField

    class Wrong(models.Model):  # noqa: DJ008
        text = EncryptedTextField(unique=True)
        other = EncryptedTextField(bound_to="text2")

        class Meta:
            app_label = "not_installed"

    found = [problem.id for field in Wrong._meta.local_fields for problem in field.check()]
    assert found == ["core.E010", "core.E011"]


def contents() -> bytes:
    """Everything that the database holds, as bytes."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            name = connection.settings_dict["NAME"]
            return b"".join(Path(name + end).read_bytes() for end in ("", "-wal") if Path(name + end).exists())
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" AS t')
            found += [row[0] for row in cursor.fetchall()]
        return "\n".join(found).encode()


@pytest.mark.django_db(transaction=True)
def test_the_database_holds_no_plain_text_of_codes_and_secrets(ring):
    queue_mail("tests/hello", to=1, key="synlig-nyckel", now=NOW, title="kod-839201", path="/lank-hemlig")
    Diary.objects.create(text="hjärtsvikt", facts={"ord": "avslojande"}, writer=blind_index("tests", "19121212-1212"))

    found = contents()

    assert b"synlig-nyckel" in found
    for secret in ("kod-839201", "lank-hemlig", "hjärtsvikt", "avslojande", "19121212"):
        assert secret.encode() not in found, secret


@pytest.mark.django_db
def test_a_mail_opens_in_its_own_row_only(ring):
    mine = queue_mail("tests/hello", to=1, key="a", now=NOW, title="x", path="/min")
    theirs = queue_mail("tests/hello", to=2, key="b", now=NOW, title="x", path="/deras")
    put("core_outboxmail", "params", mine.pk, stored("core_outboxmail", "params", theirs.pk))

    assert OutboxMail.objects.get(pk=theirs.pk).params == {"title": "x", "path": "/deras"}
    with pytest.raises(CannotOpen):
        assert OutboxMail.objects.get(pk=mine.pk).params


# --- the blind index ------------------------------------------------------------------------------


def test_a_tag_is_the_same_for_the_same_text_and_purpose_only(ring):
    tag = blind_index("people.broker", "191212121212")

    assert tag == blind_index("people.broker", "191212121212")
    assert tag.startswith("i1:")
    assert len(tag) == 67
    assert "191212121212" not in tag
    assert tag != blind_index("people.other", "191212121212")
    assert tag != blind_index("people.broker", "191212121213")


@pytest.mark.django_db
def test_after_a_new_index_key_an_old_tag_is_still_found(ring):
    old = Diary.objects.create(text="a", writer=blind_index("tests", "anna"))

    add_key(line=INDEX, by=SYSTEM, now=NOW)

    assert blind_index("tests", "anna")[:3] == "i2:"
    assert Diary.objects.get(writer__in=blind_indexes("tests", "anna")) == old


# --- the ring -------------------------------------------------------------------------------------


def test_without_a_ring_a_key_made_from_the_secret_key_stands_in_and_stays_readable(settings, ring):
    path, settings.KEYS_FILE = settings.KEYS_FILE, ""
    before = close("tidigt", place="t.c")
    settings.KEYS_FILE = path

    assert (before.key_id, close("sent", place="t.c").key_id) == ("k0", "k1")
    assert open_closed(before, place="t.c") == "tidigt"
    settings.SECRET_KEY = "another"
    with pytest.raises(CannotOpen):
        open_closed(before, place="t.c")


def test_a_running_process_sees_a_new_key_at_once_and_bears_that_the_file_is_gone(settings, ring):
    assert field_ring().newest.id == "k1"
    other = write_ring(ring.with_name("two.env"), fields=2)
    other.replace(ring)
    assert [key.id for key in field_ring().keys] == ["k2", "k1", "k0"]

    ring.unlink()
    assert field_ring().newest.id == "k2"
    settings.KEYS_FILE = str(ring.with_name("never.env"))
    with pytest.raises(NoKeysFile, match="SAMSKAPA_KEYS_FILE cannot be read: No such file"):
        field_ring()


@pytest.mark.django_db
def test_a_new_key_keeps_the_file_as_it_is_in_everything_else(ring):
    ring.chmod(0o640)
    first = ring.read_text().splitlines()

    assert add_key(by=SYSTEM, now=NOW) == "k2"

    lines = ring.read_text().splitlines()
    assert [lines[at] for at in (0, 1, 3)] == [first[at] for at in (0, 1, 3)]
    assert lines[2].endswith("," + first[2].partition("=")[2])
    assert field_ring().newest.made_on == date(2026, 11, 25)
    assert ring.stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(ring.parent)) == ["keys.env"]


@pytest.mark.django_db
def test_the_first_keys_make_the_file_for_its_owner_only(settings, tmp_path, capsys):
    settings.KEYS_FILE = str(tmp_path / "keys.env")

    call_command("keys", "new")

    assert capsys.readouterr().out == "k1 is the newest key now.\ni1 is the newest key now.\n"
    assert (tmp_path / "keys.env").stat().st_mode & 0o777 == 0o600
    assert [field_ring().newest.id, index_ring().newest.id] == ["k1", "i1"]


def test_two_who_add_a_key_at_once_lose_none(ring):
    from samskapa.ground.core.keys.holder import FIELD, change_ring
    from samskapa.ground.core.keys.ring import make_key

    def add():
        for _ in range(10):
            change_ring(FIELD, lambda keys: (make_key("k", keys), *keys))

    threads = [threading.Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [key.id for key in field_ring().keys] == [f"k{number}" for number in range(31, -1, -1)]


SECRET = "c2VjcmV0"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"K1:{SECRET}", "number 1 has no id"),
        ("k1:c2Vj", "k1 has 3 bytes, not 32"),
        (f"k1:{SECRET}!", "k1 is not id:base64:date"),
        (f"k1:{'A' * 43}=:when", "k1 is not id:base64:date"),
        (f"k1:{'A' * 43}=,k1:{'B' * 43}=", "the same id"),
    ],
)
def test_a_broken_ring_is_told_without_its_secrets(text, said):
    with pytest.raises(RingIsBroken, match=said) as refusal:
        read_keys(text)
    assert SECRET not in str(refusal.value)


def test_keys_of_the_wrong_ring_are_refused(settings, ring):
    ring.write_text(f"SAMSKAPA_FIELD_KEYS=i1:{'A' * 43}=\n")
    with pytest.raises(RingIsBroken, match="key i1 is not one of k1"):
        field_ring()
