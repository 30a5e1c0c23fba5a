"""Which files are the project: what git holds or is about to; without git, what is not made by running it."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MADE = {".git", ".venv", "var", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}


def project_files() -> list[Path]:
    """Absolute paths, sorted."""
    command = [
        "git",
        "-c",
        f"safe.directory={ROOT}",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0:
        files = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        files = [path for path in ROOT.rglob("*") if not MADE & set(path.parts) and path.suffix != ".mo"]
    return sorted(path for path in files if path.is_file())


def mail_templates() -> list[str]:
    """Every kind of mail that there is a template for, "app/name", in order; what they are made of is none."""
    files = (ROOT / "src").glob("samskapa/*/*/templates/*/mail/*.txt")
    return sorted(f"{file.parts[-3]}/{file.stem}" for file in files if file.stem != "base")
