"""Who works here, and the one who must be alone: two locks in files, which the system lifts when their holder dies.

Everybody at work (a request, a step of the worker) holds settings.MAINTENANCE + ".work" together with others. Whoever
puts a backup back first locks the door, settings.MAINTENANCE, and then waits until nobody is at work.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from ..domain import BeingRestored, CannotRestore

#: Seconds that those at work have to finish what they hold.
PATIENCE = 60.0


def is_closed() -> bool:
    """Whether a backup is being put back on this machine."""
    try:
        door = os.open(settings.MAINTENANCE, os.O_RDONLY)
    except OSError:
        return False  # the file is there only while it is closed, or after a kill
    try:
        return not _lock(door, fcntl.LOCK_SH)
    finally:
        os.close(door)


@contextmanager
def at_work() -> Iterator[None]:
    """Nobody puts a backup back meanwhile. Raises BeingRestored where somebody does."""
    if not settings.MAINTENANCE:
        yield
        return
    if is_closed():
        raise BeingRestored
    try:
        work = _open(f"{settings.MAINTENANCE}.work")
    except OSError:
        yield  # without its folder there is no lock; the database's own hold
        return
    try:
        if not _lock(work, fcntl.LOCK_SH):
            raise BeingRestored
        yield
    finally:
        os.close(work)


@contextmanager
def alone(*, patience: float = PATIENCE) -> Iterator[None]:
    """Nobody else is at work on this machine, or begins to be. Raises CannotRestore where that cannot be had."""
    if not settings.MAINTENANCE:
        yield
        return
    try:
        Path(settings.MAINTENANCE).parent.mkdir(parents=True, exist_ok=True)
        door = _open(settings.MAINTENANCE)
    except OSError as problem:
        raise CannotRestore(f"{settings.MAINTENANCE} cannot be locked: {problem.strerror}") from problem
    try:
        # Those who look whether it is locked hold it for a moment.
        if not _lock_in_time(door, 2.0):
            raise CannotRestore("another backup is being put back")
        work = _open(f"{settings.MAINTENANCE}.work")
        try:
            if not _lock_in_time(work, patience):
                raise CannotRestore(f"somebody is still at work after {patience:.0f} s: stop server and worker")
            yield
        finally:
            with suppress(OSError):
                os.unlink(settings.MAINTENANCE)
            os.close(work)
    finally:
        os.close(door)


def _open(path: str) -> int:
    """Another user's process must be able to lock it too, so all may read it; there is nothing in it."""
    file = os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)
    if os.fstat(file).st_uid == os.geteuid():
        os.fchmod(file, 0o644)
    return file


def _lock(file: int, kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_in_time(file: int, seconds: float) -> bool:
    give_up_at = time.monotonic() + seconds
    while not _lock(file, fcntl.LOCK_EX):
        if time.monotonic() > give_up_at:
            return False
        time.sleep(0.02)
    return True
