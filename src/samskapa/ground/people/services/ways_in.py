"""Passkeys, the app with codes, and reserve codes: add and remove. allauth keeps them; the trail and a mail tell."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from samskapa.ground.core.domain import Actor, Urgency
from samskapa.ground.core.services import queue_mail, record

from ..domain import AppBefore
from ..models import EidLink, Person, Session
from ..queries import app_of
from .locking import lock_person


def tell(person: Person, what: str, way: str, *, key: str, by: Actor, now: datetime) -> None:
    """In the trail, and by mail: whoever did not do this herself must learn of it."""
    record(f"people.way_in_{what}", by=by, at=now, on=person, way=way)
    queue_mail(
        f"people/way_in_{what}",
        to=person.pk,
        key=f"people.way_in_{what}:{key}",
        now=now,
        urgency=Urgency.NOW,
        way=way,
        at=now.isoformat(),
    )


@transaction.atomic
def note_strengthened(person: Person, *, by: Actor, now: datetime) -> None:
    """Put in the trail that somebody who was logged in has shown more strongly who they are; `by` says how."""
    record("people.strengthened", by=by, at=now, on=person)


@transaction.atomic
def add_passkey(person: Person, *, name: str, credential: dict[str, Any], by: Actor, now: datetime) -> Authenticator:
    """Keep a passkey whose registration has been verified, and reserve codes where there are none.

    credential: the browser's answer, as JSON.
    """
    person = lock_person(person.pk)
    passkey = WebAuthn.add(person, name, credential).instance
    RecoveryCodes.activate(person)
    tell(person, "added", "passkey", key=str(passkey.pk), by=by, now=now)
    return passkey


@transaction.atomic
def add_app(person: Person, *, secret: str, by: Actor, now: datetime) -> Authenticator:
    """Keep the secret shared with an app, from which a code has been shown; and reserve codes. Raises AppBefore."""
    person = lock_person(person.pk)
    if app_of(person.pk):
        raise AppBefore
    app = TOTP.activate(person, secret).instance
    RecoveryCodes.activate(person)
    tell(person, "added", "app", key=str(app.pk), by=by, now=now)
    return app


@transaction.atomic
def remove_way_in(way: Authenticator, *, by: Actor, now: datetime) -> None:
    """Remove a passkey or the app; with the last of them the reserve codes go too. Removing twice changes nothing."""
    person = lock_person(way.user_id)
    if not Authenticator.objects.filter(pk=way.pk).delete()[0]:
        return
    kind = "passkey" if way.type == Authenticator.Type.WEBAUTHN else "app"
    if not Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        Authenticator.objects.filter(user=person).delete()
    tell(person, "removed", kind, key=str(way.pk), by=by, now=now)


@transaction.atomic
def reset_ways_in(person: Person, *, by: Actor, now: datetime) -> None:
    """Take away every strong way in and log out everywhere, for somebody who has lost them all: the next log-in by mail
    may add a first one again. Whoever asks for this has made sure, outside the service, that it is her."""
    person = lock_person(person.pk)
    had = Authenticator.objects.filter(user=person).delete()[0] + EidLink.objects.filter(person=person).delete()[0]
    Session.objects.filter(person=person).delete()
    if had:
        tell(person, "removed", "all", key=f"all-{now.isoformat()}", by=by, now=now)


@transaction.atomic
def new_reserve_codes(person: Person, *, by: Actor, now: datetime) -> None:
    """Ten new reserve codes; the old ones no longer work."""
    person = lock_person(person.pk)
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes = RecoveryCodes.activate(person).instance
    tell(person, "added", "reserve_codes", key=str(codes.pk), by=by, now=now)
