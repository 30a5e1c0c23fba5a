"""The server and its worker end together, whatever happens to whom."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from samskapa.config.cli import serve

#: A parent that runs two children; each writes its number to a file and waits to be told to stop.
PARENT = """
import sys
from samskapa.config.cli.serve import run_together
child = "import os, pathlib, signal; pathlib.Path(r'{folder}', str(os.getpid())).touch(); signal.pause()"
sys.exit(run_together([[sys.executable, "-c", child]] * 2))
"""


def is_running(pid: int) -> bool:
    """Whether the process lives; one that has ended and waits to be collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def until(holds, what: str):
    deadline = time.monotonic() + 20
    while not (answer := holds()):
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.02)
    return answer


@pytest.fixture
def family(tmp_path):
    """A running parent and the numbers of its two children."""
    parent = subprocess.Popen([sys.executable, "-c", PARENT.format(folder=tmp_path)], start_new_session=True)
    until(lambda: len(list(tmp_path.iterdir())) == 2, "the children")
    children = [int(file.name) for file in tmp_path.iterdir()]
    yield parent, children
    for pid in (parent.pid, *children):
        if is_running(pid):
            os.kill(pid, signal.SIGKILL)
    parent.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_asked_to_stop_it_stops_both_and_ends_well(family, number):
    parent, children = family
    os.killpg(parent.pid, number)
    assert parent.wait(20) == 0
    assert not any(map(is_running, children))


def test_when_one_dies_the_other_is_stopped_and_it_ends_badly(family):
    parent, children = family
    os.kill(children[0], signal.SIGKILL)
    assert parent.wait(20) == 1
    assert not is_running(children[1])


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux's")
def test_a_parent_killed_outright_leaves_no_child(family):
    parent, children = family
    parent.kill()
    parent.wait()
    until(lambda: not any(map(is_running, children)), "the children to end")


def test_localhost_is_both_families_and_another_host_is_itself(monkeypatch):
    monkeypatch.setattr(serve, "_has_ipv6", lambda: True)
    assert serve.addresses("localhost", 8000) == ["127.0.0.1:8000", "[::1]:8000"]
    assert serve.addresses("::", 80) == ["[::]:80"]
    assert serve.addresses("0.0.0.0", 80) == ["0.0.0.0:80"]
    monkeypatch.setattr(serve, "_has_ipv6", lambda: False)
    assert serve.addresses("localhost", 8000) == ["127.0.0.1:8000"]


def test_the_address_is_told_also_where_a_proxy_is_named_for_the_world_outside(capsys, monkeypatch):
    with socket.socket() as nobody, socket.socket() as server:
        nobody.bind(("127.0.0.1", 0))  # bound but not listening: whoever asks this way is refused
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{nobody.getsockname()[1]}")
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        answer = threading.Thread(target=answer_once, args=[server])
        answer.start()
        assert serve.announce("127.0.0.1", port)
        answer.join()
    assert f"http://127.0.0.1:{port}/ " in capsys.readouterr().out


def answer_once(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def test_a_taken_port_is_told_in_one_line(capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert serve.main(["--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"port {port}" in said


@pytest.mark.parametrize("port", ["0", "65536", "eight"])
def test_what_is_no_port_is_refused(port, capsys):
    with pytest.raises(SystemExit):
        serve.main(["--port", port])
    assert "--port" in capsys.readouterr().err


@pytest.mark.parametrize(("site", "starts"), [("http://samskapa.example.org", False), ("http://localhost:8000", True)])
def test_an_unsafe_set_up_is_refused_with_reason_and_mend(site, starts, monkeypatch, capfd):
    """On this machine alone one may try it out."""
    monkeypatch.setenv("SAMSKAPA_SECRET_KEY", "s" * 40)
    monkeypatch.setenv("SAMSKAPA_URL", site)
    assert serve.refuse_unsafe_set_up() is starts
    said = capfd.readouterr().err
    assert ("SAMSKAPA_URL does not begin with https://" in said) is not starts
    assert ("Put a proxy with TLS before it" in said) is not starts
