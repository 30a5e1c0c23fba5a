"""What happens to letters when an account ends, and when their time is out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..models import Addressee


@transaction.atomic
def end_letters(person_id: int, *, died: bool, by: Actor, now: datetime) -> None:
    """To whom letters went says something of them: the rows go when somebody is forgotten. Of somebody who has died
    they stay until the account is blanked; nothing is written to a closed account."""
    if not died:
        blank_letters(person_id, by=by, now=now)


@transaction.atomic
def blank_letters(person_id: int, *, by: Actor, now: datetime) -> None:
    """The same, for whoever had not asked before."""
    found = Addressee.objects.filter(member__person=person_id)
    if number := found.count():
        found.delete()
        record("circulars.forgotten", by=by, at=now, person=person_id, number=number)


@transaction.atomic
def remove_old_addressee(addressee_id: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """That somebody got a letter which was sent at or before `limit` goes; the letter stays. Returns whether it was."""
    row = (
        Addressee.objects.select_for_update(of=("self",)).filter(pk=addressee_id, circular__sent_at__lte=limit).first()
    )
    if row is None:
        return False
    row.delete()
    return True
