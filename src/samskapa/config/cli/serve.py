"""`samskapa serve`: the production server, and the worker beside it if asked; none outlives this process."""

from __future__ import annotations

import argparse
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from samskapa.config.environment import VAR

#: How long server and worker may finish what they hold, in seconds.
GRACE = 15
_PR_SET_PDEATHSIG = 1  # prctl(2)
#: Asks this machine itself, also where the environment names a proxy for the world outside.
_straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser("samskapa serve", description="The production server (gunicorn).")
    parser.add_argument("--port", type=port_number, default=8000, help="8000")
    parser.add_argument("--host", default="localhost", help="an address of this machine; localhost: IPv4 and IPv6")
    parser.add_argument("--workers", type=int, default=2, help="processes, with four threads each (2)")
    parser.add_argument("--with-worker", action="store_true", help="run `samskapa worker` beside it")
    asked = parser.parse_args(arguments)
    if not refuse_taken_port(asked.host, asked.port):
        return 1
    if not refuse_unsafe_set_up():
        return 1
    count_together(asked.port)
    commands = [gunicorn(asked.host, asked.port, asked.workers)]
    if asked.with_worker:
        commands.append([sys.executable, "-m", "samskapa.config.cli", "worker"])
    return run_together(commands, ready=lambda: announce(asked.host, asked.port))


def count_together(port: int) -> None:
    """Give the processes of the server one folder to count in; what an earlier server counted there is gone."""
    folder = VAR / "metrics" / str(port)
    shutil.rmtree(folder, ignore_errors=True)
    if os.environ.get("SAMSKAPA_METRICS_TOKEN"):
        folder.mkdir(parents=True)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def gunicorn(host: str, port: int, workers: int) -> list[str]:
    binds = [part for address in addresses(host, port) for part in ("--bind", address)]
    return [
        *(sys.executable, "-m", "gunicorn", "samskapa.config.wsgi"),
        *("--worker-class", "gthread", "--workers", str(workers), "--threads", "4"),
        *("--graceful-timeout", "10", "--log-level", "warning"),
        "--no-control-socket",  # it would lie in the home folder
        *binds,
    ]


def addresses(host: str, port: int) -> list[str]:
    """Where to listen. A browser may take "localhost" for 127.0.0.1 or for ::1, so there it is both."""
    if host == "localhost":
        return [f"127.0.0.1:{port}"] + ([f"[::1]:{port}"] if _has_ipv6() else [])
    return [f"[{host}]:{port}" if ":" in host else f"{host}:{port}"]


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def refuse_taken_port(host: str, port: int) -> bool:
    """False, and one clear line, when `port` cannot be listened on."""
    for address in addresses(host, port):
        name = address.rpartition(":")[0].strip("[]")
        try:
            with socket.socket(socket.AF_INET6 if ":" in name else socket.AF_INET, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((name, port))
        except OSError as error:
            print(
                f"samskapa: cannot listen on {name}, port {port}: {error.strerror}. Choose another port.",
                file=sys.stderr,
            )
            return False
    return True


def refuse_unsafe_set_up() -> bool:
    """False, with each reason and how to mend it, where the set-up is not fit for real people (`config/checks.py`).

    A process of its own: this one stays small, and knows nothing of Django.
    """
    check = [sys.executable, "-m", "samskapa.config.cli", "check", "--deploy", "--tag", "security"]
    done = subprocess.run([*check, "--fail-level", "ERROR"], capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)
        print("samskapa: not started, because of the errors above. docs/configuration.md tells more.", file=sys.stderr)
    return done.returncode == 0


def port_number(text: str) -> int:
    port = int(text)
    if not 1 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return port


def announce(host: str, port: int) -> bool:
    """Whether the server answers; says so the first time it does."""
    name = "localhost" if host in ("localhost", "0.0.0.0", "::") else host  # noqa: S104
    address = f"http://{f'[{name}]' if ':' in name else name}:{port}/"
    try:
        _straight.open(f"{address}healthz", timeout=5).close()
    except urllib.error.HTTPError:
        pass  # an answer, too
    except OSError:
        return False
    print(f"\n  {address}   (Ctrl-C: stop)\n", flush=True)
    return True


def run_together(commands: list[list[str]], *, ready=lambda: True) -> int:
    """Run `commands` until INT, TERM or HUP comes, or one of them ends; then stop all.

    Returns 0 if we were asked to stop, else 1. `ready` is asked until it says yes. Each child gets its own
    process group, so that Ctrl-C reaches us alone and is passed on once; the kernel ends it if we are killed.
    """
    asked_to_stop: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: asked_to_stop.append(received))
    children: list[subprocess.Popen] = []
    try:
        for command in commands:
            if not asked_to_stop:
                children.append(start(command))
        is_ready = False
        while not asked_to_stop and all(child.poll() is None for child in children):
            is_ready = is_ready or ready()
            time.sleep(0.2)
    finally:
        ended = [child for child in children if child.poll() is not None]
        _stop(children)
    if asked_to_stop:
        return 0
    for command, child in zip(commands, children, strict=False):
        if child in ended:
            said = " ".join(command[2:4])
            print(f"samskapa: stopped, because `{said}` ended with {child.returncode}.", file=sys.stderr)
    return 1


def start(command: list[str]) -> subprocess.Popen:
    parent = os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def die_with_parent() -> None:
        if prctl:
            prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
            if os.getppid() != parent:  # it died before we asked
                os._exit(1)

    return subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=0, preexec_fn=die_with_parent)


def _stop(children: list[subprocess.Popen]) -> None:
    deadline = time.monotonic() + GRACE
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
