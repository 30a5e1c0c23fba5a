"""allauth's second factors: its secrets are encrypted under our ring of keys."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter

from samskapa.ground.core.keys.places import JSONPlace

#: Where allauth keeps the secrets of TOTP and recovery codes. Fills a row of the slot "encrypted_places".
AUTHENTICATORS = JSONPlace("mfa.Authenticator", "data")


class MFAAdapter(DefaultMFAAdapter):
    """Secrets are never stored in clear: one that is not encrypted by us is refused."""

    def encrypt(self, text: str) -> str:
        return AUTHENTICATORS.close(text)

    def decrypt(self, encrypted_text: str) -> str:
        return AUTHENTICATORS.open(encrypted_text)
