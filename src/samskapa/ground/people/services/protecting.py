"""A protected identity: the details move into a row that only the named coordinators open, and back again."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import translation

from samskapa.ground.core.domain import Actor, Urgency
from samskapa.ground.core.keys.cipher import blind_index
from samskapa.ground.core.services import queue_mail, readdress_mail, record

from ..domain import (
    TAG_LENGTH,
    TAG_LETTERS,
    AddressTaken,
    AlreadyProtected,
    NobodyNamed,
    NotProtected,
    normal_address,
    swedish_sort_key,
)
from ..models import NamedCoordinator, Person, ProtectedDetails, Session, display_name
from ..queries import ADDRESS_PURPOSE, account_at
from .locking import lock_person


@transaction.atomic
def hide_details(
    person: Person, *, coordinators: Iterable[Person], place: str = "", by: Actor, now: datetime
) -> ProtectedDetails:
    """Move name, e-mail and phone out of the person's row; a neutral name is left. Logs the person out everywhere.

    place: where the person lives or can be met, if it is to be kept. Raises AlreadyProtected, NobodyNamed.
    """
    person = lock_person(person.pk)
    if person.protected_tag:
        raise AlreadyProtected
    email = person.email or ""
    details = ProtectedDetails.objects.create(
        person=person,
        name=person.name,
        email=email,
        phone=person.phone,
        place=place.strip(),
        address_tag=_tag_of(email),
        address_confirmed=EmailAddress.objects.filter(user=person, email__iexact=email, verified=True).exists(),
        since=now,
    )
    EmailAddress.objects.filter(user=person).delete()
    # What allauth notes of a log-in names the address: the places where one is logged in go.
    Session.objects.filter(person=person).delete()
    _become_neutral(person)
    record("people.protected", by=by, at=now, on=person)
    name_coordinators(details, coordinators, by=by, now=now)
    if email:
        readdress_mail(email, to=person.pk, by=by, now=now)
    return details


@transaction.atomic
def show_details_again(person: Person, *, by: Actor, now: datetime) -> Person:
    """Lift the protection: the details stand in the person's row again, and nothing is left of the hidden one.

    Raises NotProtected.
    """
    person = lock_person(person.pk)
    details = ProtectedDetails.objects.filter(person=person).first()
    if details is None:
        raise NotProtected
    name, email, phone, confirmed = details.name, details.email, details.phone, details.address_confirmed
    details.delete()
    person.protected_tag, person.name, person.phone, person.email = None, name, phone, email or None
    person.sort_key = swedish_sort_key(name)
    person.save(update_fields=["protected_tag", "name", "phone", "email", "sort_key"])
    if email:
        EmailAddress.objects.create(user=person, email=email, verified=confirmed, primary=True)
    record("people.protection_lifted", by=by, at=now, on=person)
    return person


@transaction.atomic
def change_hidden_details(
    details: ProtectedDetails, *, name: str, phone: str, place: str, email: str | None = None, by: Actor, now: datetime
) -> ProtectedDetails:
    """Store the true details. The trail says which changed, never what stands in them.

    email: a new address, which the coordinator has made sure of; the person is told there. None: as it was.
    Raises NotProtected, AddressTaken.
    """
    details = _locked(details)
    new = {"name": name, "phone": phone, "place": place}
    if email is not None:
        new["email"] = normal_address(email)
    changed = [field for field, value in new.items() if getattr(details, field) != value]
    for field in changed:
        setattr(details, field, new[field])
    if "email" in changed:
        if details.email and account_at(details.email):
            raise AddressTaken
        details.address_tag, details.address_confirmed = _tag_of(details.email), False
        queue_mail(
            "people/address_changed",
            to=details.person_id,
            key=f"people.address_changed:{details.person_id}-{now.isoformat()}",
            now=now,
            urgency=Urgency.NOW,
            at=now.isoformat(),
        )
    if changed:
        columns = [*changed, "address_tag", "address_confirmed"] if "email" in changed else changed
        details.save(update_fields=columns)
        record("people.protected_details_changed", by=by, at=now, on=details.person, fields=changed)
    return details


@transaction.atomic
def name_coordinators(
    details: ProtectedDetails, coordinators: Iterable[Person], *, by: Actor, now: datetime
) -> ProtectedDetails:
    """These, and nobody else, may see the details from now on. Raises NobodyNamed, NotProtected."""
    details = _locked(details)
    wanted = {person.pk for person in coordinators}
    if not wanted:
        raise NobodyNamed
    named = set(details.named.values_list("coordinator_id", flat=True))
    if wanted == named:
        return details
    details.named.filter(coordinator_id__in=named - wanted).delete()
    for pk in sorted(wanted - named):
        NamedCoordinator.objects.create(details=details, coordinator_id=pk, named_at=now)
    record("people.coordinators_named", by=by, at=now, on=details.person, coordinators=sorted(wanted))
    return details


@transaction.atomic
def renew_address_tags(*, by: Actor, now: datetime) -> int:
    """Make the tags of protected addresses anew under the newest index key; returns how many were made.

    Here the address is at hand, unlike that of an e-ID.
    """
    renewed = 0
    for details in ProtectedDetails.objects.select_for_update().exclude(address_tag=None).order_by("pk"):
        tag = _tag_of(details.email)
        if details.address_tag != tag:
            details.address_tag = tag
            details.save(update_fields=["address_tag"])
            renewed += 1
    if renewed:
        record("people.address_tags_renewed", by=by, at=now, count=renewed)
    return renewed


def _become_neutral(person: Person) -> None:
    person.protected_tag = _free_tag()
    with translation.override(settings.LANGUAGE_CODE):
        person.name = display_name(person)
    person.email, person.phone, person.sort_key = None, "", swedish_sort_key(person.name)
    person.save(update_fields=["protected_tag", "name", "email", "phone", "sort_key"])


def _free_tag() -> str:
    """A tag that says nothing of the person. That two take the same at once is refused by the table."""
    while True:
        tag = "".join(secrets.choice(TAG_LETTERS) for _ in range(TAG_LENGTH))
        if not Person.objects.filter(protected_tag=tag).exists():
            return tag


def _tag_of(email: str) -> str | None:
    return blind_index(ADDRESS_PURPOSE, normal_address(email)) if email else None


def _locked(details: ProtectedDetails) -> ProtectedDetails:
    """The person's row is the lock."""
    person = lock_person(details.person_id)
    found = ProtectedDetails.objects.filter(person=person).first()
    if found is None:
        raise NotProtected
    return found
