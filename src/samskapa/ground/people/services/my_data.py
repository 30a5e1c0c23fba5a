"""What happens to an account when somebody has died, or is forgotten. The other apps' data: edge/my_data."""

from __future__ import annotations

from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain.my_data import DEATH_TAKEN_BACK, GoneAlready, TooLate
from ..models import EidLink, Person, ProtectedDetails, Session
from .locking import lock_person


@transaction.atomic
def close_account(person_id: int, *, died: bool, by: Actor, now: datetime) -> None:
    """Log out everywhere. Nobody comes in any more: the row itself says so (`is_active`)."""
    ended = Session.objects.filter(person_id=person_id).delete()[0]
    if ended:
        record("people.other_sessions_ended", by=by, at=now, on=Person(pk=person_id), count=ended)


@transaction.atomic
def remove_ways_in(person_id: int, *, by: Actor, now: datetime) -> bool:
    """Take away every way in, in silence: nobody is there to be told. Returns whether there was one."""
    person = lock_person(person_id)
    found = [
        model.objects.filter(**{owner: person}).delete()[0]
        for model, owner in ((Authenticator, "user"), (EidLink, "person"), (EmailAddress, "user"), (Session, "person"))
    ]
    if person.has_usable_password():
        person.set_unusable_password()
        person.save(update_fields=["password"])
        found.append(1)
    if any(found):
        record("people.ways_in_removed", by=by, at=now, on=person)
    return any(found)


@transaction.atomic
def blank_account(person_id: int, *, by: Actor, now: datetime) -> None:
    """Blank every detail. The row stays, so that what others have keeps its sums and its order; it is `Removed person`
    on every page from now on (models.display_name). Twice is once."""
    person = lock_person(person_id)
    if person.forgotten_at:
        return
    remove_ways_in(person_id, by=by, now=now)
    person.set_unusable_password()
    person.name = person.phone = person.sort_key = ""
    person.email, person.language, person.last_login, person.is_active = None, "sv", None, False
    person.forgotten_at, person.protected_tag = now, None
    ProtectedDetails.objects.filter(person=person).delete()
    person.save(
        update_fields=[
            "name", "phone", "sort_key", "email", "language", "last_login", "is_active", "forgotten_at", "password",
            "protected_tag",
        ]
    )  # fmt: skip
    record("people.forgotten", by=by, at=now, on=person)


@transaction.atomic
def mark_as_died(person: Person, *, on: date, by: Actor, now: datetime) -> bool:
    """Write down the day of death. From the same moment no mail leaves and nobody comes in. Returns whether it is news;
    a second time only the day is put right. Raises GoneAlready where the person is forgotten."""
    person = lock_person(person.pk)
    if person.forgotten_at:
        raise GoneAlready
    is_news = person.died_on is None
    if not is_news and person.died_on == on:
        return False
    person.died_on, person.death_noted_at, person.is_active = on, person.death_noted_at or now, False
    person.save(update_fields=["died_on", "death_noted_at", "is_active"])
    record("people.died", by=by, at=now, on=person, died_on=on)
    return is_news


@transaction.atomic
def take_back_death(person: Person, *, by: Actor, now: datetime) -> None:
    """It was a mistake: the person comes in again and gets mail again. What was ended (roles, applications, agreements)
    stays ended. Raises GoneAlready where nothing is left to take back to, TooLate where DEATH_TAKEN_BACK has passed;
    for whoever runs the service (the command) it never does."""
    person = lock_person(person.pk)
    if person.forgotten_at or person.death_noted_at is None:
        raise GoneAlready
    if by.role != "system" and now - person.death_noted_at > DEATH_TAKEN_BACK:
        raise TooLate
    person.died_on = person.death_noted_at = None
    person.is_active = True
    person.save(update_fields=["died_on", "death_noted_at", "is_active"])
    record("people.death_taken_back", by=by, at=now, on=person)
