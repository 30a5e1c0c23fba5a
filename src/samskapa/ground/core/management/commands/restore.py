"""`samskapa restore FILE`: a backup in the place of all that is there."""

from __future__ import annotations

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM, BackupIsBroken, CannotRestore
from samskapa.ground.core.services.restore import TOLD, restore


class Command(BaseCommand):
    help = (
        "Puts a backup back, all of it or nothing. Meanwhile pages answer 503 and the worker rests; afterwards mail is "
        "held: `samskapa mail`. Exit code 1: nothing was touched, or the trail was not whole in the backup already."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--yes", action="store_true", help="replace all that is in database and folders")
        parser.add_argument(
            "--unsealed",
            action="store_true",
            help="take it although another SAMSKAPA_TRAIL_KEY sealed it, or it was changed",
        )

    def handle(self, *, file: Path, yes: bool, unsealed: bool, **options) -> None:
        try:
            done = restore(file, by=SYSTEM, now=timezone.now(), may_replace=yes, sealed_by_us=not unsealed)
        except (BackupIsBroken, CannotRestore) as refusal:
            raise CommandError(f"{file} was not put back, and nothing was touched: {refusal}") from refusal
        self.stdout.write(
            f"The backup of {done.made_at:%Y-%m-%d %H:%M:%S} UTC is back: {done.tables} tables, {done.rows} rows, "
            f"{done.files} files, each compared."
        )
        for path in done.laid_aside:
            self.stdout.write(f"What was there before: {path}")
        self.stdout.write(
            "Mail is held: see `samskapa mail held`, then `samskapa mail release`. Everybody must log in again."
        )
        if done.trail_faults:
            for fault in done.trail_faults[:TOLD]:
                self.stdout.write(fault)
            self.stdout.write(
                f"The trail is NOT whole: {len(done.trail_faults)} faults. The backup had them, "
                "or SAMSKAPA_TRAIL_KEY is not the one of then."
            )
            sys.exit(1)
        self.stdout.write("The trail is whole.")
