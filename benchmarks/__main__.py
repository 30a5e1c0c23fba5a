"""Measures, and writes what it found into docs/performance.md between the marks.

--full: 10,000 assignments too. --only NAME: pages, load, members, backup or demo. Nothing here asserts seconds: one
machine's are no other's. PostgreSQL is measured where DATABASE_URL names one; databases of our own are made there and
removed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import socket
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import monotonic, sleep

from benchmarks import demo
from tests.soak.house import database, drop_database
from tests.soak.test_journey_kills import command, descendants

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "performance.md"
CLIENTS, SECONDS = 32, 5
#: The pages that many ask for at once; benchmarks/urls.py has a constant page for each.
LOADED = [
    "list, logged in",
    "assignment, logged in",
    "the work, representative",
    "my involvement",
    "what it led to",
    "figures, month",
]
#: The coordinator's pages of a resource group, each with a constant page; and of how many assignments and members.
OF_MEMBERS = [
    "members",
    "members, the last page",
    "members, chosen by four answers",
    "members, a name misspelt",
    "members, two names",
    "members, own words",
    "members, own words and an answer",
    "members, own words misspelt",
    "members who wait",
    "who fits",
    "who fits, three criteria",
    "desk",
]
GROUPS = [(100, 100), (1000, 10_000)]
#: Turns of three requests to each page at each size.
TURNS = 8


def environment(url: str, folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMSKAPA_")}
    return kept | {
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DATABASE_URL": url,
        "SAMSKAPA_SECRET_KEY": "only-for-the-benchmarks-" + "x" * 40,
        "SAMSKAPA_VAR": str(folder),
        "SAMSKAPA_HOSTS": "localhost,127.0.0.1,testserver",
    }


def run(env: dict[str, str], *arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{arguments}: {done.stderr[-3000:]}")
    return done.stdout


def prepared(folder: Path, url: str, size: int, members: int | None = None) -> Path:
    """A migrated database with `size` assignments, and `members` in a group (None: as many); returns the file that says
    who looks at which page."""
    env = environment(url, folder)
    run(env, "-m", "samskapa.config.cli", "migrate", "-v0", "--skip-checks")
    run(env, "-c", "import django; django.setup()\nfrom samskapa.config.cli.compile import compile_changed\n"
        "compile_changed()\nfrom samskapa.config.cli.demo import collect_static_if_changed as c; c()")  # fmt: skip
    began = monotonic()
    pages = folder / "pages.json"
    pages.write_text(run(env, "-m", "benchmarks.fill", str(size), str(members or size)).splitlines()[-1])
    print(f"  {size} assignments filled in {monotonic() - began:.0f} s", flush=True)
    return pages


def measure_pages(sizes: list[int]) -> str:
    """A table per database: queries, and the median relative to the smallest size. All sizes are measured in turns, a
    few requests at a time, so that what else the machine does meets them alike."""
    said = []
    for kind, with_url in databases():
        with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
            asked: dict[int, tuple[subprocess.Popen, dict]] = {}
            for size in sizes:
                folder = Path(name) / str(size)
                folder.mkdir()
                url = with_url(folder, size)
                stack.callback(drop_database, url)
                pages = json.loads(prepared(folder, url, size).read_text())
                process = subprocess.Popen(
                    [sys.executable, "-m", "benchmarks.pages"],
                    cwd=ROOT, env=environment(url, folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                )  # fmt: skip
                stack.callback(end, process)
                asked[size] = process, pages
            said.append(page_table(kind, sizes, in_turns(asked)))
    return "\n\n".join(said)


def end(process: subprocess.Popen) -> None:
    process.stdin.close()
    process.wait(timeout=30)
    process.stdout.close()


def in_turns(asked: dict[int, tuple[subprocess.Popen, dict]]) -> dict[int, dict[str, dict]]:
    """Size -> page -> queries and the median of milliseconds. The first turn fills caches and is not counted."""
    found: dict[int, dict[str, dict]] = {size: {} for size in asked}
    names = list(next(iter(asked.values()))[1])
    for turn in range(TURNS + 1):
        for name in names:
            for size, (process, pages) in asked.items():
                process.stdin.write(json.dumps([*pages[name], 3]) + "\n")
                process.stdin.flush()
                answer = json.loads(process.stdout.readline())
                if turn:
                    row = found[size].setdefault(name, {"queries": answer["queries"], "all": []})
                    row["all"] += answer["ms"]
    for rows in found.values():
        for row in rows.values():
            row["ms"] = median(row["all"])
    return found


def page_table(kind: str, sizes: list[int], found: dict) -> str:
    first = sizes[0]
    heads = ["Page", *(f"queries at {size:,}" for size in sizes), f"ms at {first:,}"]
    heads += [f"{size:,} / {first:,}" for size in sizes[1:]]
    lines = [f"**{kind}**", "", "| " + " | ".join(heads) + " |", "|---" + "|---:" * (len(heads) - 1) + "|"]
    for name in found[first]:
        cells = [name, *(str(found[size][name]["queries"]) for size in sizes), f"{found[first][name]['ms']:.0f}"]
        cells += [f"{found[size][name]['ms'] / found[first][name]['ms']:.2f}" for size in sizes[1:]]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def databases():
    yield "SQLite", lambda folder, size: f"sqlite:///{folder / f'bench-{size}.sqlite3'}"
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        yield "PostgreSQL", lambda folder, size: database(folder, f"samskapa_bench_{os.getpid()}_{size}")
    else:
        print("Left out: PostgreSQL, because DATABASE_URL names none.")


def measure_load(size: int) -> str:
    lines = [
        f"{CLIENTS} clients, {size:,} assignments, `samskapa serve --with-worker` (2 processes with 4 threads) on"
        " one core, the clients on the other. A ratio is the page against its constant page: requests a second"
        " (more is better), 95th percentile (less is better).",
        "",
        "| Database | Page | requests/s | constant page | ratio | p95 ms | constant page | ratio |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    memory = [
        "Memory after that, in MB (PSS: what processes share is split between them):",
        "",
        "| Database | `serve` itself | server, 3 processes | worker |",
        "|---|---:|---:|---:|",
    ]
    for kind, with_url in databases():
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            url = with_url(folder, size)
            try:
                rows, used = _load(kind, folder, url, size)
                lines += rows
                memory.append(f"| {kind} | {used['serve']:.0f} | {used['server']:.0f} | {used['worker']:.0f} |")
            finally:
                drop_database(url)
    return "\n".join([*lines, "", *memory])


def measure_members() -> str:
    """Each page of a resource group under load, small and large, beside its constant page."""
    lines = [
        f"{CLIENTS} clients, a group of {' and of '.join(f'{members:,}' for _size, members in GROUPS)} members"
        f" ({' and '.join(f'{size:,}' for size, _members in GROUPS)} assignments), served as above. A ratio is the page"
        " against its constant page.",
        "",
        "| Database | members | Page | requests/s | constant page | ratio | p95 ms | constant page | ratio |",
        "|---|---:|---|---:|---:|---:|---:|---:|---:|",
    ]
    for kind, with_url in databases():
        for size, members in GROUPS:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                url = with_url(folder, size)
                try:
                    lines += _load(f"{kind} | {members:,}", folder, url, size, names=OF_MEMBERS, members=members)[0]
                finally:
                    drop_database(url)
    return "\n".join(lines)


def memory_of(serve: int) -> dict[str, float]:
    """MB of the process `serve`, of gunicorn's below it, and of the worker's."""
    used = {"serve": pss(serve), "server": 0.0, "worker": 0.0}
    for pid in descendants(serve):
        used["server" if "gunicorn" in command(pid) else "worker"] += pss(pid)
    return used


def pss(pid: int) -> float:
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found.group(1)) / 1000 if found else 0.0


def _load(
    kind: str, folder: Path, url: str, size: int, *, names: list[str] = LOADED, members: int | None = None
) -> tuple[list[str], dict[str, float]]:
    pages = json.loads(prepared(folder, url, size, members).read_text())
    env = environment(url, folder)
    cores = sorted(os.sched_getaffinity(0))
    server_core, client_core = cores[0], cores[-1]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "samskapa.config.cli",
            "serve",
            "--with-worker",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
        ],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, {server_core}),
    )
    try:
        until_up(port)
        asked = [word for name in names for both in with_constant(pages[name]) for word in both]
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.load", str(port), str(CLIENTS), str(SECONDS), *asked],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, {client_core}),
        )
        if done.returncode:
            sys.exit(done.stderr[-3000:])
        found = json.loads(done.stdout)
        used = memory_of(server.pid)
    finally:
        server.terminate()
        server.wait(timeout=60)
    rows = []
    for name in names:
        a, b = (found[path] for _cookie, path in with_constant(pages[name]))
        rows.append(
            f"| {kind} | {name} | {a['rps']:.0f} | {b['rps']:.0f} | {a['rps'] / b['rps']:.2f}"
            f" | {a['p95']:.0f} | {b['p95']:.0f} | {a['p95'] / b['p95']:.2f} |"
        )
    return rows, used


def with_constant(page: list[str]) -> list[list[str]]:
    """The page and its constant page, each as cookie and path."""
    cookie, path = page
    return [[cookie, path], [cookie, f"/konstant{path}"]]


def until_up(port: int, patience: float = 60) -> None:
    give_up_at = monotonic() + patience
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return
        except OSError:
            if monotonic() > give_up_at:
                raise
            sleep(0.1)


def measure_backup(size: int) -> str:
    """Backup, and restore into another database that is empty; then that one's backup says the same of every table."""
    lines = [
        f"{size:,} assignments. Whole commands, with the start of Python and Django. A restore reads the whole file"
        " first, and in the end every row once more, to compare it.",
        "",
        "| From | To | rows | file, MB | backup, s | restore, s | rows/s, backup | rows/s, restore | tables equal |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        ways = list(databases())
        for kind, with_url in ways:
            folder = Path(name) / kind
            folder.mkdir()
            url = with_url(folder, size)
            stack.callback(drop_database, url)
            prepared(folder, url, size)
            file = folder / "backup"
            backing_up = _timed(url, folder, "backup", str(file))
            for other, with_other_url in ways:
                there = folder / other
                there.mkdir()
                target = with_other_url(there, size + 1)  # another name on the same server
                stack.callback(drop_database, target)
                run(environment(target, there), "-m", "samskapa.config.cli", "migrate", "-v0", "--skip-checks")
                restoring = _timed(target, there, "restore", str(file))
                _timed(target, there, "backup", str(there / "again"))
                first, again = _told(file), _told(there / "again")
                equal = sum(first[table] == again[table] for table in first if table not in _GROWN)
                rows = sum(told[0] for told in first.values())
                lines.append(
                    f"| {kind} | {other} | {rows:,} | {file.stat().st_size / 1e6:.1f} | {backing_up:.1f}"
                    f" | {restoring:.1f} | {rows / backing_up:,.0f} | {rows / restoring:,.0f}"
                    f" | {equal} of {len(first) - len(_GROWN)} |"
                )
                drop_database(target)
    return "\n".join(lines)


#: What a restore itself adds a row to.
_GROWN = {"core_auditentry", "core_mailhold"}


def _timed(url: str, folder: Path, *command: str) -> float:
    began = monotonic()
    run(environment(url, folder), "-m", "samskapa.config.cli", *command)
    return monotonic() - began


def _told(file: Path) -> dict[str, tuple[int, str]]:
    """Rows and digest of each table, as the backup tells."""
    with zipfile.ZipFile(file) as archive:
        tables = json.loads(archive.read("manifest.json"))["tables"]
    return {name: (told["rows"], told["digest"]) for name, told in tables.items()}


def measure_demo() -> str:
    found = demo.measure()
    page = found["start page"]
    parts = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in page.items())
    return "\n".join(
        [
            "| What | |",
            "|---|---:|",
            f"| `make demo` the first time, packages from the machine's cache or the network | {found['cold']:.0f} s |",
            f"| `make demo` again | {found['warm']:.1f} s |",
            f"| The start page over the wire (kB: {parts}) | {sum(page.values()) / 1000:.1f} kB |",
        ]
    )


def machine() -> str:
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    load = os.getloadavg()[0]
    name = model.group(1) if model else platform.machine()
    return (
        f"{datetime.now(UTC).date().isoformat()}, {os.cpu_count()} cores ({name}), Python {platform.python_version()}."
        f" The machine was shared with other work: {load:.1f} processes wanted to run when the measuring began."
        " Trust the ratios, which are taken side by side, more than the milliseconds."
    )


def write(section: str, text: str) -> None:
    """Put `text` between the marks of `section`."""
    before = DOCUMENT.read_text(encoding="utf-8")
    begin, end = f"<!-- {section}: begin -->", f"<!-- {section}: end -->"
    head, _, rest = before.partition(begin)
    tail = rest.partition(end)[2]
    DOCUMENT.write_text(f"{head}{begin}\n{text}\n{end}{tail}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="10,000 assignments too")
    parser.add_argument("--only", choices=["pages", "load", "members", "backup", "demo"])
    asked = parser.parse_args()
    sizes = [100, 1000, 10_000] if asked.full else [100, 1000]
    wanted = [asked.only] if asked.only else ["pages", "load", "members", "backup", "demo"]
    about = machine()
    for name in wanted:
        print(f"--- {name}", flush=True)
        measured = {
            "pages": lambda: measure_pages(sizes),
            "load": lambda: measure_load(sizes[-1]),
            "members": measure_members,
            "backup": lambda: measure_backup(sizes[-1]),
            "demo": measure_demo,
        }[name]()
        write(name, f"{about}\n\n{measured}")
        print(measured, flush=True)


if __name__ == "__main__":
    main()
