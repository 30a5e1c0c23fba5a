"""What an e-identification must say to be believed: OpenID Connect Core 1.0, 3.1.3.7, and the Swedish OpenID Connect
Profile (https://www.oidc.se/specifications). No Django, no network, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: The profile's claim for personal identity and coordination numbers, and the scope that asks for it.
PERSONAL_NUMBER = "https://id.oidc.se/claim/personalIdentityNumber"
PERSONAL_NUMBER_SCOPE = "https://id.oidc.se/scope/naturalPersonNumber"
#: Tillitsnivå 3 of the Swedish framework for e-identification.
LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"
#: Signatures that a broker may use: none that shares its secret with us.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
#: Seconds by which two machines' clocks may differ, and how old a token may be.
LEEWAY, TOKEN_LASTS = 60, 600


@dataclass(frozen=True, slots=True)
class Broker:
    """Somebody who identifies people for us.

    name: in addresses and variables. label: on the button. issuer: its OpenID issuer. acr: the levels of assurance that
    we ask for and accept. number_claim: the claim with the personal number; "" where it tells none (then its own
    `sub` is who one is, with that broker alone). origins: where its log-in pages are, beside the issuer's.
    """

    name: str
    label: str
    issuer: str
    client_id: str
    secret: str = field(repr=False)
    acr: tuple[str, ...] = (LOA3,)
    scopes: tuple[str, ...] = ("openid", PERSONAL_NUMBER_SCOPE)
    number_claim: str = PERSONAL_NUMBER
    origins: tuple[str, ...] = ()


class EidRefused(ValueError):
    """The answer cannot be believed. `args[0]` says why, in a word for the log."""


def check_claims(claims: Mapping[str, Any], broker: Broker, *, nonce: str, now: float) -> None:
    """Refuse an ID token, whose signature is already verified, that is not the answer to what we asked.

    now: seconds since 1970. Raises EidRefused.
    """
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else list(audience or [])
    if claims.get("iss") != broker.issuer:
        raise EidRefused("issuer")
    if broker.client_id not in audiences or (len(audiences) > 1 and claims.get("azp") != broker.client_id):
        raise EidRefused("audience")
    if claims.get("azp", broker.client_id) != broker.client_id:
        raise EidRefused("audience")
    expires, issued = claims.get("exp"), claims.get("iat")
    if not isinstance(expires, int | float) or not isinstance(issued, int | float):
        raise EidRefused("time")
    if now > expires + LEEWAY or issued > now + LEEWAY or now > issued + TOKEN_LASTS + LEEWAY:
        raise EidRefused("time")
    if not nonce or claims.get("nonce") != nonce:
        raise EidRefused("nonce")
    if claims.get("acr") not in broker.acr:
        raise EidRefused("acr")
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise EidRefused("sub")


def who(claims: Mapping[str, Any], broker: Broker) -> str:
    """What the tag is made of: the personal number where the broker tells it, so that every broker leads to the same
    account; else the broker's own name for the person. Raises EidRefused where the number is missing."""
    if not broker.number_claim:
        return f"sub:{broker.issuer}:{claims['sub']}"
    number = "".join(sign for sign in str(claims.get(broker.number_claim) or "") if sign.isalnum())
    if len(number) != 12:
        raise EidRefused("number")
    return f"number:{number.upper()}"
