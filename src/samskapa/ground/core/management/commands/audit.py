"""`samskapa audit verify`: whether the trail is whole."""

from __future__ import annotations

import sys
from pathlib import Path
from zipfile import is_zipfile

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from samskapa.ground.core.domain import BackupIsBroken, HeadIsBroken, TrailHead, read_head
from samskapa.ground.core.queries import Verification, read_heads
from samskapa.ground.core.queries.backups import opened


class Command(BaseCommand):
    help = "The trail: who did what. Exit code 0 when it is whole, 1 when it is not."

    def add_arguments(self, parser) -> None:
        doing = parser.add_subparsers(dest="doing", required=True)
        verify = doing.add_parser("verify", help="names each row that was changed, removed or put in")
        verify.add_argument(
            "--head",
            action="append",
            default=[],
            metavar="FILE|POSITION:DIGEST",
            help="how far the chain had come: a backup, a file of heads, or what the log says; may be repeated",
        )

    def handle(self, *, head: list[str], **options) -> None:
        self._rows_then: dict[str, int] = {}
        try:
            heads = read_heads(Path(settings.TRAIL_HEAD)) if settings.TRAIL_HEAD else []
            for each in head:
                heads += self._given(each)
        except (BackupIsBroken, HeadIsBroken) as problem:
            raise CommandError(str(problem)) from problem
        walk, faults = Verification(heads=heads), 0
        for fault in walk.faults():
            faults += 1
            self.stdout.write(str(fault))
        for made_at, rows in self._rows_then.items():
            if walk.rows < rows:  # what the chain did not hold yet, no head tells of
                faults += 1
                self.stdout.write(f"removed: {rows - walk.rows} rows: the backup of {made_at} has {rows}")
        self.stdout.write(f"{walk.rows} rows, head {walk.head or 'none'}{self._waiting(walk)}.")
        if not heads:
            self.stdout.write("No head outside the database to compare with: a tail that was cut off is not seen.")
        if faults:
            self.stdout.write(f"The trail is NOT whole: {faults} faults.")
            sys.exit(1)
        self.stdout.write("The trail is whole.")

    def _given(self, text: str) -> list[TrailHead]:
        path = Path(text)
        if is_zipfile(path):
            with opened(path) as backup:
                self._rows_then[backup.manifest["made_at"]] = backup.trail_rows
                return [backup.head] if backup.head else []
        if path.is_file():
            return read_heads(path)
        return [read_head(text)]

    def _waiting(self, walk: Verification) -> str:
        if not walk.unlinked_since:
            return ""
        seconds = (timezone.now() - walk.unlinked_since).total_seconds()
        return f", {walk.unlinked} not in the chain yet (the oldest for {seconds:.0f} s; the worker puts them there)"
