"""The e-ID brokers, from the environment: a name in SAMSKAPA_EID, and variables for each (docs/configuration.md)."""

from __future__ import annotations

from urllib.parse import urlsplit

from samskapa.config import environment as env
from samskapa.ground.people.domain.eid import LOA3, PERSONAL_NUMBER, PERSONAL_NUMBER_SCOPE, Broker


def brokers() -> dict[str, Broker]:
    """Name -> broker, in the order they are offered. Raises MissingSetting where one is half told."""
    return {name: _broker(name) for name in env.words("SAMSKAPA_EID")}


def _broker(name: str) -> Broker:
    if not name.isascii() or not name.isalnum() or not name.islower():
        raise env.MissingSetting(f"SAMSKAPA_EID: {name!r} may only hold small letters a-z and digits")
    one = f"SAMSKAPA_EID_{name.upper()}"
    issuer = env.text(f"{one}_URL")
    address = urlsplit(issuer)
    if address.scheme != "https" and address.hostname not in ("localhost", "127.0.0.1"):
        raise env.MissingSetting(f"{one}_URL must begin with https://")
    return Broker(
        name=name,
        label=env.text(f"{one}_LABEL", name.capitalize()),
        issuer=issuer,
        client_id=env.text(f"{one}_CLIENT"),
        secret=env.text(f"{one}_SECRET"),
        acr=tuple(env.words(f"{one}_ACR", LOA3)),
        scopes=("openid", *env.words(f"{one}_SCOPES", PERSONAL_NUMBER_SCOPE)),
        number_claim=env.text(f"{one}_NUMBER", PERSONAL_NUMBER),
        origins=tuple(env.words(f"{one}_ORIGINS")),
    )


def origins(known: dict[str, Broker]) -> list[str]:
    """Where a form of ours may lead: the brokers' log-in pages, for the Content-Security-Policy."""
    found: list[str] = []
    for broker in known.values():
        address = urlsplit(broker.issuer)
        found += [f"{address.scheme}://{address.netloc}", *broker.origins]
    return list(dict.fromkeys(found))
