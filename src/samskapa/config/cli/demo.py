"""`samskapa demo`: a fictional region, with everything it needs in `var/`."""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import secrets
import shutil
import sys
from pathlib import Path

from samskapa.config import environment
from samskapa.config.cli.compile import compile_changed
from samskapa.config.cli.serve import port_number, refuse_taken_port
from samskapa.ground.core.keys.env_file import change_env_file
from samskapa.ground.core.keys.ring import make_key

STAGES = ("need", "open", "choosing", "agreed", "underway", "done")
#: Which file and folders are the demo's data; the settings and their secrets (demo.env) go with them.
DATA = (
    "samskapa.sqlite3",
    "samskapa.sqlite3-wal",
    "samskapa.sqlite3-shm",
    "mail",
    "static",
    "static.stamp",
    "trail.head",
    "maintenance",
    "maintenance.work",
    "demo.env",
)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser("samskapa demo", description="A fictional region to try, on this machine only.")
    parser.add_argument("--port", type=port_number, default=8000, help="where it answers (8000)")
    parser.add_argument("--stage", choices=STAGES, help="how far one extra demo assignment has come")
    parser.add_argument("--reset", action="store_true", help="remove what the demo made, and stop")
    asked = parser.parse_args(arguments)

    var = environment.VAR
    var.mkdir(parents=True, exist_ok=True)
    if not _is_alone(var):
        print("samskapa: the demo already runs in this checkout; stop it first (Ctrl-C).", file=sys.stderr)
        return 1
    if asked.reset:
        remove(var)
        print("The demo's data are gone; `make demo` begins anew.")
        return 0
    if not refuse_taken_port("localhost", asked.port):
        return 1
    use(write_settings(var / "demo.env", port=asked.port))
    prepare(asked.stage)
    serve = ["-m", "samskapa.config.cli", "serve", "--with-worker", "--port", str(asked.port)]
    sys.stdout.flush()
    # This very process becomes the server: nothing stands between that and Ctrl-C.
    return os.execv(sys.executable, [sys.executable, *serve])


def remove(var: Path) -> None:
    for name in DATA:
        path = var / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def write_settings(path: Path, *, port: int) -> dict[str, str]:
    """Make or renew the demo's settings file (readable by its owner only) and return what it says.

    Generated secrets and lines that somebody added are kept; port and folder follow this run.
    """

    def renew(settings: dict[str, str]) -> None:
        settings.setdefault("SAMSKAPA_SECRET_KEY", secrets.token_urlsafe(48))
        settings.setdefault("SAMSKAPA_TRAIL_KEY", secrets.token_urlsafe(48))
        # The file is its own ring of keys, so that all the demo's secrets lie in one place.
        settings.setdefault("SAMSKAPA_FIELD_KEYS", make_key("k", ()).as_text())
        settings.setdefault("SAMSKAPA_INDEX_KEYS", make_key("i", ()).as_text())
        settings["SAMSKAPA_KEYS_FILE"] = str(path.resolve())
        settings["SAMSKAPA_DEMO"] = "1"
        settings["SAMSKAPA_URL"] = f"http://localhost:{port}"
        settings["SAMSKAPA_MAIL"] = f"file://{path.parent.resolve() / 'mail'}"

    return change_env_file(path, renew, mode=0o600, heading="Made by `make demo`; for the demo only.")


def use(settings: dict[str, str]) -> None:
    """Let the demo's settings, and no others, hold in this process and those it becomes."""
    for name in list(os.environ):
        if name == "DATABASE_URL" or (name.startswith("SAMSKAPA_") and name not in environment.PLACES):
            del os.environ[name]
    os.environ.update(settings)
    os.environ["DJANGO_SETTINGS_MODULE"] = "samskapa.config.settings"


def prepare(stage: str | None) -> None:
    """Bring catalogues, static files, tables and data up to date. Nothing of what is there is removed."""
    compile_changed()
    import django
    from django.core.management import call_command, get_commands

    django.setup()
    collect_static_if_changed()
    call_command("migrate", interactive=False, verbosity=0)
    for name, options in (("load_reference", {"verbosity": 0}), ("demo_data", {"stage": stage} if stage else {})):
        if name in get_commands():
            call_command(name, **options)


def collect_static_if_changed() -> bool:
    """Gather and compress the static files if one has changed since last time. Returns whether it did."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            file = os.stat(storage.path(name))
            seen.update(f"{name} {file.st_size} {file.st_mtime_ns}\n".encode())
    stamp = environment.VAR / "static.stamp"
    if stamp.exists() and stamp.read_text() == seen.hexdigest() and (environment.VAR / "static").is_dir():
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(seen.hexdigest())
    return True


def _is_alone(var: Path) -> bool:
    """Hold var/demo.lock until this process and what it becomes have ended. False if another holds it."""
    lock = os.open(var / "demo.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return False
    os.set_inheritable(lock, True)  # through execv; Popen closes it for server and worker
    return True
