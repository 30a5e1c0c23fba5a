"""The `samskapa` command: one file a command, Django's own commands underneath.

What needs no database does not start Django: each command is imported when it is called.
"""

from __future__ import annotations

import importlib
import os
import sys

from samskapa import __version__
from samskapa.config.environment import MissingSetting

#: Ours: what it says in --help, and the module here whose `main(arguments)` runs it; "" where a Django
#: management command of the same name does.
COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("the production server; --with-worker runs the worker beside it", "serve"),
    "worker": ("background work: events, mail, jobs, the schedule; --drain runs until nothing is left", ""),
    "demo": ("a fictional region on http://localhost:8000/, in var/; --reset starts over", "demo"),
    "createowner": ("EMAIL: the first person, who may invite the others", ""),
    "keys": ("list, new, rotate, retire: what the database cannot read; rotates while the service runs", ""),
    "audit": ("verify: whether the trail is whole; names each row that was changed, removed or put in", ""),
    "backup": ("FILE: database and files in one file, while the service runs; the keys are not in it", ""),
    "restore": ("FILE: puts a backup back; refuses where something is, without --yes; mail is held until released", ""),
    "mail": ("held, release, drop: what waits in the outbox after a restore", ""),
    "retention": ("what is blanked or deleted next, and when; --now does what the worker does once a day", ""),
    "forget": ("PERSON: blanks everything about somebody that the law does not want kept; --sure does it", ""),
    "died": ("PERSON: somebody has died; stops every mail and letter to them; --undo where it was a mistake", ""),
    "check": ("looks for faults in the set-up; --deploy before real use", ""),
    "messages": ("updates the translation catalogues from the code; --check only looks", "messages"),
    "compile": ("compiles the translation catalogues that have changed", "compile"),
}


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code. `argv` is without the program's name."""
    argv = sys.argv[1:] if argv is None else argv
    if not argv or argv[0] in ("-h", "--help"):
        print(overview())
        return 0
    if argv[0] == "--version":
        print(f"samskapa {__version__}")
        return 0
    name, arguments = argv[0], argv[1:]
    module = COMMANDS.get(name, ("", ""))[1]
    try:
        if module:
            return importlib.import_module(f"samskapa.config.cli.{module}").main(arguments) or 0
        return run_django(argv)
    except MissingSetting as missing:
        print(f"samskapa: {missing}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {says}" for name, (says, _) in COMMANDS.items()]
    return "\n".join(
        [
            "samskapa COMMAND [...]",
            "",
            *lines,
            "",
            "Django's own commands work too (migrate, shell, dumpdata ...): `samskapa help` lists them.",
            "`samskapa COMMAND --help` tells more. Settings: docs/configuration.md.",
        ]
    )


def run_django(argv: list[str]) -> int:
    """Run one of Django's management commands, ours among them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samskapa.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["samskapa", *argv])
    return 0
