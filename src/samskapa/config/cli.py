"""The `samskapa` command. What needs no database does not start Django."""

from __future__ import annotations

import os
import sys


def main(argv: list[str] | None = None) -> int:
    argv = sys.argv[1:] if argv is None else argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samskapa.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["samskapa", *argv])
    return 0


if __name__ == "__main__":
    sys.exit(main())
