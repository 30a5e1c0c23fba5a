"""The scanner is asked by clamd's protocol; when it does not say yes, nothing is kept."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
import time
from hashlib import md5

import pytest
from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.documents.domain import Infected, ScannerSilent, received
from samskapa.ground.documents.models import Upload
from samskapa.ground.documents.services import keep_upload
from samskapa.ground.documents.services.scanning import CHUNK, scan
from tests.factories.files import EICAR

pytestmark = pytest.mark.django_db
CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")


class Scanner:
    """Speaks the protocol on a socket: keeps what it was sent, and answers what it was told to."""

    def __init__(self, answer: bytes) -> None:
        self.answer, self.sent = answer, b""
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self.socket.getsockname()[1]}"
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        connection, _ = self.socket.accept()
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while length := int.from_bytes(stream.read(4), "big"):
                self.sent += stream.read(length)
            connection.sendall(self.answer)

    def close(self) -> None:
        self.socket.close()
        self.thread.join(5)


@pytest.fixture
def answering(settings):
    made = []

    def make(answer: bytes) -> Scanner:
        made.append(Scanner(answer))
        settings.CLAMD = made[-1].address
        return made[-1]

    yield make
    for scanner in made:
        scanner.close()


def test_without_a_scanner_nothing_is_called_scanned(settings):
    settings.CLAMD = ""
    assert scan(b"abc") is False


@pytest.mark.parametrize("length", [1, CHUNK, CHUNK + 1])
def test_it_is_sent_every_byte(answering, length):
    scanner = answering(b"stream: OK\0")
    content = bytes(range(256)) * (length // 256 + 1)
    assert scan(content[:length]) is True
    assert scanner.sent == content[:length]


def test_what_it_knows_is_not_kept(answering, settings, tmp_path):
    settings.FILES_FOLDER = str(tmp_path)
    answering(b"stream: Eicar-Test-Signature FOUND\0")
    with pytest.raises(Infected):
        keep_upload(received("a.txt", EICAR, most_bytes=1000), by=SYSTEM, now=timezone.now())
    assert not Upload.objects.exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK and more\0"])
def test_anything_but_a_yes_keeps_nothing(answering, answer):
    answering(answer)
    with pytest.raises(ScannerSilent):
        scan(b"abc")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "unix:///nowhere/clamd.ctl"])
def test_nobody_at_home_keeps_nothing(settings, address):
    settings.CLAMD = address
    with pytest.raises(ScannerSilent):
        scan(b"abc")


@pytest.mark.skipif(CLAMD is None, reason="clamd is not installed")
def test_the_real_clamd(settings, tmp_path):
    """With a database of one virus: the real one is hundreds of megabytes, and only the protocol is ours."""
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "test.hdb").write_text(f"{md5(EICAR).hexdigest()}:{len(EICAR)}:Eicar-Test\n")
    conf = tmp_path / "clamd.conf"
    conf.write_text(f"LocalSocket {tmp_path}/s\nDatabaseDirectory {tmp_path}/db\nForeground yes\n")
    process = subprocess.Popen([CLAMD, "-c", str(conf)], stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    try:
        give_up_at = time.monotonic() + 30
        while not (tmp_path / "s").exists():
            assert process.poll() is None
            assert time.monotonic() < give_up_at
            time.sleep(0.05)
        settings.CLAMD = f"unix://{tmp_path}/s"
        assert scan(b"harmless") is True
        with pytest.raises(Infected):
            scan(EICAR)
    finally:
        process.terminate()
        process.wait(20)
