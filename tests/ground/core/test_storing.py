"""Many rows at once are the rows that one by one would be, and are refused by the same constraints."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from samskapa.ground.core.domain import OutsideTransaction
from samskapa.ground.core.keys.fields import closed_each, opened_each
from samskapa.ground.core.models import AuditSubject
from samskapa.ground.core.services import store_many
from tests.ground.core.assorted.models import Assorted
from tests.ground.core.secretive.models import Diary

COLUMNS = ("text", "short", "number", "real", "flag", "moment", "day", "token", "facts")
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ROWS = st.tuples(
    TEXTS,
    TEXTS,
    st.none() | st.integers(-(10**9), 10**9),  # its double is a column too
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.none() | st.booleans(),
    st.none() | MOMENTS,
    st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.none() | st.uuids(),
    st.dictionaries(TEXTS, st.integers(0, 9), max_size=2),
)


class Word(StrEnum):
    ONE = "one"


class TestSame(TestCase):
    @given(st.lists(ROWS, max_size=6))
    def test_they_are_the_rows_that_objects_would_make(self, rows):
        Assorted.objects.bulk_create(Assorted(**dict(zip(COLUMNS, row, strict=True))) for row in rows)
        expected = list(Assorted.objects.order_by("pk").values_list(*COLUMNS, "doubled"))
        Assorted.objects.all().delete()
        store_many(Assorted, COLUMNS, rows)
        assert list(Assorted.objects.order_by("pk").values_list(*COLUMNS, "doubled")) == expected


@pytest.mark.django_db
def test_what_is_not_named_is_empty_and_a_fixed_word_is_its_value():
    store_many(Assorted, ("text", "short"), [("a", Word.ONE)] * 2100)
    assert set(Assorted.objects.values_list("text", "short", "number", "moment")) == {("a", "one", None, None)}
    assert Assorted.objects.count() == 2100
    assert Assorted.objects.create(text="b").pk > 2100


@pytest.mark.django_db
def test_what_is_encrypted_opens_in_its_own_row():
    uids = [uuid4() for _ in range(3)]
    texts = list(closed_each(Diary, "text", [(uid, f"Text {uid}") for uid in uids]))
    facts = list(closed_each(Diary, "facts", [(uid, {"n": 1}) for uid in uids]))
    store_many(Diary, ("uid", "text", "facts", "writer"), zip(uids, texts, facts, ["", "", ""], strict=True))
    assert {(row.uid, row.text, row.facts["n"]) for row in Diary.objects.all()} == {(u, f"Text {u}", 1) for u in uids}
    closed = Diary.objects.order_by("pk").values_list("uid", "text")
    assert list(opened_each(Diary, "text", closed)) == [f"Text {uid}" for uid in uids]
    with pytest.raises(TypeError):
        list(opened_each(Diary, "writer", closed))
    assert isinstance(Diary.objects.first().uid, UUID)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_and_against_a_constraint_nothing_is_stored():
    assert not connection.in_atomic_block
    with pytest.raises(OutsideTransaction):
        store_many(Assorted, ("text", "short"), [("a", "b")])
    uid = uuid4()
    (text,), (facts,) = (list(closed_each(Diary, name, [(uid, "")])) for name in ("text", "facts"))
    with pytest.raises(IntegrityError), transaction.atomic():
        store_many(Diary, ("uid", "text", "facts", "writer"), [(uid, text, facts, "")] * 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        store_many(AuditSubject, ("entry_id", "person_id"), [(10**9, 1)])
    assert not Diary.objects.exists()
    assert not Assorted.objects.exists()
    assert not AuditSubject.objects.exists()
