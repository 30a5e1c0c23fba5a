"""allauth's door for passkeys and codes from an app: what we are called there, and its secrets under our keys."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samskapa.ground.core.keys.places import JSONPlace

from .models import display_name

SERVICE = "Samskapa"
#: Where allauth keeps the secrets of TOTP and recovery codes. Fills a row of the slot "encrypted_places".
AUTHENTICATORS = JSONPlace("mfa.Authenticator", "data")


class MFAAdapter(DefaultMFAAdapter):
    """settings.MFA_ADAPTER. Secrets are never stored in clear: one that is not encrypted by us is refused."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That did not work. Look once more, or try again in half a minute with a new code."),
    }

    def get_totp_issuer(self) -> str:
        return SERVICE

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the host of SAMSKAPA_URL, whatever the request says its host is."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "localhost", "name": SERVICE}

    def get_public_key_credential_user_entity(self, user) -> dict[str, Any]:
        """What the device shows when there are several passkeys: name and address, and no more than an id behind."""
        entity = super().get_public_key_credential_user_entity(user)
        return entity | {"name": user.email or display_name(user), "display_name": display_name(user)}

    def encrypt(self, text: str) -> str:
        return AUTHENTICATORS.close(text)

    def decrypt(self, encrypted_text: str) -> str:
        return AUTHENTICATORS.open(encrypted_text)
