"""`samskapa compile`: .po to .mo, without gettext and without Django."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import polib

#: The package, under which every app carries its own catalogues.
PACKAGE = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser("samskapa compile", description=__doc__)
    parser.parse_args(arguments)
    done = compile_changed()
    print(f"Compiled {len(done)} catalogues." if done else "Every catalogue is compiled already.")
    return 0


def compile_changed(package: Path = PACKAGE) -> list[Path]:
    """Compile each catalogue below `package` that is newer than its compiled file; returns those."""
    done = []
    for catalogue in sorted(package.glob("**/locale/*/LC_MESSAGES/*.po")):
        compiled = catalogue.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns > catalogue.stat().st_mtime_ns:
            continue
        # Written beside and moved into place: several processes may compile at once, others may be reading.
        half = compiled.with_suffix(f".{os.getpid()}.mo")
        polib.pofile(str(catalogue)).save_as_mofile(str(half))
        half.replace(compiled)
        done.append(catalogue)
    return done
