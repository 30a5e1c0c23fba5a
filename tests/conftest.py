"""How every test runs: real migrations on a real database file, no network but this machine's own."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import socket
from pathlib import Path

import hypothesis
import pytest

# Playwright's loop runs in the test's thread; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


# --- network: this machine only -------------------------------------------------------------------
class NetworkRefused(RuntimeError):
    """A test tried to leave this machine."""


def _refuse_others(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return
    with contextlib.suppress(ValueError):
        address = ipaddress.ip_address(str(name).partition("%")[0])
        if address.is_loopback or address.is_unspecified:
            return
    raise NetworkRefused(f"a test asked for {name}; tests may only reach this machine")


def _stay_on_this_machine() -> None:
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded(original):
        def guarded_connect(self, address):
            if self.family in (socket.AF_INET, socket.AF_INET6):
                _refuse_others(address[0])
            return original(self, address)

        return guarded_connect

    def guarded_look_up(host, *args, **kwargs):
        _refuse_others(host)
        return look_up(host, *args, **kwargs)

    socket.socket.connect, socket.socket.connect_ex = guarded(connect), guarded(connect_ex)
    socket.getaddrinfo = guarded_look_up


# --- files ----------------------------------------------------------------------------------------
@pytest.fixture(scope="session", autouse=True)
def files_folder(tmp_path_factory):
    """Each process of the tests keeps files in a folder of its own: another's job would tidy them away."""
    from django.conf import settings

    settings.FILES_FOLDER = str(tmp_path_factory.mktemp("files"))


# --- properties -----------------------------------------------------------------------------------
# A busy machine is no fault of the code. In CI the examples are the same each time: red means changed.
hypothesis.settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
hypothesis.settings.load_profile("house")


# --- set-up, once a process -----------------------------------------------------------------------
def pytest_configure(config):
    _stay_on_this_machine()
    from django.conf import settings
    from django.utils.translation import trans_real

    from samskapa.config.cli.compile import compile_changed

    compile_changed()
    trans_real._translations.clear()  # in a fresh checkout they were looked for before they were made
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        folder = Path(database["TEST"]["NAME"]).parent
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        if not config.getoption("reuse_db"):
            # A name of this process: two runs in one checkout do not meet.
            database["TEST"]["NAME"] = str(folder / f"{os.getpid()}.sqlite3")
        # Nothing in a test survives the machine; the real setting (FULL) costs a disk flush a commit.
        options = database["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    else:
        database["OPTIONS"]["options"] = "-c synchronous_commit=off"


def _sweep(folder: Path) -> None:
    """Remove database files of runs that are gone: an old write-ahead log would be played into a new file."""
    for file in folder.glob("*.sqlite3*"):
        number = file.name.partition(".")[0]
        if number.isdigit() and not Path(f"/proc/{number}").exists():
            file.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def template(request, django_db_modify_db_settings, django_db_blocker):
    """What the tests' database is copied from; None where one asked to use the last run's."""
    from samskapa.config.environment import VAR
    from tests.template import Template

    if request.config.getoption("reuse_db"):
        return None
    with django_db_blocker.unblock():
        found = Template(VAR / "test")
        found.copy()
    return found


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb, template):
    """A copy is taken as it is, and only what stands for the apps is looked through once more."""
    return django_db_keepdb or (template is not None and template.is_copied)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, template):
    """Emptying the tables after a transactional test passes the triggers that keep a table append-only."""
    from django.db import connection

    if template is not None:
        with django_db_blocker.unblock():
            template.leave()

    from tests.factories.kept import tables, triggers_at_rest

    empty = connection.ops.execute_sql_flush

    def empty_all(sql_list):
        from django.db import transaction

        with transaction.atomic(), triggers_at_rest():
            if connection.vendor == "postgresql":
                # A few rows are gone sooner by DELETE: TRUNCATE makes new files for every table and index.
                sql_list = [f'DELETE FROM "{table}"' for table in tables()]
            empty(sql_list)

    connection.ops.execute_sql_flush = empty_all
    yield
    connection.ops.execute_sql_flush = empty
    if template is not None and template.is_copied:  # nobody else takes it away
        with django_db_blocker.unblock():
            connection.creation.destroy_test_db(verbosity=0)


@pytest.fixture(autouse=True)
def _on_its_own_database(request):
    if request.node.get_closest_marker("postgres") and os.environ.get("DATABASE_URL", "")[:8] != "postgres":
        pytest.skip("needs PostgreSQL")


# --- what was left out ----------------------------------------------------------------------------
def pytest_terminal_summary(terminalreporter):
    """One line for each reason why tests were skipped, with how many."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"Left out: {count} tests: {reason}")
