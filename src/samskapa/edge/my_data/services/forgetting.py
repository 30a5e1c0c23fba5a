"""Being forgotten: every kind of data in the table is ended and blanked, in one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samskapa.ground.core import services as core
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.documents.services import forget_sender
from samskapa.ground.people.domain.my_data import GOES_ON, NotGiven, StillOpen
from samskapa.ground.people.models import Person
from samskapa.ground.people.services import lock_person

from ..models import RetentionNotice
from ..queries import call, kind_called, kinds, last_of_all, matters_of


@transaction.atomic
def forget_person(person: Person, *, by: Actor, now: datetime) -> None:
    """Blank every detail of the person that is not kept by law; rows and sums stay. All or nothing; twice is once.

    What goes on is ended for them, and those on the other side are told. Raises StillOpen with what they must settle
    themselves first.
    """
    person = lock_person(person.pk)
    if person.forgotten_at:
        return
    blocking = [matter for matter in matters_of(person.pk) if matter.blocks]
    if blocking:
        raise StillOpen(blocking)
    record("my_data.forgetting", by=by, at=now, on=person)
    end_everything(person.pk, died=False, by=by, now=now)
    for kind in kinds():
        if kind.keep:
            call(kind.keep, person.pk, by=by, now=now)
    # The account is the table's first row and the last to go: the others are found by its address.
    for kind in reversed(kinds()):
        if kind.blank:
            call(kind.blank, person.pk, by=by, now=now)
    RetentionNotice.objects.filter(person=person).delete()


def end_everything(person_id: int, *, died: bool, by: Actor, now: datetime) -> None:
    """End what goes on, kind by kind. The caller's transaction."""
    for kind in kinds():
        if kind.end:
            call(kind.end, person_id, died=died, by=by, now=now)


@transaction.atomic
def take_back_consent(kind_key: str, person: Person, *, key: str, thing_id: int, by: Actor, now: datetime) -> None:
    """Take back one yes. Raises NotGiven."""
    kind = kind_called(kind_key)
    if kind is None or not kind.take_back:
        raise NotGiven
    call(kind.take_back, person.pk, key=key, thing_id=thing_id, by=by, now=now)


# --- rows of the table that belong to no app of their own -----------------------------------------


@transaction.atomic
def blank_old_account(person_id: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """Forget somebody in whose account nothing has happened since `limit`. Returns whether it was so; not, either,
    where somebody else must first take over from them."""
    person = lock_person(person_id)
    last = last_of_all([person_id])[person_id]
    if person.forgotten_at or last is GOES_ON or last > limit:
        return False
    try:
        forget_person(person, by=by, now=now)
    except StillOpen:
        return False
    return True


@transaction.atomic
def stop_mail_of(person_id: int, *, died: bool, by: Actor, now: datetime) -> None:
    """Nothing that waits is sent any more."""
    core.stop_mail(person_id, _address(person_id), by=by, now=now)


@transaction.atomic
def blank_mail_of(person_id: int, *, by: Actor, now: datetime) -> None:
    """Blank what every mail to the person said."""
    core.blank_mail_to(person_id, _address(person_id), by=by, now=now)


def blank_files_of(person_id: int, *, by: Actor, now: datetime) -> None:
    """Take the person's name from the files they have sent, and remove those that were handed in with nothing."""
    forget_sender(person_id, by=by, now=now)


@transaction.atomic
def blank_old_mail(mail_id: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """Blank one old mail. Returns whether it was so."""
    return core.blank_old_mail(mail_id, limit=limit, by=by, now=now)


def _address(person_id: int) -> str:
    return Person.objects.filter(pk=person_id).values_list("email", flat=True).first() or ""
