"""Append-only tables refuse the flush after a test that commits, so their triggers are lifted for that
moment."""

import pytest
from django.apps import apps
from django.db import connection
from django.test import TransactionTestCase

from samskapa.ground.core.models import AppendOnly, append_only_sql


@pytest.fixture(autouse=True, scope="module")
def _append_only_tables_can_be_flushed():
    teardown = TransactionTestCase._fixture_teardown

    def lifted(self):
        _run(1)
        try:
            teardown(self)
        finally:
            _run(1)
            _run(0)

    TransactionTestCase._fixture_teardown = lifted
    yield
    TransactionTestCase._fixture_teardown = teardown


def _run(which: int) -> None:
    """Lift the triggers (1) or put them back (0). Both may be done twice."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if issubclass(model, AppendOnly):
                for statement in append_only_sql(model._meta.db_table, connection.vendor)[which]:
                    cursor.execute(statement)
