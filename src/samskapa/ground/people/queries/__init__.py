"""Questions about people. Never a write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Lower, Replace
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samskapa.ground.core.domain import LOOKED, Recipient
from samskapa.ground.core.keys.cipher import Closed, blind_indexes, close, open_closed
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.core.queries import looks_at

from ..domain import LAST_LETTERS, Capacity, Look, normal_address, reference_to, referred_to
from ..models import EidLink, Person, Session, display_name

__all__ = [
    "account_at",
    "accounts_at",
    "app_of",
    "capacities_of",
    "display_name",
    "eid_links_of",
    "has_strong_way_in",
    "in_reader_order",
    "kept_address",
    "looks_at",
    "looks_in_words",
    "mail_recipient",
    "passkeys_of",
    "protected_account",
    "reserve_codes_of",
    "sessions_of",
]


def mail_recipient(person_id: int) -> Recipient | None:
    """Where the person's mail goes; None where there is no such active person or no address.

    Fills the slot "mail_recipient".
    """
    person = Person.objects.filter(pk=person_id, is_active=True).select_related("protected_details").first()
    if person is None:
        return None
    if person.protected_tag:
        # Opened here, when the letter leaves, and nowhere kept. No name: mail is read by others on its way.
        address = person.protected_details.email
        return Recipient(address, name="", language=person.language, is_discreet=True) if address else None
    return Recipient(address=person.email, name=person.name, language=person.language) if person.email else None


#: What a protected address is looked up for.
ADDRESS_PURPOSE = "people.address"


def protected_account(email: str) -> Person | None:
    """The protected person who has that address, whatever its case."""
    tags = blind_indexes(ADDRESS_PURPOSE, normal_address(email))
    return Person.objects.filter(protected_details__address_tag__in=tags).first()


def account_at(email: str) -> Person | None:
    """The account with that address, whatever its case; or that the text kept in its place refers to."""
    referred = referred_to(email)
    if referred:
        return Person.objects.filter(pk=referred).first()
    address = normal_address(email)
    tags = blind_indexes(ADDRESS_PURPOSE, address)
    return Person.objects.filter(Q(email__iexact=address) | Q(protected_details__address_tag__in=tags)).first()


def accounts_at(emails: Iterable[str]) -> dict[str, Person]:
    """The accounts with those addresses: address, as it is stored -> account. Two queries, however many they are."""
    wanted = {normal_address(email) for email in emails if email}
    if not wanted:
        return {}
    own = Person.objects.annotate(lower=Lower("email")).filter(lower__in=wanted)
    found = {normal_address(person.email or ""): person for person in own}
    tags = {tag: address for address in wanted for tag in blind_indexes(ADDRESS_PURPOSE, address)}
    hidden = Person.objects.filter(protected_details__address_tag__in=tags).select_related("protected_details")
    return found | {tags[person.protected_details.address_tag or ""]: person for person in hidden}


def kept_address(email: str) -> str:
    """What may be stored where a row names a person by address: the address, or a reference to the protected person
    whose it is."""
    person = protected_account(email)
    return reference_to(person.pk) if person else email


#: Where a typed address is closed while one logs in.
_TYPED = "people.typed_address"


def closed_address(email: str) -> str:
    """The address of a protected person as a session may hold it: the page can show what was typed, a thief cannot."""
    return close(email, place=_TYPED).token


def opened_address(kept: str) -> str:
    """What was typed, closed or not."""
    closed = Closed(kept)
    return open_closed(closed, place=_TYPED) if closed.key_id else kept


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


def looks_in_words(entries: Iterable[AuditEntry]) -> list[Look]:
    """Who looked, in which capacity, at what: rows of `looks_at`, in the reader's language. Two queries."""
    entries = list(entries)
    ids = {pk for entry in entries for pk in (entry.person_id, entry.for_person_id) if pk}
    names = {person.pk: display_name(person) for person in Person.objects.filter(pk__in=ids)}
    capacities = import_string(settings.SLOTS["capacity_names"])(
        {(entry.role, entry.node_id) for entry in entries if entry.role}
    )
    return [
        Look(
            at=entry.at,
            who=names.get(entry.person_id or 0, ""),
            capacity=capacities.get((entry.role, entry.node_id), "") or _("As themselves"),
            on_behalf_of=names.get(entry.for_person_id or 0, ""),
            what=str(settings.LOOKS.get(_page(entry)) or _("Your details")),
        )
        for entry in entries
    ]


def _page(entry: AuditEntry) -> str:
    """What config/looks.py calls it."""
    return str(entry.details.get("what", "")).partition(":")[0] if entry.action == LOOKED else entry.action


class _PlainOrder(Func):
    """Ordered by its characters' numbers, as sort keys want, whatever language the database itself was made for."""

    arity = 1
    template = "%(expressions)s"

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template='%(expressions)s COLLATE "C"', **context)


def in_reader_order(key: str = "sort_key") -> Func:
    """What to order by where `key` leads to a Swedish sort key: the order of the active language."""
    expression: F | Func = F(key)
    if get_language() != "sv":
        for letter, base in LAST_LETTERS.items():
            expression = Replace(expression, Value(letter), Value(base))
    return _PlainOrder(expression)
