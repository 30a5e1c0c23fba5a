"""A person's own data: the account, the ways in, the places one is logged in at, and who has looked."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samskapa.ground.core.queries import looks_at, trail_by

from ..domain.my_data import Fact, Row
from ..models import EidLink, Person, ProtectedDetails, Session, display_name
from . import account_at, looks_in_words


def gets_mail(address: str) -> bool:
    """Whether a mail may go to the address: not to somebody who has died. Fills the slot "mail_to_address"."""
    person = account_at(address)
    return person is None or person.died_on is None


def account_of(person_id: int) -> list[Row]:
    """The person's own facts."""
    person = Person.objects.get(pk=person_id)
    languages = dict(settings.LANGUAGES)
    facts = (
        Fact("name", _("Name"), person.name),
        Fact("email", _("E-mail"), person.email),
        Fact("phone", _("Phone"), person.phone),
        Fact("language", _("Language"), languages.get(person.language, person.language)),
        Fact("joined_at", _("Account since"), person.joined_at),
        Fact("last_login", _("Last logged in"), person.last_login),
        Fact("has_password", _("Has a password"), person.has_usable_password()),
    )
    return [Row(_("Your account"), facts)]


def protected_of(person_id: int) -> list[Row]:
    """What is kept apart while the identity is protected, and who may open it."""
    details = ProtectedDetails.objects.filter(person_id=person_id).first()
    if details is None:
        return []
    named = details.named.select_related("coordinator").order_by("named_at", "pk")
    facts = (
        Fact("name", _("Name"), details.name),
        Fact("email", _("E-mail"), details.email),
        Fact("phone", _("Phone"), details.phone),
        Fact("place", _("Place"), details.place),
        Fact("since", _("From"), details.since),
        Fact("named", _("Who may open it"), [display_name(each.coordinator) for each in named]),
    )
    return [Row(_("Protected identity"), facts)]


def ways_in_of(person_id: int) -> list[Row]:
    """How one logs in. Secrets are not among what is told: whoever got the file could log in with them."""
    kinds = {
        Authenticator.Type.WEBAUTHN: _("Passkey"),
        Authenticator.Type.TOTP: _("An app with codes"),
        Authenticator.Type.RECOVERY_CODES: _("Reserve codes"),
    }
    rows = [
        Row(
            kinds.get(way.type, way.type),
            (
                Fact("name", _("Called"), way.wrap().name if way.type == Authenticator.Type.WEBAUTHN else ""),
                Fact("created_at", _("Added"), way.created_at),
                Fact("last_used_at", _("Last used"), way.last_used_at),
            ),
        )
        for way in Authenticator.objects.filter(user_id=person_id).order_by("pk")
    ]
    for link in EidLink.objects.filter(person_id=person_id).order_by("pk"):
        broker = settings.EID_BROKERS.get(link.broker)
        rows.append(
            Row(
                _("e-ID"),
                (
                    Fact("broker", _("Called"), broker.label if broker else link.broker),
                    Fact("created_at", _("Added"), link.linked_at),
                    Fact("last_used_at", _("Last used"), link.used_at),
                ),
            )
        )
    for address in EmailAddress.objects.filter(user_id=person_id).order_by("pk"):
        rows.append(
            Row(
                _("Code by mail"),
                (Fact("email", _("E-mail"), address.email), Fact("verified", _("Confirmed"), address.verified)),
            )
        )
    return rows


def places_of(person_id: int) -> list[Row]:
    """Where one is logged in, ended ones that are not yet deleted too."""
    return [
        Row(
            " ".join(filter(None, (place.browser, place.system))) or _("An unknown device"),
            (
                Fact("began_at", _("Logged in"), place.began_at),
                Fact("seen_at", _("Last used"), place.seen_at),
                Fact("ends_at", _("Ends"), place.expire_date),
            ),
        )
        for place in Session.objects.filter(person_id=person_id).defer("session_data").order_by("began_at", "pk")
    ]


def trail_rows_of(person_id: int) -> list[Row]:
    """Who was shown one's details, in words, and what one has done oneself, as the trail has it."""
    looked = [
        Row(
            _("Somebody looked"),
            (
                Fact("at", _("When"), look.at),
                Fact("who", _("Who"), look.who),
                Fact("capacity", _("In which role"), look.capacity),
                Fact("on_behalf_of", _("On behalf of"), look.on_behalf_of),
                Fact("what", _("What"), look.what),
            ),
        )
        for look in looks_in_words(looks_at(person_id))
    ]
    done = [
        Row(
            _("You did something"),
            (
                Fact("at", _("When"), entry.at),
                Fact("action", _("What, as the log calls it"), entry.action),
                Fact("thing", _("With what"), f"{entry.object_type} {entry.object_id}".strip()),
                Fact("role", _("In which role"), entry.role),
            ),
        )
        for entry in trail_by(person_id).order_by("-pk")
    ]
    return looked + done
