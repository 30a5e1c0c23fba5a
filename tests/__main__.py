"""`python -m tests`: everything that this machine can run. What is left out is said in one line each.

SQLite always; PostgreSQL too where DATABASE_URL names one. Arguments go to pytest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def main(arguments: list[str]) -> int:
    url = os.environ.get("DATABASE_URL", "")
    on_postgresql = url.startswith(("postgres://", "postgresql://"))
    without = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}

    worst = run("SQLite", without, "not soak and not demo and not postgres", arguments)
    if on_postgresql:
        worst = max(worst, run("PostgreSQL", dict(os.environ), "not soak and not demo", arguments))
    else:
        print("Left out: PostgreSQL, because DATABASE_URL names none.")
    if not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        print("Left out: the browser, because Chromium is not installed.")
    print("Left out: the soaks (`make soak`) and the demo in a clean copy (`.ci/run`).")
    return worst


def run(database: str, environment: dict[str, str], marks: str, arguments: list[str]) -> int:
    print(f"--- {database}", flush=True)
    command = [sys.executable, "-m", "pytest", "-n", "2", "-m", marks, *arguments]
    return subprocess.run(command, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
