"""A whole house in a folder of its own: real processes on a real database, to be killed at any moment."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Set
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).parents[2]
#: Seconds without anything done after which what is left is taken for lost.
PATIENCE = 300


@dataclass
class House:
    """folder: where its mail, logs and SQLite file lie. database_url: the database, empty at first.

    Processes are started by name with `start`, killed with `kill`, and started again under the same name.
    """

    folder: Path
    database_url: str
    settings: str = "tests.soak.settings"
    more: dict[str, str] = field(default_factory=dict)  # further variables of its environment
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)
    _said_before: dict[str, int] = field(default_factory=dict)

    @property
    def mail(self) -> Path:
        return self.folder / "mail"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": self.settings,
            "DATABASE_URL": self.database_url,
            "SAMSKAPA_SECRET_KEY": "only-for-the-soak-" + "x" * 40,
            "SAMSKAPA_TRAIL_KEY": "only-for-the-soak",
            "SAMSKAPA_MAIL": f"file://{self.mail}",
            "SAMSKAPA_VAR": str(self.folder),
            **self.more,
        }

    def migrate(self) -> None:
        self.run("-m", "samskapa.config.cli", "migrate", "--run-syncdb", "--skip-checks", "-v0")

    def run(self, *arguments: str, patience: float = 180) -> str:
        """Run `python ...` to its end and return what it printed; its faults are ours."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=patience,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def ask(self, module: str) -> dict:
        """What `python -m module` prints as JSON."""
        return json.loads(self.run("-m", module, patience=1200))

    def rows(self, query: str) -> list[tuple]:
        """The rows of a SQL question, read from beside the house: cheap enough to poll with."""
        if self.database_url.startswith("postgres"):
            with psycopg.connect(self.database_url, autocommit=True) as database:
                return database.execute(query).fetchall()
        with closing(sqlite3.connect(self.database_url.removeprefix("sqlite:///"), timeout=20)) as database:
            return database.execute(query).fetchall()

    def counts(self, table: str, column: str) -> dict[str, int]:
        """How many rows of `table` have each value of `column`."""
        return dict(self.rows(f"SELECT {column}, count(*) FROM {table} GROUP BY {column}"))

    def start(self, name: str, *arguments: str) -> subprocess.Popen:
        """Start `python ...` under `name`; what it prints is added to <name>.out and <name>.err."""
        self._said_before[name] = self._said(name)
        with (self.folder / f"{name}.out").open("ab") as out, (self.folder / f"{name}.err").open("ab") as err:
            process = subprocess.Popen(
                [sys.executable, *arguments], cwd=ROOT, env=self.environment, stdout=out, stderr=err
            )
        self.processes[name] = process
        return process

    def wait_until_up(self, name: str, *, patience: float = 60) -> None:
        """Wait until a started process says something: the worker its first log line, the writer a number."""
        give_up_at = monotonic() + patience
        while self._said(name) == self._said_before[name]:
            assert self.processes[name].poll() is None, f"{name} ended: {self.printed(name, 'err')[-3000:]}"
            assert monotonic() < give_up_at, f"{name} said nothing for {patience} s"
            sleep(0.02)

    def start_worker(self, name: str) -> subprocess.Popen:
        return self.start(name, "-m", "samskapa.config.cli", "worker", "--interval", "0.1", "--skip-checks")

    def drain(self) -> str:
        # After 200 kills thousands of letters and jobs are left: minutes where the machine has other work too.
        return self.run("-m", "samskapa.config.cli", "worker", "--drain", "--skip-checks", patience=1200)

    def finish(self, examine: Callable[[], dict], *, mails_end_as: Set[str] = frozenset({"sent"})) -> tuple[int, dict]:
        """Drain until nothing is left; returns how many jobs were run again by hand, and what `examine` found.

        A job that three kills hit fails by design: the operator runs it again. Gives up when `PATIENCE` seconds have
        passed in which nothing became less, so that a busy machine is not taken for a fault.
        """
        again, left_before, give_up_at = 0, None, 0.0
        while True:
            self.drain()
            found = examine()
            for failed in found["failed_jobs"]:
                again += 1
                self.run("-m", "tests.soak.run_again", failed)
            left = {
                "jobs": {state: n for state, n in found["jobs"].items() if state != "SUCCESSFUL"},
                "mails": {state: n for state, n in found["mails"].items() if state not in mails_end_as},
                "unhandled": found["unhandled"],
            }
            if not any(left.values()):
                return again, found
            if left != left_before:
                left_before, give_up_at = left, monotonic() + PATIENCE
            assert monotonic() < give_up_at, f"nothing was done in {PATIENCE} s: {left}"
            sleep(0.5)

    def kill(self, name: str) -> None:
        """As the power does: no goodbye."""
        process = self.processes.pop(name)
        assert process.poll() is None, f"{name} ended by itself: {self.printed(name, 'err')[-3000:]}"
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)

    def kill_all(self) -> None:
        for process in self.processes.values():
            process.kill()
            process.wait(timeout=10)
        self.processes.clear()

    def printed(self, name: str, stream: str = "out") -> str:
        path = self.folder / f"{name}.{stream}"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def _said(self, name: str) -> int:
        return len(self.printed(name, "out")) + len(self.printed(name, "err"))

    def letters(self) -> list[str]:
        """The Message-IDs of all letters that left."""
        return sorted(f"<{path.stem}>" for path in self.mail.glob("*.eml"))


def database(folder: Path, name: str, *, like: str = "") -> str:
    """The address of a new database of our own: on the server that DATABASE_URL names, else a SQLite file.

    like: the address of a database that it shall be a copy of; else it is empty.
    """
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        pattern = f' TEMPLATE "{urlsplit(like).path.strip("/")}"' if like else ""
        _on_server(url, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"{pattern}')
        return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    file = folder / f"{name}.sqlite3"
    if like:
        shutil.copy(like.removeprefix("sqlite:///"), file)
    return f"sqlite:///{file}"


def drop_database(url: str) -> None:
    if url.startswith("postgres"):
        name = urlsplit(url).path.strip("/")
        _on_server(os.environ["DATABASE_URL"], f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _on_server(url: str, *statements: str) -> None:
    with psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), autocommit=True) as server:
        for statement in statements:
            server.execute(statement)
