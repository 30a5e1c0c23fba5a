"""What follows on the soak's news. Every effect is kept from happening twice by the database, not by luck."""

from __future__ import annotations

import os
import signal
from datetime import datetime
from time import sleep

from django.db import transaction

from samskapa.ground.core.domain import Recipient
from samskapa.ground.core.models import Event
from samskapa.ground.core.services import job, queue_mail


def mail_recipient(person_id: int) -> Recipient:
    return Recipient(address=f"person{person_id}@example.org", name=f"Person {person_id}", language="sv")


@job()
def follow(*, number: int, now: datetime) -> None:
    """Leave one mark and one mail per number; slow enough to be killed in the middle."""
    with transaction.atomic():
        mark("soak.followed", number, now)
        queue_mail("soak/note", to=2, key=f"followed-{number}", now=now, number=number)
    sleep(0.02)


@job()
def stumble_once(*, number: int, now: datetime) -> None:
    """Every fifth number fails the first time."""
    if number % 5 == 0 and not Event.objects.filter(name="soak.stumbled", key=str(number)).exists():
        mark("soak.stumbled", number, now)
        raise ConnectionError(f"number {number}")
    mark("soak.got_up", number, now)


def mark(name: str, number: int, now: datetime) -> None:
    """One row per name and number, however often it is asked for."""
    Event.objects.get_or_create(name=name, key=str(number), defaults={"created_at": now, "handled_at": now})


@job()
def kill_the_worker() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@job()
def take_two_seconds() -> None:
    sleep(2)


def gets_mail(address: str) -> bool:
    """The slot "mail_to_address": everybody does."""
    return True
