"""Many narrow rows in one write, where making an object of each would cost more than the database does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import Enum
from itertools import islice
from typing import Any

from django.db import connection, models

from ..domain import OutsideTransaction

#: Rows handed to SQLite at once.
_BATCH = 1000
#: Values of a column that are remembered as the database wants them: ids of who did it, moments, fixed words.
_REMEMBERED = 5000


def store_many(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Store rows of which nobody needs the ids: a value for each of `columns` (names as attributes: "member_id").

    The same rows as `bulk_create` makes, under the same constraints, in the caller's transaction: COPY on PostgreSQL,
    one prepared statement on SQLite. A column that is not named is empty (NULL), and its default is not asked for. What
    is encrypted is handed over closed (`keys.fields.closed_each`). Raises OutsideTransaction, IntegrityError.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"{model._meta.label}: many rows")
    by_name: dict[str, Any] = {field.attname: field for field in model._meta.local_concrete_fields}
    fields = [by_name[column] for column in columns]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    ready = _as_stored(fields, rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in ready:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(fields))
        statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608
        while batch := list(islice(ready, _BATCH)):
            cursor.executemany(statement, batch)


def _as_stored(fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    known: list[dict[Any, Any]] = [{} for _field in fields]
    for row in rows:
        yield [_stored(field, seen, value) for field, seen, value in zip(fields, known, row, strict=True)]


def _stored(field: Any, seen: dict[Any, Any], value: Any) -> Any:
    """The value as the database wants it. Most texts and moments of a column come again and again."""
    if type(value) is int:  # what the database holds is the same
        return value
    if isinstance(value, Enum):
        value = value.value
    if not isinstance(value, str | datetime):
        return field.get_db_prep_save(value, connection)
    try:
        return seen[value]
    except KeyError:
        stored = field.get_db_prep_save(value, connection)
        if len(seen) < _REMEMBERED:
            seen[value] = stored
        return stored
