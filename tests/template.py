"""A database with all its tables is made once for each state of the migrations, and copied after that: a run of the
tests, and each of its processes, starts in a second instead of ten."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from pathlib import Path
from typing import IO

from django.apps import apps
from django.conf import settings
from django.db import connection


def fingerprint() -> str:
    """The same as long as a new database would be the same: every migration, and the key that some are written with."""
    found = hashlib.sha256(settings.SECRET_KEY.encode())
    for app in sorted(apps.get_app_configs(), key=lambda each: each.name):
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            found.update(f"{app.name} {file.name}".encode() + file.read_bytes())
    return found.hexdigest()[:20]


class Template:
    """One process at a time, from `copy` to `leave`: the first makes its database as usual and keeps a copy."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.fingerprint = folder, fingerprint()
        self.is_sqlite = connection.vendor == "sqlite"
        self.file = folder / f"template-{self.fingerprint}.db"
        self.database = f"{settings.DATABASES['default']['NAME']}_template"
        self.is_copied = False
        self._lock: IO[str] | None = None

    def copy(self) -> bool:
        """Put a copy where the tests' database is to be; False where there is nothing to copy."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = (self.folder / "template.lock").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        if self.is_sqlite:
            self.is_copied = self.file.exists()
            if self.is_copied:
                shutil.copyfile(self.file, settings.DATABASES["default"]["TEST"]["NAME"])
            return self.is_copied
        name = connection.creation._get_test_db_name()
        with connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [self.database]
            )
            self.is_copied = cursor.fetchone() == (self.fingerprint,)
            if self.is_copied:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
                cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self.database}"')
        return self.is_copied

    def leave(self) -> None:
        """The tests' database is ready: keep a copy if there was none, and let the next process in."""
        if not self.is_copied:
            self._keep()
        assert self._lock is not None
        self._lock.close()

    def _keep(self) -> None:
        if self.is_sqlite:
            for old in self.folder.glob("template-*.db"):
                old.unlink()
            half = self.file.with_suffix(f".{os.getpid()}")
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(half)])
            half.replace(self.file)
            return
        name = connection.settings_dict["NAME"]
        connection.close()  # nobody may be in what is copied
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.database}"')
            cursor.execute(f'CREATE DATABASE "{self.database}" TEMPLATE "{name}"')
            cursor.execute(f"COMMENT ON DATABASE \"{self.database}\" IS '{self.fingerprint}'")
