"""Reads the environment, once and in one place. The table of variables is in docs/configuration.md.

In a checkout where `make demo` has run and nothing is set, the demo's own settings are used, so that
`.venv/bin/samskapa` works on what the demo made.
"""

from __future__ import annotations

import os
from pathlib import Path

from samskapa.ground.core.keys.env_file import read_env_file

#: The checkout (or the folder that holds the installed package's `var/`).
ROOT = Path(os.environ.get("SAMSKAPA_ROOT") or Path(__file__).resolve().parents[3])
VAR = Path(os.environ.get("SAMSKAPA_VAR") or ROOT / "var")
DEMO_ENV = VAR / "demo.env"

#: Variables that say where the files are, not what the service is: set or not, they hold for the demo too.
PLACES = {"SAMSKAPA_ROOT", "SAMSKAPA_VAR"}
TRUE = {"1", "true", "yes", "on"}


class MissingSetting(RuntimeError):
    """A variable that the service cannot run without is not set."""


def load_demo_env_if_nothing_is_set(environ=os.environ) -> bool:
    """Use the demo's settings when none of ours is set. Returns whether they were used.

    A DATABASE_URL alone is enough to say "not the demo": its only database is its own file, and a command
    meant for another must not reach it.
    """
    if any(name == "DATABASE_URL" or name.startswith("SAMSKAPA_") for name in environ.keys() - PLACES):
        return False
    if not DEMO_ENV.exists():
        return False
    environ.update(read_env_file(DEMO_ENV))
    return True


def text(name: str, default: str | None = None) -> str:
    """The value of `name`; without a default a missing one is refused by name."""
    value = os.environ.get(name, default)
    if value is None:
        raise MissingSetting(f"{name} is not set: see docs/configuration.md")
    return value


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in TRUE


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]
