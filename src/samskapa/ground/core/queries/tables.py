"""Every table of ours, row by row, in a form that is the same on SQLite and on PostgreSQL: for the backup."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Context, Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Field, Model
from django.db.models.expressions import Col
from django.utils.module_loading import import_string

#: Rows fetched at once: what a backup holds in memory.
PAGE = 1000
#: What `migrate` itself fills: a database that has nothing else is empty.
MADE_BY_MIGRATE = {"contenttypes.contenttype", "auth.permission"}


@dataclass(frozen=True)
class Table:
    """A table and its columns; what a column holds is told by its kind, Django's own name of it."""

    model: type[Model]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return tuple(each for each in self.model._meta.local_concrete_fields if not each.generated)

    @property
    def columns(self) -> list[str]:
        return [str(each.column) for each in self.fields]

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        return tuple(kind_of(each) for each in self.fields)

    @property
    def is_made_by_migrate(self) -> bool:
        return self.model._meta.label_lower in MADE_BY_MIGRATE

    def quoted(self) -> str:
        return connection.ops.quote_name(self.name)

    def quoted_columns(self) -> str:
        return ", ".join(connection.ops.quote_name(column) for column in self.columns)


def all_tables() -> list[Table]:
    """The tables of every installed model, those between two models too, in the order of their names."""
    models = apps.get_models(include_auto_created=True)
    ours = {each._meta.db_table: each for each in models if each._meta.managed and not each._meta.proxy}
    return [Table(ours[name]) for name in sorted(ours)]


def carried_tables() -> list[Table]:
    """Those that go into a backup: all but those that the slot `not_carried` names."""
    left_out = [import_string(path) for path in settings.SLOTS.get("not_carried", [])]
    return [table for table in all_tables() if table.model not in left_out]


def kind_of(column: Field) -> str:
    """What a column holds: "DateTimeField", "JSONField", ...; of a reference, what it refers by."""
    while column.remote_field is not None and hasattr(column, "target_field"):
        column = column.target_field
    return column.get_internal_type()


# --- one moment -----------------------------------------------------------------------------------


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read within is as it was at one moment, whatever others write; nothing can be written within."""
    if connection.in_atomic_block:
        raise RuntimeError("a snapshot is a transaction of its own")
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            # Before the first read: a table that a restore empties meanwhile would look empty, whatever we began with.
            names = ", ".join(table.quoted() for table in all_tables())
            cursor.execute(f"LOCK TABLE {names} IN ACCESS SHARE MODE")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # not atomic(): that takes the write lock, and everybody would wait
        try:
            cursor.execute("SELECT count(*) FROM django_migrations").fetchall()  # with the first read it begins
            yield
        finally:
            cursor.execute("ROLLBACK")


# --- rows -----------------------------------------------------------------------------------------


def read_rows(table: Table) -> Iterator[list[Any]]:
    """The rows in the order of the primary key, each value as JSON can hold it; what is encrypted stays so."""
    readers = [_reader(*each) for each in zip(table.fields, table.kinds, strict=True)]
    order = ", ".join(_in_order(each) for each in table.model._meta.pk_fields)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {table.quoted_columns()} FROM {table.quoted()} ORDER BY {order}")  # noqa: S608
        while page := cursor.fetchmany(PAGE):
            for row in page:
                yield [
                    value if value is None or read is None else read(value)
                    for read, value in zip(readers, row, strict=True)
                ]


def is_without_rows(table: Table) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table.quoted()} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is None


def last_number(table: Table) -> int | None:
    """The highest number that the table has ever given a row, which is not given again; None where it gives none."""
    auto = table.model._meta.auto_field
    if auto is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max({connection.ops.quote_name(str(auto.column))}) FROM {table.quoted()}")  # noqa: S608
        highest = cursor.fetchone()[0] or 0
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
            given = (cursor.fetchone() or [0])[0]
        else:
            cursor.execute(f"SELECT last_value, is_called FROM {sequence_of(table)}")  # noqa: S608
            value, is_called = cursor.fetchone()
            given = value if is_called else value - 1
    return max(highest, given)


def sequence_of(table: Table) -> str:
    """PostgreSQL's name of what gives the table's rows their numbers, quoted."""
    auto = table.model._meta.auto_field
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table.quoted(), auto.column if auto else ""])
        return cursor.fetchone()[0]


def line_of(values: list[Any]) -> bytes:
    """A row as a line of JSON."""
    return _LINES.encode(values).encode() + b"\n"


@dataclass
class Tally:
    """The number of rows and their digest: the same for the same rows on both databases.

    PostgreSQL orders the names within a JSON value anew and writes 1e20 as a whole number; here both are told the same.
    """

    kinds: tuple[str, ...]
    rows: int = 0
    _digest: Any = field(default_factory=hashlib.sha256)

    def __post_init__(self) -> None:
        self._json = [at for at, kind in enumerate(self.kinds) if kind == "JSONField"]

    def add(self, values: list[Any]) -> bytes:
        """Count one row more; returns it as a line, as it is."""
        line = told = line_of(values)
        if self._json:
            same = list(values)
            for at in self._json:
                if same[at] is not None:
                    same[at] = same_json(same[at])
            told = line_of(same)
        self.rows += 1
        self._digest.update(told)
        return line

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()


def tally_of(table: Table) -> Tally:
    """Of the rows that the table has now."""
    tally = Tally(table.kinds)
    for values in read_rows(table):
        tally.add(values)
    return tally


def same_json(text: str) -> str:
    """One text for every way to write the same JSON value. A number is a text of its own kind, of exact digits."""
    value = json.loads(text, parse_int=_number, parse_float=_number)
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


# --- within ---------------------------------------------------------------------------------------

_LINES = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_EXACT = Context(prec=5000)


def _number(digits: str) -> str:
    number = Decimal(digits).normalize(_EXACT)
    return f"\0{number if number else 0}"  # no text in PostgreSQL's JSON has this character


def _in_order(column: Field) -> str:
    """Texts by their bytes: how a language sorts them, two databases do not agree on."""
    name = connection.ops.quote_name(str(column.column))
    return f'{name} COLLATE "C"' if connection.vendor == "postgresql" and kind_of(column) in _TEXTS else name


def _moment(value: datetime) -> str:
    # SQLite's have no zone: Django keeps them in UTC.
    value = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return value.isoformat(timespec="microseconds")


def _microseconds(value: timedelta | int) -> int:
    return value if isinstance(value, int) else value // timedelta(microseconds=1)


def _bytes(value: Any) -> str:
    return b64encode(bytes(value)).decode()


def _uuid(value: Any) -> str:
    return str(value if isinstance(value, UUID) else UUID(value))


_TEXTS = {"CharField", "TextField", "SlugField", "FileField", "FilePathField", "GenericIPAddressField"}
_NUMBERS = {
    "AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField", "SmallIntegerField",
    "PositiveIntegerField", "PositiveBigIntegerField", "PositiveSmallIntegerField",
}  # fmt: skip
#: Kind -> how its values are written; None: as they are.
_READERS: dict[str, Callable[[Any], Any] | None] = {
    **dict.fromkeys(_TEXTS | _NUMBERS | {"FloatField", "JSONField"}),
    "BooleanField": bool,
    "DateTimeField": _moment,
    "DateField": str,
    "TimeField": str,
    "DurationField": _microseconds,
    "DecimalField": str,
    "UUIDField": _uuid,
    "BinaryField": _bytes,
}


def _reader(column: Field, kind: str) -> Callable[[Any], Any] | None:
    """Raises KeyError for a kind that nobody has thought of yet: better no backup than a wrong one."""
    if kind == "DecimalField":  # SQLite keeps a float, which the backend rounds to the column's places
        col = Col(column.model._meta.db_table, column)
        converters: list[Any] = connection.ops.get_db_converters(col)
        return lambda value: str(_through(converters, value, col))
    return _READERS[kind]


def _through(converters: list[Any], value: Any, col: Col) -> Any:
    for convert in converters:
        value = convert(value, col, connection)
    return value
