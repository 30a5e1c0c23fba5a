"""Writes as a web server's requests do: `python -m tests.soak.writer FIRST`; prints each confirmed number.

Asked again after a kill, it begins with a number that may have been written already, as a person who
presses the button again: that must do nothing twice.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from time import sleep

import django

django.setup()

from django.db import OperationalError, connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from samskapa.ground.core.domain import Actor  # noqa: E402
from samskapa.ground.core.models import Event  # noqa: E402
from samskapa.ground.core.services import publish, queue_mail, record  # noqa: E402


def write(number: int) -> None:
    now = timezone.now()
    with transaction.atomic():
        told_before = Event.objects.filter(name="soak.written", key=str(number)).exists()
        if not told_before:
            record("soak.written", by=Actor(person_id=1), at=now, number=number)
        publish("soak.written", now=now, key=str(number), number=number)
        queue_mail("soak/note", to=1, key=f"written-{number}", now=now, number=number)


def keep_writing(write: Callable[[int], None], first: int, pause: float) -> None:
    """Write `first`, the next and so on, and print each when it is confirmed. Who is told that the database is busy
    tries again: nothing was written."""
    for number in itertools.count(first):
        while True:
            try:
                write(number)
                break
            except OperationalError:
                connection.close()
        print(number, flush=True)
        sleep(pause)


if __name__ == "__main__":
    keep_writing(write, int(sys.argv[1]), pause=0.05)
