"""Empties every table and fills it again from a backup: within the caller's transaction, past what forbids change."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection

from ..queries.tables import Table, sequence_of

#: Rows handed to SQLite at once.
BATCH = 500


def empty(tables: Iterable[Table]) -> None:
    """Take all rows out of `tables`, append-only ones too; afterwards the database refuses that again."""
    with _triggers_lifted() as run:
        if connection.vendor == "postgresql":
            run(f"TRUNCATE {', '.join(table.quoted() for table in tables)}")
            return
        run("PRAGMA defer_foreign_keys = ON")  # until this transaction ends
        for table in tables:
            run(f"DELETE FROM {table.quoted()}")  # noqa: S608


def fill(table: Table, rows: Iterator[list[Any]]) -> None:
    """Put `rows` in, as `queries.tables.read_rows` gives them. What is encrypted goes in as it is."""
    writers = [_WRITERS[connection.vendor].get(kind) for kind in table.kinds]
    ready = (
        [value if value is None or write is None else write(value) for write, value in zip(writers, row, strict=True)]
        for row in rows
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = f"COPY {table.quoted()} ({table.quoted_columns()}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in ready:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(writers))
        statement = f"INSERT INTO {table.quoted()} ({table.quoted_columns()}) VALUES ({places})"  # noqa: S608
        while batch := list(islice(ready, BATCH)):
            cursor.executemany(statement, batch)


def go_on_from(table: Table, number: int) -> None:
    """Let the next row of `table` have a higher number than `number`."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Not setval(): that stays when the transaction is rolled back.
            cursor.execute(f"ALTER SEQUENCE {sequence_of(table)} RESTART WITH {number + 1}")
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, number])


@contextmanager
def _triggers_lifted() -> Iterator[Callable[[str], Any]]:
    """A way to run statements that no trigger refuses. Both databases bring the triggers back with a rollback, too."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = [(connection.ops.quote_name(name), sql) for name, sql in cursor.fetchall()]
            before, after = [f"DROP TRIGGER {name}" for name, _ in found], [sql for _, sql in found]
        else:
            cursor.execute(
                "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
            )
            tables = [name for (name,) in cursor.fetchall()]
            before = [f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in tables]
            after = [f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in tables]
        for statement in before:
            cursor.execute(statement)
        yield cursor.execute
        for statement in after:
            cursor.execute(statement, None)  # None: a % in it is a %


# --- values ---------------------------------------------------------------------------------------


def _naive(text: str) -> str:
    """As Django has SQLite keep it: in UTC, without saying so."""
    return str(datetime.fromisoformat(text).replace(tzinfo=None))


#: Kind -> how a value of the backup is written; what is not named, as it is.
_WRITERS: dict[str, dict[str, Callable[[Any], Any]]] = {
    "sqlite": {
        "DateTimeField": _naive,
        "UUIDField": lambda text: UUID(text).hex,
        "BinaryField": b64decode,
    },
    "postgresql": {
        "DurationField": lambda microseconds: f"{microseconds} microseconds",
        "BinaryField": lambda text: f"\\x{b64decode(text).hex()}",
    },
}
