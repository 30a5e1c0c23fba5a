"""What must be right before real people use an installation: `samskapa check --deploy`."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

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
    if settings.MAIL_URL.startswith("file:"):
        faults.append(
            Error(
                "SAMSKAPA_MAIL writes mail to a folder: nobody gets it.",
                hint="SAMSKAPA_MAIL=smtps://user:password@host:465",
                id="samskapa.E008",
            )
        )
    if settings.EID_BROKERS and (len(settings.EID_KEY) < KEY_LENGTH or settings.EID_KEY == settings.SECRET_KEY):
        faults.append(
            Error(
                f"SAMSKAPA_EID_KEY must be a key of its own of at least {KEY_LENGTH} characters: there are brokers.",
                hint="Without it, or with another, no e-ID is known again.",
                id="samskapa.E009",
            )
        )
    return [_only_warned_of(fault) for fault in faults] if site.hostname in HERE else faults


def _only_warned_of(fault: CheckMessage) -> CheckMessage:
    """On this machine alone nobody else is harmed: somebody is trying it out."""
    return Warning(fault.msg, hint=fault.hint, id=fault.id)
