"""One thing, once, in a process of its own: `python -m tests.soak.once WHAT [ARGUMENTS]`."""

from __future__ import annotations

import os
import signal
import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402

from samskapa.ground.core.services import mail  # noqa: E402
from tests.soak import listeners, writer  # noqa: E402


def write(first: str, count: str) -> None:
    """Write `count` numbers as the writer does."""
    for number in range(int(first), int(first) + int(count)):
        writer.write(number)


def die_before_mark() -> None:
    """Send a letter, and lose the power before it is written down that it was sent."""
    mail._mark = lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL)
    mail.send_one(worker_id="dying", now=timezone.now())


def enqueue_killer() -> None:
    listeners.kill_the_worker.enqueue()


def enqueue_slow() -> None:
    listeners.take_two_seconds.enqueue()


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
