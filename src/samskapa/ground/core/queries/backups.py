"""Reads a backup file, and tells whether it is whole. Never a write."""

from __future__ import annotations

import hashlib
import hmac
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from ..domain import BACKUP_FORMAT, BackupIsBroken, TrailHead
from .tables import carried_tables

#: The file's first part tells a person, and us, what it is.
GREETING, MANIFEST, SEAL = "samskapa-backup", "manifest.json", "manifest.seal"
HELLO = b"A backup of Samskapa. Put it back with: samskapa restore FILE\n"
#: How a file says that it is none, or not whole.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
#: Bytes read at once.
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """An opened backup file. manifest: what `services.backup` wrote into it, last."""

    archive: zipfile.ZipFile
    manifest: dict[str, Any]

    @property
    def tables(self) -> dict[str, dict[str, Any]]:
        return self.manifest["tables"]

    @property
    def files(self) -> dict[str, dict[str, Any]]:
        """Folder's name and the path in it, "documents/a/b.pdf" -> size and digest."""
        return self.manifest["files"]

    @property
    def rows(self) -> int:
        return sum(each["rows"] for each in self.tables.values())

    @property
    def trail_rows(self) -> int:
        return self.manifest["trail"]["rows"]

    @property
    def head(self) -> TrailHead | None:
        trail = self.manifest["trail"]
        return TrailHead(trail["position"], trail["digest"]) if trail["position"] else None

    def rows_of(self, table: str) -> Iterator[list[Any]]:
        with self.archive.open(table_member(table)) as file:
            for line in file:
                yield json.loads(line)

    def open_file(self, name: str) -> IO[bytes]:
        return self.archive.open(file_member(name))


@contextmanager
def opened(path: Path, *, sealed_by_us: bool = True) -> Iterator[Backup]:
    """The backup at `path`, its manifest read and its seal tried; see `faults_of` for the rest of it.

    sealed_by_us: refuse one whose seal another SAMSKAPA_TRAIL_KEY made. Raises BackupIsBroken.
    """
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(path))
            manifest = _manifest_of(archive, sealed_by_us)
        except BackupIsBroken:
            raise
        except (*UNREADABLE, KeyError, ValueError) as problem:
            raise BackupIsBroken(f"it cannot be read: {type(problem).__name__}") from problem
        yield Backup(archive, manifest)


def _manifest_of(archive: zipfile.ZipFile, sealed_by_us: bool) -> dict[str, Any]:
    if archive.namelist()[:1] != [GREETING]:
        raise BackupIsBroken("it is no backup of Samskapa")
    text = archive.read(MANIFEST)
    if sealed_by_us and not hmac.compare_digest(archive.read(SEAL).decode("latin-1").strip(), seal_of(text)):
        raise BackupIsBroken(
            "its seal is not ours: it was changed, or SAMSKAPA_TRAIL_KEY was another one when it was made"
        )
    manifest = json.loads(text)
    if manifest["format"] != BACKUP_FORMAT:
        raise BackupIsBroken(f"its format is {manifest['format']}, and ours is {BACKUP_FORMAT}")
    return manifest


def faults_of(backup: Backup) -> Iterator[str]:
    """What is missing, changed or too much in the file, part by part."""
    expected = {table_member(name): told for name, told in backup.tables.items()}
    expected |= {file_member(name): told for name, told in backup.files.items()}
    names = backup.archive.namelist()
    yield from (f"{name} is missing" for name in expected if name not in names)
    yield from (f"{name} does not belong in it" for name in sorted({*names} - {*expected, GREETING, MANIFEST, SEAL}))
    yield from (f"{name} is in it twice" for name in sorted({name for name in names if names.count(name) > 1}))
    for name in backup.files:
        if not is_safe(name):
            yield f"{name} leads out of its folder"
    for name, told in expected.items():
        if name in names and _digest_in(backup.archive, name) != told["sha256"]:
            yield f"{name} was changed"


def strangeness_of(backup: Backup) -> Iterator[str]:
    """Why this installation cannot take the backup's rows: it has other migrations, tables or columns."""
    theirs = {tuple(each) for each in backup.manifest["migrations"]}
    ours = set(applied_migrations())
    if not ours:
        yield "the database has no tables yet: run `samskapa migrate`"
        return
    yield from (f"the backup has the migration {app}.{name}, this database does not" for app, name in theirs - ours)
    yield from (f"this database has the migration {app}.{name}, the backup does not" for app, name in ours - theirs)
    here = {table.name: table for table in carried_tables()}
    yield from (f"the backup has a table {name}, and this version none" for name in backup.tables if name not in here)
    for name, table in here.items():
        if name not in backup.tables:
            yield f"this version has a table {name}, and the backup none"
        elif backup.tables[name]["columns"] != table.columns:
            yield f"the table {name} has other columns"
    folders = settings.SLOTS.get("backup_folders", {})
    yield from (f"no folder is called {name} here" for name in backup.manifest["folders"] if name not in folders)


def applied_migrations() -> list[tuple[str, str]]:
    """(app, name) of each that the database has had, in order."""
    return sorted(MigrationRecorder(connection).applied_migrations())


def seal_of(manifest: bytes) -> str:
    """HMAC-SHA256 in hex under the trail's key: who has no key cannot make a backup that we take."""
    return hmac.new(settings.TRAIL_KEY.encode(), b"backup\0" + manifest, "sha256").hexdigest()


def table_member(table: str) -> str:
    return f"tables/{table}.jsonl"


def file_member(name: str) -> str:
    return f"files/{name}"


def is_safe(name: str) -> bool:
    """Whether "folder/path" stays in its folder."""
    path = PurePosixPath(name)
    return len(path.parts) > 1 and not path.is_absolute() and ".." not in path.parts and str(path) == name


def _digest_in(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except UNREADABLE:
        return ""  # what cannot be unpacked was changed
    return digest.hexdigest()
