"""The flush between transactional tests may empty append-only tables (as in tests/ground/core/conftest.py)."""

from __future__ import annotations

import pytest
from django.test import TransactionTestCase

from tests.ground.core.conftest import append_only_lifted


@pytest.fixture(autouse=True, scope="session")
def _flush_may_empty_append_only_tables():
    teardown = TransactionTestCase._fixture_teardown
    if teardown.__name__ == "lifted":  # core's tests run in the same session
        yield
        return

    def lifted(self):
        with append_only_lifted():
            teardown(self)

    TransactionTestCase._fixture_teardown = lifted
    yield
    TransactionTestCase._fixture_teardown = teardown
