"""Files of `NAME=value` lines: read, and changed as one whole."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path


def read_env_file(path: Path) -> dict[str, str]:
    """Return the `NAME=value` lines of `path`; blank lines and `#` comments are left out."""
    pairs = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, sign, value = line.strip().partition("=")
        if sign and not name.startswith("#"):
            pairs[name.strip()] = value.strip()
    return pairs


def change_env_file(
    path: Path, change: Callable[[dict[str, str]], None], *, mode: int | None = None, heading: str = ""
) -> dict[str, str]:
    """Let `change` alter the pairs of `path` in place, and write them back as one whole; returns them.

    Comments, order and owner are kept; so is the mode, unless one is given (a new file gets 0600). Whoever reads
    meanwhile sees all of the old or all of the new. Others who change it by this function wait their turn.
    heading: the first line of a new file. Nothing is written when `change` raises.
    """
    path = path.resolve()
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        before = path.stat() if path.exists() else None
        lines = path.read_text(encoding="utf-8").splitlines() if before else [f"# {heading}"] * bool(heading)
        pairs = read_env_file(path) if before else {}
        change(pairs)
        half = path.with_name(f"{path.name}.half")
        half.unlink(missing_ok=True)
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in _lines_with(lines, pairs))
            if before and (before.st_uid, before.st_gid) != (os.getuid(), os.getgid()):
                os.fchown(file.fileno(), before.st_uid, before.st_gid)
            os.fchmod(file.fileno(), mode if mode is not None else before.st_mode & 0o777 if before else 0o600)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
        os.fsync(folder)
        return pairs
    finally:
        os.close(folder)


def _lines_with(lines: list[str], pairs: dict[str, str]) -> list[str]:
    """The lines with the values of `pairs`: each name once, where it stood; new ones last; those gone left out."""
    left, kept = dict(pairs), []
    for line in lines:
        name, sign, _ = line.strip().partition("=")
        name = name.strip()
        if not sign or name.startswith("#"):
            kept.append(line)
        elif name in left:
            kept.append(f"{name}={left.pop(name)}")
    return kept + [f"{name}={value}" for name, value in left.items()]
