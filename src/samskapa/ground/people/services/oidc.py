"""OpenID Connect with a broker: ask (code flow with PKCE, state and nonce), and believe only what is signed for us.

Each answer is checked by `domain.eid`; what it says of the person is used for the tag and then forgotten.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

import jwt
import requests
from django.core.cache import cache

from ..domain.eid import ALGORITHMS, Broker, EidRefused, check_claims

#: Seconds to wait for a broker, and for which what it tells of itself is remembered.
PATIENCE, REMEMBERED = 10, 600


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to a broker, kept in the session until its answer comes."""

    broker: str
    state: str
    nonce: str
    verifier: str
    next: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def ask(broker: Broker, *, redirect_uri: str, next_path: str) -> tuple[str, Asked]:
    """The address to send the browser to, and what to remember until it comes back. Raises EidRefused.

    Everything asked for comes from the settings; nothing of it from the request.
    """
    asked = Asked(
        broker=broker.name,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(64),
        next=next_path,
    )
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).rstrip(b"=").decode()
    query = urlencode(
        {
            "response_type": "code",
            "client_id": broker.client_id,
            "redirect_uri": redirect_uri,
            "scope": " ".join(broker.scopes),
            "state": asked.state,
            "nonce": asked.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "acr_values": " ".join(broker.acr),
            "prompt": "login",  # on a shared computer nobody goes in on the one before's log-in
        }
    )
    address = _about(broker)["authorization_endpoint"]
    return f"{address}{'&' if '?' in address else '?'}{query}", asked


def believe(broker: Broker, asked: Asked, *, code: str, redirect_uri: str, now: float) -> dict[str, Any]:
    """What the broker says of the person, from the ID token and, where the number is not in it, from userinfo.

    Raises EidRefused.
    """
    about = _about(broker)
    answer = _json(
        "POST",
        about["token_endpoint"],
        data={
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": asked.verifier,
        },
        auth=(_escaped(broker.client_id), _escaped(broker.secret)),
    )
    claims = verified(str(answer.get("id_token") or ""), broker)
    check_claims(claims, broker, nonce=asked.nonce, now=now)
    if broker.number_claim and broker.number_claim not in claims and about.get("userinfo_endpoint"):
        headers = {"Authorization": f"Bearer {answer.get('access_token')}"}
        more = _json("GET", about["userinfo_endpoint"], headers=headers)
        if more.get("sub") != claims["sub"]:
            raise EidRefused("userinfo")
        claims = {**more, **claims}
    return claims


def verified(token: str, broker: Broker) -> dict[str, Any]:
    """The claims of an ID token that the broker has signed. Raises EidRefused."""
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in ALGORITHMS:
            raise EidRefused("algorithm")
        keys = _keys(broker, header.get("kid"))
        # Whom it is for, from and until when is checked by domain.eid, with our clock.
        options = {"verify_aud": False, "verify_iss": False, "verify_exp": False, "verify_iat": False}
        return jwt.decode(token, key=keys, algorithms=[header["alg"]], options=options)  # type: ignore[arg-type]
    except jwt.PyJWTError as error:
        raise EidRefused("signature") from error


def _keys(broker: Broker, kid: str | None) -> Any:
    """The broker's public key of that id; it is asked anew where we know none."""
    address = _about(broker)["jwks_uri"]
    for is_fresh in (False, True):
        published = _remembered(address, is_fresh=is_fresh).get("keys") or []
        for each in published:
            if each.get("use", "sig") == "sig" and (each.get("kid") == kid or (kid is None and len(published) == 1)):
                return jwt.PyJWK(each)
    raise EidRefused("key")


def _about(broker: Broker) -> dict[str, Any]:
    """What the broker publishes of itself; it must call itself what we call it."""
    about = _remembered(f"{broker.issuer.rstrip('/')}/.well-known/openid-configuration")
    if about.get("issuer") != broker.issuer:
        raise EidRefused("issuer")
    return about


def _remembered(address: str, *, is_fresh: bool = False) -> dict[str, Any]:
    key = f"people.oidc:{hashlib.sha256(address.encode()).hexdigest()}"
    known = None if is_fresh else cache.get(key)
    if known is None:
        known = json.dumps(_json("GET", address))
        cache.set(key, known, REMEMBERED)
    return json.loads(known)


def _json(method: str, address: str, **more: Any) -> dict[str, Any]:
    try:
        answer = requests.request(method, address, timeout=PATIENCE, allow_redirects=False, **more)
        told = answer.json() if answer.ok else None
    except (requests.RequestException, ValueError) as error:
        raise EidRefused("unreachable") from error
    if not isinstance(told, dict):
        raise EidRefused(f"answer {answer.status_code}")
    return told


def _escaped(text: str) -> str:
    """RFC 6749, 2.3.1: both halves are form-encoded before they are put together."""
    return urlencode({"": text})[1:]
