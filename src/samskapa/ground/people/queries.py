"""Questions about people. Never a write."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from samskapa.ground.core.domain import Recipient

from .domain import Capacity
from .models import EidLink, Person, Session, display_name

__all__ = [
    "app_of",
    "capacities_of",
    "display_name",
    "eid_links_of",
    "has_strong_way_in",
    "mail_recipient",
    "passkeys_of",
    "reserve_codes_of",
    "sessions_of",
]


def mail_recipient(person_id: int) -> Recipient | None:
    """Where the person's mail goes; None where there is no such active person or no address.

    Fills the slot "mail_recipient".
    """
    person = Person.objects.filter(pk=person_id, is_active=True).exclude(email=None).first()
    if person is None or not person.email:
        return None
    return Recipient(address=person.email, name=person.name, language=person.language)


def capacities_of(person_id: int) -> list[Capacity]:
    """The capacities the person may act in beside as oneself, by the slot "capacities"."""
    return import_string(settings.SLOTS["capacities"])(person_id)


def passkeys_of(person_id: int) -> QuerySet[Authenticator]:
    """The person's passkeys, the oldest first."""
    return Authenticator.objects.filter(user_id=person_id, type=Authenticator.Type.WEBAUTHN).order_by("pk")


def app_of(person_id: int) -> Authenticator | None:
    """The person's app with codes (TOTP), if there is one."""
    return Authenticator.objects.filter(user_id=person_id, type=Authenticator.Type.TOTP).first()


def reserve_codes_of(person_id: int) -> list[str]:
    """The reserve codes that have not been used."""
    codes = Authenticator.objects.filter(user_id=person_id, type=Authenticator.Type.RECOVERY_CODES).first()
    return codes.wrap().get_unused_codes() if codes else []


def has_strong_way_in(person_id: int) -> bool:
    """Whether the person can show strongly who they are."""
    strong = [Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP]
    return Authenticator.objects.filter(user_id=person_id, type__in=strong).exists() or eid_links_of(person_id).exists()


def eid_links_of(person_id: int) -> QuerySet[EidLink]:
    """The e-identifications that open the person's account, by brokers that there are, the oldest first."""
    return EidLink.objects.filter(person_id=person_id, broker__in=settings.EID_BROKERS).order_by("pk")


def sessions_of(person_id: int, *, now: datetime) -> QuerySet[Session]:
    """Where the person is logged in, the one used last first. Neither keys nor contents are read."""
    return (
        Session.objects.filter(person_id=person_id, expire_date__gt=now, handle__isnull=False)
        .defer("session_data")
        .order_by("-seen_at", "pk")
    )
