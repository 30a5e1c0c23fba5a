"""Append-only tables refuse the flush between transactional tests, so it is lifted for just that moment."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import TransactionTestCase

from samskapa.ground.core.models import AppendOnly, append_only_sql


@contextmanager
def append_only_lifted():
    """Let every append-only table be emptied, and make it refuse again afterwards."""
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)]

    def run(which: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for table in tables:
                for statement in append_only_sql(table, connection.vendor)[which]:
                    cursor.execute(statement)

    run(1)
    try:
        yield
    finally:
        run(0)


@pytest.fixture(autouse=True, scope="session")
def _flush_may_empty_append_only_tables():
    teardown = TransactionTestCase._fixture_teardown

    def lifted(self):
        with append_only_lifted():
            teardown(self)

    TransactionTestCase._fixture_teardown = lifted
    yield
    TransactionTestCase._fixture_teardown = teardown
