"""Register, begin and end help, pass on what had no address, and let somebody take over their account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.keys.fields import closed_each
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.core.services import queue_mail, record, store_many
from samskapa.ground.people.domain import AddressTaken, HasAddress, normal_address
from samskapa.ground.people.models import Person, display_name
from samskapa.ground.people.queries import account_at
from samskapa.ground.people.services import change_profile, create_people, create_person, give_address, lock_person

from .access import take_over_token
from .domain import LASTS, Asked, Done, HelpsAlready, How, is_over
from .models import Help, PassedOn, Registered
from .queries import entries_of


@transaction.atomic
def register(
    *,
    name: str,
    phone: str,
    postal_address: str,
    language: str,
    consent_by: Asked | str,
    consent_on: date,
    by: Actor,
    now: datetime,
) -> Registered:
    """Make an account for somebody without e-mail, at the coordinator's node. How and when they said yes is kept."""
    person = create_person(email=None, name=name, phone=phone, language=language, by=by, now=now)
    row = Registered.objects.create(
        person=person,
        node_id=by.node_id or 0,
        postal_address=postal_address.strip(),
        consent_by=Asked(consent_by).value,
        consent_on=consent_on,
        registered_by_id=by.person_id or 0,
        registered_at=now,
    )
    record("helping.registered", by=by, at=now, on=person, consent_by=row.consent_by, consent_on=consent_on.isoformat())
    return row


@transaction.atomic
def register_all(
    people: Sequence[tuple[str, str | None, str, str]],
    *,
    consent_by: Asked | str,
    consent_on: date,
    by: Actor,
    now: datetime,
) -> list[Person]:
    """The same for many at once: name, address for mail (None: none), phone and postal address of each, in the order
    given. The caller has seen that no account has any of the addresses (`people.services.create_people`)."""
    made = create_people([each[:3] for each in people], by=by, now=now)
    uids = [uuid4() for _person in made]
    addresses = closed_each(Registered, "postal_address", zip(uids, (each[3].strip() for each in people), strict=True))
    asked, node_id, by_id = Asked(consent_by).value, by.node_id or 0, by.person_id or 0
    store_many(
        Registered,
        ("person_id", "uid", "node_id", "postal_address", "consent_by", "consent_on", "registered_by_id",
         "registered_at"),
        (
            (person.pk, uid, node_id, address, asked, consent_on, by_id, now)
            for person, uid, address in zip(made, uids, addresses, strict=True)
        ),
    )  # fmt: skip
    return made


@transaction.atomic
def change_contact(row: Registered, *, phone: str, postal_address: str, by: Actor, now: datetime) -> Registered:
    """How to reach the person from now on, by phone and by letter."""
    row = Registered.objects.select_for_update(of=("self",)).select_related("person").get(pk=row.pk)
    change_profile(row.person, name=row.person.name, phone=phone, language=row.person.language, by=by, now=now)
    if row.postal_address != postal_address.strip():
        row.postal_address = postal_address.strip()
        row.save(update_fields=["postal_address"])
        record("helping.postal_address_changed", by=by, at=now, on=row.person)
    return row


@transaction.atomic
def begin_help(person: Person, *, asked_by: Asked | str, purpose: str, by: Actor, now: datetime) -> Help:
    """Begin to act for the person, for an hour at most. One that was left running elsewhere ends.

    Raises HelpsAlready where `by` acts for somebody just now, or begins twice at once.
    """
    if by.for_person_id:
        raise HelpsAlready
    for left in Help.objects.filter(helper_id=by.person_id, ended_at=None):
        end_help(left, how=How.NEXT, by=by, now=now)
    try:
        with transaction.atomic():
            begun = Help.objects.create(
                helper_id=by.person_id or 0,
                person=person,
                node_id=by.node_id or 0,
                asked_by=Asked(asked_by).value,
                purpose=purpose.strip(),
                began_at=now,
                ends_at=now + LASTS,
            )
    except IntegrityError:  # a double click: the other one was first
        raise HelpsAlready from None
    record("helping.begun", by=by, at=now, on=person, help_id=begun.pk, asked_by=begun.asked_by)
    return begun


@transaction.atomic
def end_help(running: Help, *, how: How, by: Actor, now: datetime) -> Help:
    """End it, count what was done, and tell the person who has an address; the others get a letter. Twice is once."""
    running = Help.objects.select_for_update().get(pk=running.pk)
    if running.ended_at is not None:
        return running
    running.ended_at, running.ended_how = min(max(now, running.began_at), running.ends_at), how.value
    running.deeds = entries_of(running).count()
    running.save(update_fields=["ended_at", "ended_how", "deeds"])
    record("helping.ended", by=by, at=now, on=running.person, help_id=running.pk, how=how.value, deeds=running.deeds)
    if running.deeds and (running.person.email or running.person.protected_tag):
        queue_mail(
            "helping/done",
            to=running.person_id,
            key=f"helping.done:{running.pk}",
            now=now,
            helper=display_name(running.helper),
            began_at=running.began_at.isoformat(),
            path=reverse("helping:letter", args=[running.pk]),
        )
    return running


def end_due_help(*, now: datetime) -> int:
    """End every session whose time has run out; returns how many."""
    due = list(Help.objects.filter(ended_at=None, ends_at__lte=now).order_by("pk"))
    for running in due:
        end_help(running, how=How.TIME, by=SYSTEM, now=now)
    return len(due)


def is_running(running: Help, now: datetime) -> bool:
    """Whether one still helps."""
    return not is_over(running.ends_at, running.ended_at, now)


@transaction.atomic
def end_help_of(person_id: int, *, died: bool, by: Actor, now: datetime) -> None:
    """Nobody acts for the person any more, nor the person for others."""
    for running in Help.objects.filter(Q(person_id=person_id) | Q(helper_id=person_id), ended_at=None).order_by("pk"):
        end_help(running, how=How.ROLE, by=by, now=now)


@transaction.atomic
def blank_help_of(person_id: int, *, by: Actor, now: datetime) -> None:
    """Blank where the person lives, and with what they were helped. Who helped, and when, stays."""
    for row in Registered.objects.select_for_update().filter(person_id=person_id):
        row.postal_address = ""
        row.save(update_fields=["postal_address"])
    for done in Help.objects.select_for_update().filter(person_id=person_id).order_by("pk"):
        done.purpose = ""
        done.save(update_fields=["purpose"])
    record("helping.blanked", by=by, at=now, on=Person(pk=person_id))


@transaction.atomic
def note_posted(done: Help, *, by: Actor, now: datetime) -> Help:
    """The letter is in the post. Twice is once."""
    done = Help.objects.select_for_update().get(pk=done.pk)
    if done.posted_at is None and done.ended_at is not None:
        done.posted_at, done.posted_by_id = now, by.person_id
        done.save(update_fields=["posted_at", "posted_by"])
        record("helping.letter_posted", by=by, at=now, on=done.person, help_id=done.pk)
    return done


@transaction.atomic
def pass_on(mail: OutboxMail, *, how: Done | str, by: Actor, now: datetime) -> PassedOn:
    """What the mail says has been posted or told by phone. Twice is once."""
    passed, is_new = PassedOn.objects.get_or_create(
        mail=mail, defaults={"how": Done(how).value, "at": now, "by_id": by.person_id or 0}
    )
    if is_new:
        record("helping.mail_passed_on", by=by, at=now, on=mail, person_id=mail.recipient_id, how=passed.how)
    return passed


@transaction.atomic
def invite_to_take_over(person: Person, email: str, *, by: Actor, now: datetime) -> None:
    """Mail a link by which the person gets into the account themselves. Raises HasAddress, AddressTaken."""
    person = lock_person(person.pk)
    if person.email or person.protected_tag:
        raise HasAddress
    address = normal_address(email)
    if account_at(address):
        raise AddressTaken
    queue_mail(
        "helping/take_over",
        to=address,
        key=f"helping.take_over:{person.pk}:{now.isoformat()}",
        now=now,
        secret=True,
        language=person.language,
        path=reverse("helping:take_over", args=[take_over_token(person, address)]),
    )
    record("helping.invited_to_take_over", by=by, at=now, on=person)


@transaction.atomic
def take_over(person: Person, email: str, *, by: Actor, now: datetime) -> Person:
    """The person reads mail at `email` and gets into their own account from now on. Raises HasAddress, AddressTaken."""
    person = give_address(person, email, by=by, now=now)
    record("helping.taken_over", by=by, at=now, on=person)
    return person
