"""Puts a backup back: all of it or nothing, compared table by table, and no mail leaves until somebody says so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from ..domain import Actor, BackupIsBroken, CannotRestore
from ..queries.backups import Backup, faults_of, opened, strangeness_of
from ..queries.tables import all_tables, carried_tables, is_without_rows, tally_of
from ..queries.whole import Verification
from .backup import backup_folders
from .chain import write_down
from .filling import empty, fill, go_on_from
from .holding import hold_mail
from .jobs import put_back_running
from .mail import let_go_of_leases
from .maintenance import alone
from .trail import record

#: How long PostgreSQL waits for those who use a table, on other machines too.
LOCK_TIMEOUT = "60s"
#: Of many faults so many are told.
TOLD = 20


@dataclass(slots=True)
class PutBack:
    """What was put back. trail_faults: of the trail; the backup had them. laid_aside: what lay where it now lies."""

    made_at: datetime
    tables: int
    rows: int
    files: int
    trail_faults: list[str] = field(default_factory=list)
    laid_aside: list[Path] = field(default_factory=list)


def restore(path: Path, *, by: Actor, now: datetime, may_replace: bool = False, sealed_by_us: bool = True) -> PutBack:
    """Put the backup at `path` in the place of all that is in the database and in the named folders.

    may_replace: also where there is something already. sealed_by_us: refuse what another SAMSKAPA_TRAIL_KEY sealed.
    Raises BackupIsBroken, CannotRestore; then nothing was touched.
    """
    with opened(path, sealed_by_us=sealed_by_us) as backup:
        _refuse(BackupIsBroken, faults_of(backup))
        _refuse(CannotRestore, strangeness_of(backup))
        _refuse_what_is_there(may_replace)
        with alone():
            unpacked = _unpack(backup)
            try:
                with transaction.atomic():
                    _refuse_what_is_there(may_replace)
                    faults = _replace_all(backup, by=by, now=now)
            except DatabaseError as problem:
                raise CannotRestore(f"the database did not take it: {_in_short(problem)}") from problem
            else:
                laid_aside = _put_in_place(unpacked, now) + _begin_heads_anew(backup, now)
            finally:
                for folder in unpacked.values():
                    shutil.rmtree(folder, ignore_errors=True)
    return PutBack(
        made_at=datetime.fromisoformat(backup.manifest["made_at"]),
        tables=len(backup.tables),
        rows=backup.rows,
        files=len(backup.files),
        trail_faults=faults,
        laid_aside=laid_aside,
    )


# --- may it be ------------------------------------------------------------------------------------


def _refuse(refusal: type[Exception], why: Iterable[str]) -> None:
    if reasons := list(why):
        more = [f"and {len(reasons) - TOLD} more"] if len(reasons) > TOLD else []
        raise refusal("; ".join(reasons[:TOLD] + more))


def _refuse_what_is_there(may_replace: bool) -> None:
    if may_replace:
        return
    filled = [table.name for table in carried_tables() if not (table.is_made_by_migrate or is_without_rows(table))]
    if filled:
        more = f" and {len(filled) - 3} more" if len(filled) > 3 else ""
        raise CannotRestore(
            f"the database is not empty ({', '.join(filled[:3])}{more}): --yes replaces all that is there"
        )
    for name, folder in backup_folders().items():
        if folder.is_dir() and any(folder.iterdir()):
            raise CannotRestore(f"the folder {name} is not empty: --yes replaces all that is there")


# --- the database ---------------------------------------------------------------------------------


def _replace_all(backup: Backup, *, by: Actor, now: datetime) -> list[str]:
    """Within a transaction; returns the trail's faults."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
    empty(all_tables())
    for table in carried_tables():
        try:
            fill(table, backup.rows_of(table.name))
        except (DatabaseError, ValueError, TypeError) as problem:
            raise CannotRestore(f"{table.name} was not taken: {_in_short(problem)}") from problem
        if (number := backup.tables[table.name]["last_number"]) is not None:
            go_on_from(table, number)
    connection.check_constraints()
    for table in carried_tables():
        told, tally = backup.tables[table.name], tally_of(table)
        if (tally.rows, tally.digest) != (told["rows"], told["digest"]):
            raise CannotRestore(f"{table.name}: what came in is not what was read")
    walk = Verification(heads=[backup.head] if backup.head else [])
    faults = [str(fault) for fault in walk.faults()]
    # From here on it is more than the backup.
    put_back_running(now=now)
    let_go_of_leases()
    hold_mail(now=now)
    record(
        "core.restored",
        by=by,
        at=now,
        made_at=backup.manifest["made_at"],
        rows=backup.rows,
        head=str(backup.head or ""),
        trail_faults=len(faults),
    )
    return faults


def _in_short(problem: Exception) -> str:
    """The first line: what follows may quote a row."""
    return f"{type(problem).__name__}: {str(problem).strip().partition(chr(10))[0]}"[:300]


# --- outside the database -------------------------------------------------------------------------


def _unpack(backup: Backup) -> dict[str, Path]:
    """The backup's files beside where they will lie: name of the folder -> where they are now."""
    places = backup_folders()
    unpacked = {name: places[name].with_name(f"{places[name].name}.restoring") for name in backup.manifest["folders"]}
    try:
        for folder in unpacked.values():
            shutil.rmtree(folder, ignore_errors=True)  # of one that was killed
            folder.mkdir(parents=True, mode=0o700)
        for name in backup.files:
            of, _, inside = name.partition("/")
            target = unpacked[of] / inside
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                with backup.open_file(name) as packed:
                    shutil.copyfileobj(packed, file)
                file.flush()
                os.fsync(file.fileno())
    except OSError as problem:
        for folder in unpacked.values():
            shutil.rmtree(folder, ignore_errors=True)
        raise CannotRestore(f"its files could not be unpacked: {problem.strerror}") from problem
    return unpacked


def _put_in_place(unpacked: dict[str, Path], now: datetime) -> list[Path]:
    """After commit: a kill before the last of these leaves the old files with the new rows. Run it again then."""
    aside = []
    for name, place in backup_folders().items():
        if name not in unpacked:
            continue
        if place.exists():
            aside.append(place.rename(_before(place, now)))
        unpacked[name].rename(place)
    return aside


def _begin_heads_anew(backup: Backup, now: datetime) -> list[Path]:
    """The trail has gone back to what it was: heads of what came after would call that a cut tail."""
    heads = Path(settings.TRAIL_HEAD) if settings.TRAIL_HEAD else None
    if heads is None:
        return []
    aside = [heads.rename(_before(heads, now))] if heads.exists() else []
    if backup.head:
        write_down(backup.head, now)
    return aside


def _before(path: Path, now: datetime) -> Path:
    return path.with_name(f"{path.name}.before-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
