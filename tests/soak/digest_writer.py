"""Queues news as requests do: `python -m tests.soak.digest_writer FIRST`; prints each confirmed number.

Ten pieces of news for each person, each in a transaction of its own: some are in time for the person's digest of the
day, the others wait for the next. Asked again after a kill it begins with a number that may be there already.
"""

from __future__ import annotations

import sys

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from samskapa.ground.core.services import queue_mail  # noqa: E402
from samskapa.ground.people.models import Person  # noqa: E402
from tests.soak.writer import keep_writing  # noqa: E402

EACH = 10


def write(number: int) -> None:
    now = timezone.now()
    with transaction.atomic():
        person_id = 100 + number // EACH
        Person.objects.get_or_create(pk=person_id, defaults={"email": f"{person_id}@example.org"})
        queue_mail("soak/note", to=person_id, key=f"news-{number}", now=now, number=number)


if __name__ == "__main__":
    keep_writing(write, int(sys.argv[1]), pause=0.02)
