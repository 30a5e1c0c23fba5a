"""Long-lived processes and their database connection."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connection


def let_go() -> None:
    """Give the connection back, so that a broken one is not used again; never inside a transaction."""
    if not connection.in_atomic_block:
        connection.close()


def insist(write: Callable[[], None], *, seconds: float) -> None:
    """Try `write` again while the database is away, for at most `seconds`; then raise what it raised.

    For the one write that must follow an effect outside the database.
    """
    give_up_at = time.monotonic() + seconds
    pause = 0.1
    while True:
        try:
            return write()
        except (DatabaseError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() + pause > give_up_at:
                raise
            let_go()
            time.sleep(pause)
            pause = min(pause * 2, 5.0)
