"""Queues news as requests do: `python -m tests.soak.digest_writer FIRST`; prints each confirmed number.

Ten pieces of news for each person, each in a transaction of its own: some are in time for the person's digest of the
day, the others wait for the next. Asked again after a kill it begins with a number that may be there already.
"""

from __future__ import annotations

import itertools
import sys
from time import sleep

import django

django.setup()

from django.db import OperationalError, connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from samskapa.ground.core.services import queue_mail  # noqa: E402
from samskapa.ground.people.models import Person  # noqa: E402

EACH = 10


def write(number: int) -> None:
    now = timezone.now()
    with transaction.atomic():
        person_id = 100 + number // EACH
        Person.objects.get_or_create(pk=person_id, defaults={"email": f"{person_id}@example.org"})
        queue_mail("soak/note", to=person_id, key=f"news-{number}", now=now, number=number)


def main(first: int) -> None:
    for number in itertools.count(first):
        try:
            write(number)
        except OperationalError:
            connection.close()
            write(number)
        print(number, flush=True)
        sleep(0.02)


if __name__ == "__main__":
    main(int(sys.argv[1]))
