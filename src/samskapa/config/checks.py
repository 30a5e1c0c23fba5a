"""What must be right before real people use an installation: `samskapa check --deploy`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from samskapa.ground.core.domain import NoKeysFile, RingIsBroken
from samskapa.ground.core.keys.holder import field_ring, index_ring, is_from_secret_key

#: Fewer characters than this can be guessed by a machine.
KEY_LENGTH = 32
#: Names of this very machine, which nobody else reaches.
HERE = {"localhost", "127.0.0.1", "::1"}


@register(Tags.security, deploy=True)
def check_deployment(app_configs, **kwargs) -> list[CheckMessage]:
    """Faults of the set-up; each names its variable. The table of variables is docs/configuration.md."""
    faults: list[CheckMessage] = []
    site = urlsplit(settings.SITE_URL)
    if len(settings.SECRET_KEY) < KEY_LENGTH:
        faults.append(
            Error(
                f"SAMSKAPA_SECRET_KEY is shorter than {KEY_LENGTH} characters.",
                hint="Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'",
                id="samskapa.E001",
            )
        )
    if len(settings.TRAIL_KEY) < KEY_LENGTH or settings.TRAIL_KEY == settings.SECRET_KEY:
        faults.append(
            Error(
                f"SAMSKAPA_TRAIL_KEY must be a key of its own of at least {KEY_LENGTH} characters.",
                hint="It proves that the trail is whole, so it must not be lost or shared.",
                id="samskapa.E002",
            )
        )
    faults += _faults_of_the_ring()
    if site.hostname not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        faults.append(
            Error(f"SAMSKAPA_HOSTS does not hold {site.hostname}, the host of SAMSKAPA_URL.", id="samskapa.E003")
        )
    if settings.DEMO and site.hostname in HERE:
        faults.append(Warning("SAMSKAPA_DEMO lets anybody be any demo person.", id="samskapa.W001"))
    elif settings.DEMO:
        faults.append(
            Error(
                f"SAMSKAPA_DEMO is on at {site.hostname}: whoever gets there may be any demo person, the operator too.",
                id="samskapa.E004",
            )
        )
    if site.scheme != "https":
        faults.append(
            Error(
                "SAMSKAPA_URL does not begin with https://: what is sent can be read on the way.",
                hint="Put a proxy with TLS before it (docs/configuration.md).",
                id="samskapa.E007",
            )
        )
    if settings.METRICS_TOKEN and len(settings.METRICS_TOKEN) < KEY_LENGTH:
        faults.append(
            Error(f"SAMSKAPA_METRICS_TOKEN is shorter than {KEY_LENGTH} characters.", id="samskapa.E009"),
        )
    if settings.MAIL_URL.startswith("file:"):
        faults.append(
            Error(
                "SAMSKAPA_MAIL writes mail to a folder: nobody gets it.",
                hint="SAMSKAPA_MAIL=smtps://user:password@host:465",
                id="samskapa.E008",
            )
        )
    if not settings.OPERATOR["name"] or not (settings.OPERATOR["email"] or settings.OPERATOR["phone"]):
        faults.append(
            Warning(
                "The accessibility statement does not say who answers for the service and how one reaches them.",
                hint="SAMSKAPA_OPERATOR, and SAMSKAPA_OPERATOR_EMAIL or SAMSKAPA_OPERATOR_PHONE (lag 2018:1937, 13 §).",
                id="samskapa.W002",
            )
        )
    return [_only_warned_of(fault) for fault in faults] if site.hostname in HERE else faults


def _only_warned_of(fault: CheckMessage) -> CheckMessage:
    """On this machine alone nobody else is harmed: somebody is trying it out."""
    return Warning(fault.msg, hint=fault.hint, id=fault.id)


def _faults_of_the_ring() -> list[CheckMessage]:
    """The keys of what the database cannot read lie in a file of their own, which others may not read."""
    try:
        rings = [field_ring(), index_ring()]
    except (NoKeysFile, RingIsBroken) as problem:
        return [Error(f"The ring of keys: {problem}.", id="samskapa.E005")]
    if not settings.KEYS_FILE:
        return [
            Error(
                "SAMSKAPA_KEYS_FILE is not set: without a file of its own the ring of keys cannot be rotated.",
                hint="Name a file outside the database, and run `samskapa keys new`.",
                id="samskapa.E005",
            )
        ]
    if any(is_from_secret_key(ring.newest) for ring in rings):
        return [Error("SAMSKAPA_KEYS_FILE has no keys yet.", hint="Run `samskapa keys new`.", id="samskapa.E005")]
    if Path(settings.KEYS_FILE).stat().st_mode & 0o077:
        return [
            Error(
                "SAMSKAPA_KEYS_FILE can be read by others than its owner.",
                hint=f"chmod 600 {settings.KEYS_FILE}",
                id="samskapa.E006",
            )
        ]
    return []
