"""Jobs, and somebody to write to, for the tests of the core. Named by dotted path, as config/ does."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import SYSTEM, Recipient
from samskapa.ground.core.services import every, job, record

HERE = "tests.ground.core.listeners"

#: Person id -> recipient; anybody else has no address.
PEOPLE = {
    1: Recipient(address="asa@example.org", name="Åsa Öberg", language="sv"),
    2: Recipient(address="bo@example.org", name='Bo "Bosse", Ek\r\nBcc: all@example.org', language="en"),
    3: Recipient(address="", name="Without", language="sv"),
}


def mail_recipient(person_id: int) -> Recipient | None:
    return PEOPLE.get(person_id)


@job()
def note(*, number: int, now: datetime) -> None:
    with transaction.atomic():
        record("tests.noted", by=SYSTEM, at=now, number=number)


@job()
def note_too(*, number: int, now: datetime) -> None:
    with transaction.atomic():
        record("tests.noted_too", by=SYSTEM, at=now, number=number)


@job(max_attempts=3)
def stumble(*, number: int, now: datetime) -> None:
    with transaction.atomic():
        record("tests.stumbled", by=SYSTEM, at=now, number=number)
        raise ValueError(f"number {number}\nand a secret second line")


@every(seconds=60, name="tests.minute")
@job()
def each_minute(*, now: datetime) -> None:
    with transaction.atomic():
        record("tests.minute", by=SYSTEM, at=now)


def gets_mail(address: str) -> bool:
    """The slot "mail_to_address": everybody does."""
    return True
