"""`samskapa backup FILE`: everything in one file, while the service runs."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM, CannotBackUp
from samskapa.ground.core.services.backup import back_up


class Command(BaseCommand):
    help = "Writes database and files into FILE, as they are at one moment. The keys are not in it: docs/operation.md."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="any name; replaced as a whole or not at all")

    def handle(self, *, file: Path, **options) -> None:
        try:
            made = back_up(file, by=SYSTEM, now=timezone.now())
        except CannotBackUp as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{made.path}: {made.tables} tables, {made.rows} rows, {made.files} files, {made.size} bytes."
        )
        self.stdout.write(f"The trail's head: {made.head or 'none'}.")
        self.stdout.write("The keys are not in it: keep them, apart from it (docs/operation.md).")
