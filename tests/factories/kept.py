"""Rows kept beside the database's own, to be put back: what is slow to build is built once by each process."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction


@contextlib.contextmanager
def triggers_at_rest() -> Iterator[None]:
    """Inside a transaction: rows can be put in and taken away as no service may."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            yield
            for _, sql in triggers:
                cursor.execute(sql)
        else:
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            # Before the transaction ends: what is checked at commit is checked as always.
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def tables() -> dict[str, list[str]]:
    """Every table that a test may have written in, with its columns, but those that the database fills in itself."""
    models = apps.get_models(include_auto_created=True)
    owned = {model._meta.db_table: model._meta.local_concrete_fields for model in models if model._meta.managed}
    return {table: [f.column for f in fields if not f.generated] for table, fields in owned.items()}


class Kept:
    """All rows as they stand now. `put_back` makes every table so again; numbers that were given since stay given."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "kept.sqlite3"
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("VACUUM INTO %s", [str(self.file)])
            else:
                cursor.execute("CREATE SCHEMA kept")
                for table in tables():
                    cursor.execute(f'CREATE TABLE kept."{table}" AS TABLE public."{table}"')

    def put_back(self) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("ATTACH DATABASE %s AS kept", [str(self.file)])
            with transaction.atomic(), triggers_at_rest():
                for table, columns in tables().items():
                    named = ", ".join(f'"{column}"' for column in columns)
                    cursor.execute(f'DELETE FROM "{table}"')
                    cursor.execute(f'INSERT INTO "{table}" ({named}) SELECT {named} FROM kept."{table}"')
            if connection.vendor == "sqlite":
                cursor.execute("DETACH DATABASE kept")
        ContentType.objects.clear_cache()
