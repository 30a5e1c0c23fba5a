"""`samskapa mail`: what is held after a restore, and what becomes of it."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM, NotHeld
from samskapa.ground.core.queries import held_mails, mail_held_since
from samskapa.ground.core.services.holding import drop_held_mail, release_mail


class Command(BaseCommand):
    help = (
        "After a restore mail is held, but for codes and links that somebody waits for. Here it is let go or dropped."
    )

    def add_arguments(self, parser) -> None:
        doing = parser.add_subparsers(dest="doing", required=True)
        doing.add_parser("held", help="how many of each kind, and since when")
        doing.add_parser("release", help="send what waits, from now on")
        doing.add_parser("drop", help="never send what waited at the restore; what came since waits on")

    def handle(self, *, doing: str, **options) -> None:
        try:
            getattr(self, f"_{doing}")()
        except NotHeld as refusal:
            raise CommandError(str(refusal)) from refusal

    def _held(self) -> None:
        since = mail_held_since()
        if since is None:
            self.stdout.write("Mail is not held.")
            return
        self.stdout.write(f"Held since {since:%Y-%m-%d %H:%M:%S} UTC.")
        for held in held_mails():
            self.stdout.write(
                f"{held.count:6}  {held.kind}, the oldest of {held.oldest_at:%Y-%m-%d %H:%M}"
                + (f"; {held.since_count} of them since the restore" if held.since_count else "")
            )

    def _release(self) -> None:
        self.stdout.write(f"{release_mail(by=SYSTEM, now=timezone.now())} mails wait; the worker sends them now.")

    def _drop(self) -> None:
        dropped = drop_held_mail(by=SYSTEM, now=timezone.now())
        self.stdout.write(f"{dropped} mails will never be sent. What came since waits: `samskapa mail release`.")
