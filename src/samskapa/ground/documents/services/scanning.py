"""Asks a virus scanner (clamd's protocol, `man clamd`: INSTREAM), where one is set up."""

from __future__ import annotations

import logging
import socket
from urllib.parse import urlsplit

from django.conf import settings

from ..domain import Infected, ScannerSilent

log = logging.getLogger("samskapa.documents")
#: Seconds without a word before the scanner counts as silent: a person waits.
PATIENCE = 20
CHUNK = 64 * 1024


def scan(content: bytes) -> bool:
    """Whether the scanner has looked at it and found nothing; False where there is no scanner (SAMSKAPA_CLAMD).

    Raises Infected, and ScannerSilent where one is set up and does not say yes or no.
    """
    if not settings.CLAMD:
        return False
    try:
        with _connected(settings.CLAMD) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                chunk = content[start : start + CHUNK]
                connection.sendall(len(chunk).to_bytes(4, "big") + chunk)
            connection.sendall((0).to_bytes(4, "big"))
            said = _until_null(connection)
    except OSError as problem:
        log.error("scanner silent error=%s", type(problem).__name__)
        raise ScannerSilent from problem
    if said == b"stream: OK":
        return True
    if said.startswith(b"stream: ") and said.endswith(b" FOUND"):
        log.warning("scanner found what=%s", said[8:-6].decode("ascii", "replace"))
        raise Infected
    log.error("scanner gave up answer=%s", said[:80].decode("ascii", "replace").replace(" ", "_"))
    raise ScannerSilent


def _connected(address: str) -> socket.socket:
    """unix:///run/clamav/clamd.ctl, or tcp://host:3310."""
    where = urlsplit(address)
    if where.scheme == "tcp":
        return socket.create_connection((where.hostname or "localhost", where.port or 3310), timeout=PATIENCE)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(PATIENCE)
    try:
        connection.connect(where.path)
    except OSError:
        connection.close()
        raise
    return connection


def _until_null(connection: socket.socket) -> bytes:
    said = b""
    while not said.endswith(b"\0") and len(said) < 1024:
        piece = connection.recv(1024)
        if not piece:
            break
        said += piece
    return said.rstrip(b"\0")
