"""How mail leaves the house: as files (demo, tests) or by SMTP. MAIL_URL is read here and nowhere else."""

from __future__ import annotations

import os
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

#: Seconds that each step of the talk with a server may take; well within MAIL_LEASE together.
SMTP_TIMEOUT = 10


class MailUrlNotUnderstood(ValueError):
    """SAMSKAPA_MAIL is neither file:///folder nor smtp://host nor smtps://host."""


class Transport(Protocol):
    def send(self, message: EmailMessage) -> None: ...


def transport() -> Transport:
    """The transport that MAIL_URL names."""
    return transport_for(settings.MAIL_URL)


def transport_for(url: str) -> Transport:
    """`file:///folder`, `smtp://user:password@host:port` or `smtps://...` (TLS from the start).

    smtp:// uses STARTTLS except towards this machine itself; `?starttls=no` or `=yes` decides.
    Raises MailUrlNotUnderstood.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path and not parts.netloc:
        return Files(Path(unquote(parts.path)))
    if parts.scheme in {"smtp", "smtps"} and parts.hostname:
        is_here = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        starttls = parse_qs(parts.query).get("starttls", ["no" if is_here else "yes"])[0] == "yes"
        return Smtp(
            host=parts.hostname,
            port=parts.port or (465 if parts.scheme == "smtps" else 25 if is_here else 587),
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            use_ssl=parts.scheme == "smtps",
            use_tls=parts.scheme == "smtp" and starttls,
        )
    raise MailUrlNotUnderstood(parts.scheme or "empty")


@dataclass(frozen=True, slots=True)
class Files:
    """One file per Message-ID, whole or not there at all: a letter sent again is the same file."""

    folder: Path

    def send(self, message: EmailMessage) -> None:
        raw: Message = message.message()
        name = raw["Message-ID"].strip("<>")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # codes and links lie here
        unfinished = self.folder / f".{name}.{uuid4().hex}.tmp"
        with unfinished.open("wb") as file:
            file.write(raw.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, self.folder / f"{name}.eml")
        for left_by_the_dead in self.folder.glob(f".{name}.*.tmp"):
            left_by_the_dead.unlink(missing_ok=True)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@dataclass(frozen=True, slots=True)
class Smtp:
    host: str
    port: int
    username: str
    password: str
    use_ssl: bool
    use_tls: bool

    def send(self, message: EmailMessage) -> None:
        message.connection = EmailBackend(
            host=self.host,
            port=self.port,
            username=self.username,
            password=self.password,
            use_ssl=self.use_ssl,
            use_tls=self.use_tls,
            timeout=SMTP_TIMEOUT,
            fail_silently=False,
        )
        message.send()
