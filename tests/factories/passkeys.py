"""A passkey without a browser: it answers as a device does, with a real key (ES256)."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

from samskapa.ground.people.models import Person

_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40


class SoftPasskey:
    """origin: what the browser says the page's origin is. verified: whether the device asks who holds it."""

    def __init__(self, origin: str = "http://localhost:8000", *, verified: bool = True) -> None:
        self.origin, self.flags = origin, _PRESENT | (_VERIFIED if verified else 0)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id, self.user = os.urandom(16), ""

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to `navigator.credentials.create(options)`, as JSON."""
        asked = options["publicKey"]
        self.user = asked["user"]["id"]
        public = cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        data = self._data(asked["rp"]["id"], self.flags | _ATTESTED) + attested
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            {
                "clientDataJSON": websafe_encode(self._client("webauthn.create", asked["challenge"])),
                "attestationObject": websafe_encode(attestation),
            }
        )

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to `navigator.credentials.get(options)`, as JSON."""
        asked = options["publicKey"]
        client, data = self._client("webauthn.get", asked["challenge"]), self._data(asked["rpId"], self.flags)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {
                "clientDataJSON": websafe_encode(client),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
                "userHandle": self.user,
            }
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, host: str, flags: int) -> bytes:
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + (0).to_bytes(4, "big")

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        return {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": response,
        }


def make_passkey(person: Person, name: str = "Min telefon") -> Authenticator:
    """A passkey of the person's that nobody holds the device of: enough to have one."""
    soft = SoftPasskey()
    options = {"publicKey": {"user": {"id": ""}, "rp": {"id": "localhost"}, "challenge": "YQ"}}
    return WebAuthn.add(person, name, soft.create(options)).instance
