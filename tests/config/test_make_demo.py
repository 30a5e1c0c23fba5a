"""`make demo` as a stranger meets it: a clean copy, a first start, a stop, a second start."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project_files import ROOT, project_files

pytestmark = pytest.mark.demo
#: Seconds. The first start fetches and installs packages; STACK.md measured 15 on a bare machine.
FIRST, SECOND, STOP = 180, 20, 20


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The files of the project, without anything that was made from them."""
    folder = tmp_path_factory.mktemp("clean") / "samskapa"
    for path in project_files():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    return folder


def processes_of(folder: Path) -> list[int]:
    """Every living process that stands in `folder`."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if Path(os.readlink(entry / "cwd")).is_relative_to(folder):
                    found.append(int(entry.name))
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(copy: Path, port: int) -> Iterator[subprocess.Popen]:
    """`make demo` in a process group of its own; whatever is left of it when the test is over is killed."""
    # A DATABASE_URL that happens to be set must make no difference.
    env = os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:9/not-this-one"}
    for name in [name for name in env if name.startswith("SAMSKAPA_")]:
        del env[name]
    with (copy.parent / "output").open("w") as output:
        demo = subprocess.Popen(
            ["make", "demo", f"PORT={port}"],
            cwd=copy,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield demo
    finally:
        for pid in processes_of(copy):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        demo.wait()


def said(copy: Path) -> str:
    return (copy.parent / "output").read_text()


def get(port: int, path: str, host: str = "127.0.0.1") -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(f"http://{host}:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def wait_until_up(copy: Path, demo: subprocess.Popen, port: int, within: float) -> None:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        assert demo.poll() is None, said(copy)
        with contextlib.suppress(OSError):
            if get(port, "/healthz")[0] == 200 and f"http://localhost:{port}/" in said(copy):
                return
        time.sleep(0.1)
    pytest.fail(f"not up within {within} s:\n{said(copy)}")


def stop(copy: Path, demo: subprocess.Popen, number: int = signal.SIGTERM) -> None:
    """Signal the process group, and hold that nothing is left."""
    os.killpg(demo.pid, number)
    demo.wait(STOP)
    deadline = time.monotonic() + STOP
    while left := processes_of(copy):
        assert time.monotonic() < deadline, f"left: {left}"
        time.sleep(0.05)


def wait_for(file: Path, copy: Path, demo: subprocess.Popen) -> None:
    deadline = time.monotonic() + FIRST
    while not file.exists():
        assert demo.poll() is None, said(copy)
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("moment", [".venv/bin/python", "var/samskapa.sqlite3"])
def test_killed_while_it_installs_or_migrates_it_leaves_no_process(copy, moment):
    with running(copy, free_port()) as demo:
        wait_for(copy / moment, copy, demo)
        stop(copy, demo)


def test_the_first_start_after_that_works(copy):
    port = free_port()
    with running(copy, port) as demo:
        wait_until_up(copy, demo, port, FIRST)
        for host in ("127.0.0.1", "localhost"):
            assert json.loads(get(port, "/healthz", host)[1]) == {"database": "ok", "migrations": "ok"}
        assert (copy / "var" / "demo.env").stat().st_mode & 0o777 == 0o600
        files = (copy / "var").iterdir()
        assert [f.name for f in files if f.suffix in (".sqlite3", ".db", ".sqlite")] == ["samskapa.sqlite3"]
        stop(copy, demo)


def test_a_second_start_takes_seconds_shows_the_start_page_and_ctrl_c_stops_it(copy):
    port = free_port()
    with running(copy, port) as demo:
        wait_until_up(copy, demo, port, SECOND)
        status, page = get(port, "/")
        stop(copy, demo, signal.SIGINT)
    assert status == 200
    assert b'lang="sv"' in page


def test_the_command_works_on_what_the_demo_made(copy):
    env = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    for arguments in (["--help"], ["check"], ["worker", "--drain"], ["migrate", "--check"]):
        done = subprocess.run([".venv/bin/samskapa", *arguments], cwd=copy, env=env, capture_output=True, text=True)
        assert done.returncode == 0, (arguments, done.stderr)


def test_reset_begins_anew(copy):
    subprocess.run(["make", "demo-reset"], cwd=copy, check=True, capture_output=True)
    assert not (copy / "var" / "samskapa.sqlite3").exists()
    assert not (copy / "var" / "demo.env").exists()
