"""Between transactional tests the append-only tables are emptied, as in the core's own tests."""

from tests.ground.core.conftest import _flush_may_empty_append_only_tables  # noqa: F401
