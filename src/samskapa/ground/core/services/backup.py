"""Everything in the database and in the named folders, as it was at one moment, in one file. While others work."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.module_loading import import_string

from samskapa import __version__

from ..domain import BACKUP_FORMAT, Actor, BeingRestored, CannotBackUp, TrailHead
from ..models import AuditEntry
from ..queries.backups import (
    CHUNK,
    GREETING,
    HELLO,
    MANIFEST,
    SEAL,
    applied_migrations,
    file_member,
    seal_of,
    table_member,
)
from ..queries.tables import Table, Tally, carried_tables, last_number, read_rows, snapshot
from ..queries.trail import trail_head
from .maintenance import at_work
from .trail import record

#: How hard the lines are pressed (zlib, 0 to 9): 6 takes twice the time of 3 for a twentieth less.
PRESSURE = 3


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup holds. size: in bytes. head: how far the trail's chain had come."""

    path: Path
    tables: int
    rows: int
    files: int
    size: int
    head: TrailHead | None


def back_up(path: Path, *, by: Actor, now: datetime) -> Made:
    """Write everything into the file `path`, which is replaced as a whole or not at all. Raises CannotBackUp.

    Not in it: the keys, and the tables that the slot `not_carried` names. The trail gets its row after the moment of
    which the backup is.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        raise CannotBackUp(f"{path} is no plain file")
    try:
        with at_work(), _unfinished(path) as file, snapshot():
            manifest = _write(file, now)
    except BeingRestored as refusal:
        raise CannotBackUp("a backup is being put back") from refusal
    except OSError as problem:
        raise CannotBackUp(f"{path}: {problem.strerror or type(problem).__name__}") from problem
    except DatabaseError as problem:
        first = str(problem).partition("\n")[0]
        raise CannotBackUp(f"the database was not read ({first}): does it have every migration?") from problem
    made = Made(
        path=path,
        tables=len(manifest["tables"]),
        rows=sum(each["rows"] for each in manifest["tables"].values()),
        files=len(manifest["files"]),
        size=path.stat().st_size,
        head=TrailHead(manifest["trail"]["position"], manifest["trail"]["digest"])
        if manifest["trail"]["position"]
        else None,
    )
    with transaction.atomic():
        record("core.backed_up", by=by, at=now, rows=made.rows, files=made.files, head=str(made.head or ""))
    return made


def backup_folders() -> dict[str, Path]:
    """The folders outside the database that belong to what it says: name -> where it lies here."""
    slot = settings.SLOTS.get("backup_folders", {})
    return {name: Path(import_string(path)()) for name, path in sorted(slot.items())}


# --- what it holds --------------------------------------------------------------------------------


def _write(file: IO[bytes], now: datetime) -> dict[str, Any]:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=PRESSURE) as archive:
        _put(archive, GREETING, HELLO)
        file.flush()  # from now on it can be known for what it is, should we be killed
        head = trail_head()
        manifest = {
            "format": BACKUP_FORMAT,
            "made_at": now.astimezone(UTC).isoformat(timespec="microseconds"),
            "software": __version__,
            "database": connection.vendor,
            "migrations": applied_migrations(),
            "trail": {
                "rows": AuditEntry.objects.count(),
                "position": head.position if head else 0,
                "digest": head.digest if head else "",
            },
            "not_carried": sorted(settings.SLOTS.get("not_carried", [])),
            "tables": {table.name: _put_table(archive, table) for table in carried_tables()},
            "folders": sorted(backup_folders()),
            # After the rows: what they name is there.
            "files": {
                f"{name}/{inside}": told
                for name, folder in backup_folders().items()
                for inside, told in _put_folder(archive, name, folder)
            },
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        _put(archive, MANIFEST, text)
        _put(archive, SEAL, f"{seal_of(text)}\n".encode())
    return manifest


def _put_table(archive: zipfile.ZipFile, table: Table) -> dict[str, Any]:
    tally, written = Tally(table.kinds), hashlib.sha256()
    with _member(archive, table_member(table.name)) as member:
        for values in read_rows(table):
            line = tally.add(values)
            member.write(line)
            written.update(line)
    return {
        "columns": table.columns,
        "rows": tally.rows,
        "digest": tally.digest,
        "sha256": written.hexdigest(),
        "last_number": last_number(table),
    }


def _put_folder(archive: zipfile.ZipFile, name: str, folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each plain file below `folder`. One that is removed meanwhile is left out: no row of ours names it any more."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        inside, digest, size = path.relative_to(folder).as_posix(), hashlib.sha256(), 0
        try:
            file = path.open("rb")
        except FileNotFoundError:
            continue
        with file, _member(archive, file_member(f"{name}/{inside}")) as member:
            while chunk := file.read(CHUNK):
                member.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        yield inside, {"size": size, "sha256": digest.hexdigest()}


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    with _member(archive, name) as member:
        member.write(content)


def _member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    about = zipfile.ZipInfo(name)
    about.compress_type = zipfile.ZIP_STORED if name == GREETING else zipfile.ZIP_DEFLATED
    about._compresslevel = PRESSURE  # type: ignore[attr-defined]  # 3.13 has it without the line
    about.external_attr = 0o600 << 16
    return archive.open(about, "w", force_zip64=True)


# --- the file -------------------------------------------------------------------------------------


@contextmanager
def _unfinished(path: Path) -> Iterator[IO[bytes]]:
    """A file beside `path`, for our user alone, that takes its place when all is well and written down for good."""
    # A name may have 255 bytes, so a long one is cut.
    half = path.with_name(os.fsdecode(os.fsencode(path.name)[:250]) + ".part")
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _sweep(path.parent)
        with os.fdopen(os.open(half, os.O_RDWR | os.O_CREAT, 0o600), "w+b") as file:
            if not _lock(file):
                raise CannotBackUp(f"{half} is being written by another backup")
            os.fchmod(file.fileno(), 0o600)
            file.truncate()
            try:
                yield file
                file.flush()
                os.fsync(file.fileno())
                half.replace(path)
            except BaseException:
                half.unlink(missing_ok=True)
                raise
        os.fsync(folder)
    finally:
        os.close(folder)


def _sweep(folder: Path) -> None:
    """Remove what backups that were killed have left half-written."""
    for half in folder.glob("*.part"):
        try:
            with half.open("rb") as file:
                if GREETING.encode() in file.read(100) and _lock(file):
                    half.unlink(missing_ok=True)
        except OSError:
            continue  # not ours


def _lock(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
