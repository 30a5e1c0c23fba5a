"""`samskapa keys`: the ring of keys under which fields are encrypted."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM, KeyInUse, NoKeysFile, RingIsBroken, UnknownKey
from samskapa.ground.core.keys.holder import FIELD, INDEX, field_ring, index_ring, is_from_secret_key
from samskapa.ground.core.queries import keys_in_use
from samskapa.ground.core.services.keys import BATCH, add_key, retire_key, rotate


class Command(BaseCommand):
    help = "The ring of keys outside the database: SAMSKAPA_KEYS_FILE. See docs/decisions/0011-keys.md."

    def add_arguments(self, parser) -> None:
        doing = parser.add_subparsers(dest="doing", required=True)
        doing.add_parser("list", help="ids, ages, and how many rows each key holds")
        new = doing.add_parser("new", help="add a key (the first time, one to each ring); makes the file if need be")
        new.add_argument("--index", action="store_true", help="a key of the blind index")
        again = doing.add_parser("rotate", help="add a key and put everything under it; goes on after a kill")
        again.add_argument("--batch", type=int, default=BATCH, help=f"rows a transaction ({BATCH})")
        retire = doing.add_parser("retire", help="lay aside a key that nothing uses")
        retire.add_argument("id")

    def handle(self, *, doing: str, **options) -> None:
        try:
            getattr(self, f"_{doing}")(**options)
        except (KeyInUse, NoKeysFile, RingIsBroken, UnknownKey) as refusal:
            raise CommandError(str(refusal)) from refusal

    def _list(self, **options) -> None:
        today = timezone.localdate()
        for use in keys_in_use():
            age = f"{(today - use.made_on).days} days" if use.made_on else "-"
            where = ", ".join(f"{place} {rows}" for place, rows in sorted(use.rows.items())) or "nothing"
            notes = " (newest)" * use.is_newest + " (from SAMSKAPA_SECRET_KEY)" * use.is_from_secret_key
            self.stdout.write(f"{use.id:4} {age:>10}  {where}{notes}")

    def _new(self, *, index: bool, **options) -> None:
        self._add(INDEX if index else FIELD)
        if is_from_secret_key(index_ring().newest):
            self._add(INDEX)

    def _add(self, line: str) -> None:
        self.stdout.write(f"{add_key(line=line, by=SYSTEM, now=timezone.now())} is the newest key now.")

    def _rotate(self, *, batch: int, **options) -> None:
        done = rotate(by=SYSTEM, now=timezone.now(), batch=batch, tell=self._tell)
        self.stdout.write(
            f"{done.again.total()} rows are under {done.key} now"
            + ("." if done.is_new else ": an earlier rotation was gone on with.")
        )
        if done.unreadable:
            raise CommandError("no key of the ring opens: " + ", ".join(done.unreadable))
        older = [key.id for key in field_ring().keys[1:] if not is_from_secret_key(key)]
        if older:
            self.stdout.write(f"Nothing is under {', '.join(older)}: `samskapa keys retire {older[-1]}`.")

    def _retire(self, *, id: str, **options) -> None:
        retire_key(id, by=SYSTEM, now=timezone.now())
        self.stdout.write(
            f"{id} is out of the ring. It stays on the line SAMSKAPA_RETIRED_KEYS of the file until you remove it: "
            "a backup made before the rotation cannot be read without it."
        )

    def _tell(self, place: str, rows: int) -> None:
        self.stdout.write(f"{place}: {rows}")
        self.stdout.flush()
