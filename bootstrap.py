"""Make .venv and install the locked, hash-checked packages in it. Standard library only.

    python3 bootstrap.py [base|test|check]

Needs python3 (3.11 or later) and one of: uv on PATH, pip for this Python, ensurepip. No compiler or root.
A stamp (lock, this file and Python's version) makes a second run free. It ends with `.venv/bin/samskapa`,
which runs the code in `src`. All it writes lies in `.venv`, so a killed run is mended by running it again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
GROUPS = ("base", "test", "check")
#: Whatever is installed must be a wheel whose hash stands in the lock.
LOCKED = ["--require-hashes", "--only-binary", ":all:"]

#: It finds the interpreter beside it, so that neither blanks nor length nor a move of the checkout matter.
COMMAND = """\
#!/bin/sh
'''exec' "$(dirname -- "$(realpath -- "$0")")/python" "$0" "$@"
' '''
import sys

from samskapa.config.cli import main

sys.exit(main())
"""


def main(arguments: list[str]) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 -- this is where it is said
        fail(
            "Python 3.11 eller senare behövs",
            f"Python 3.11 or later is needed (this is {sys.version.split()[0]})",
        )
    group = arguments[0] if arguments else "base"
    if group not in GROUPS or len(arguments) > 1:
        fail("Välj en grupp", f"choose one group: {', '.join(GROUPS)}")
    lock = ROOT / "requirements" / f"{group}.txt"
    if not lock.is_file():
        fail("Låsfilen saknas", f"the lock is missing: {lock.relative_to(ROOT)}")

    stamp, wanted = VENV / f".stamp-{group}", fingerprint(lock)
    if PYTHON.exists() and stamp.is_file() and stamp.read_text() == wanted:
        return
    make_venv()
    print(f"Installerar paketen / installing the packages ({group}) ...", flush=True)
    install(lock)
    make_command()
    stamp.write_text(wanted)


def fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes() + Path(__file__).read_bytes() + sys.version.encode()).hexdigest()


def make_venv() -> None:
    """A virtual environment of this very Python; one of another version, or half of one, is made anew."""
    if PYTHON.exists():
        asked = subprocess.run([PYTHON, "-c", "import sys; print(sys.version)"], capture_output=True, text=True)
        if asked.returncode == 0 and asked.stdout.strip() == sys.version.strip():
            return
    if VENV.is_symlink():
        VENV.unlink()
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        venv.create(VENV, with_pip=False, symlinks=True)
    except (ImportError, OSError, subprocess.CalledProcessError) as error:
        fail("Det gick inte att skapa .venv", f"could not make .venv: {error}")


def install(lock: Path) -> None:
    """The first way that works: uv on PATH, uv brought by pip, pip alone."""
    for uv in uvs():
        flags = ["--quiet", "--system-certs", "--compile-bytecode", "--python", PYTHON]
        if works(uv, "pip", "install", *flags, *LOCKED, "-r", lock):
            return
    pip = pip_command()
    if not pip:
        fail(
            "Varken uv, pip eller ensurepip finns",
            "no uv, pip or ensurepip: install python3-venv and try again",
        )
    if not works(*pip, "install", "-q", "--disable-pip-version-check", *LOCKED, "-r", lock):
        fail(
            "Paketen gick inte att hämta (se ovan): kontrollera nätet och proxyn",
            "could not fetch the packages (see above): check the network and the proxy",
        )


def uvs():
    """The ways to call uv, cheapest first. NO_UV=1 leaves it out."""
    if os.environ.get("NO_UV"):
        return
    on_path = shutil.which("uv")
    # An older uv does not know --system-certs, which networks that look into TLS need.
    if on_path and works(on_path, "pip", "install", "--system-certs", "--help", quiet=True):
        yield on_path
    own = VENV / "bin" / "uv"
    if not own.exists():
        pip = pip_command()
        brought = ROOT / "requirements" / "bootstrap.txt"
        if not pip or not works(*pip, "install", "-q", "--disable-pip-version-check", *LOCKED, "-r", brought):
            return
    yield own


def pip_command() -> list | None:
    """This Python's pip, working on .venv; else ensurepip's in it; else nothing."""
    if works(sys.executable, "-m", "pip", "--python", PYTHON, "--version", quiet=True):
        return [sys.executable, "-m", "pip", "--python", PYTHON]
    if works(PYTHON, "-m", "ensurepip", quiet=True):
        return [PYTHON, "-m", "pip"]
    return None


def make_command() -> None:
    """Make `src` importable, and write `.venv/bin/samskapa`."""
    site_packages = VENV / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    (site_packages / "samskapa.pth").write_text(os.path.relpath(ROOT / "src", site_packages) + "\n")
    command = VENV / "bin" / "samskapa"
    command.write_text(COMMAND)
    command.chmod(0o755)


def works(*command: object, quiet: bool = False) -> bool:
    out = subprocess.DEVNULL if quiet else None
    # subprocess.run kills what it started when a signal below ends us.
    return subprocess.run([str(part) for part in command], cwd=ROOT, stdout=out, stderr=out).returncode == 0


def fail(swedish: str, english: str) -> None:
    sys.exit(f"{swedish} / {english}.")


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: sys.exit(128 + received))
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
