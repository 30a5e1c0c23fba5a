"""Seconds of `make demo`, cold and warm, in a clean copy of what is committed; and the bytes of the start page."""

from __future__ import annotations

import gzip
import os
import re
import signal
import socket
import subprocess
import tempfile
import urllib.request
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urljoin, urlsplit

ROOT = Path(__file__).parents[1]
PATIENCE = 600
KINDS = {
    ".css": "styles",
    ".js": "scripts",
    ".woff2": "fonts",
    ".svg": "pictures",
    ".png": "pictures",
    ".ico": "pictures",
}


def measure() -> dict:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "samskapa"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(copy)], check=True)
        cold, page = _run(copy, look=False)
        warm, page = _run(copy, look=True)
    return {"cold": cold, "warm": warm, "start page": page}


def _run(copy: Path, *, look: bool) -> tuple[float, dict[str, int]]:
    """Seconds from `make demo` to the first answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("SAMSKAPA_", "DJANGO_", "DATABASE_", "PYTHONPATH"))
    }
    began = monotonic()
    process = subprocess.Popen(
        ["make", "demo", f"PORT={port}"], cwd=copy, env=environment, stdout=subprocess.DEVNULL, process_group=0
    )
    base = f"http://localhost:{port}/"
    try:
        while True:
            assert process.poll() is None, "make demo ended"
            assert monotonic() - began < PATIENCE
            try:
                urllib.request.urlopen(base, timeout=5).close()
                break
            except OSError:
                sleep(0.1)
        seconds = monotonic() - began
        return seconds, weigh(base) if look else {}
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)


def weigh(base: str) -> dict[str, int]:
    """Bytes over the wire of the start page and of all that it and its styles name, by kind; as a browser asks for it.

    Of the fonts, those a page in Swedish needs: the extended range is loaded only when a letter of it is there.
    """
    sizes: dict[str, int] = {}
    html = _get(base, sizes, "page")
    wanted = [urljoin(base, path) for path in re.findall(r'<(?:link|script|img)[^>]*?(?:href|src)="([^"]+)"', html)]
    wanted = [url for url in dict.fromkeys(wanted) if Path(urlsplit(url).path).suffix in KINDS]
    for url in wanted:
        assert urlsplit(url).netloc == urlsplit(base).netloc, url
        text = _get(url, sizes, KINDS[Path(urlsplit(url).path).suffix])
        for face in re.findall(r"@font-face\s*{[^}]*}", text) if url.endswith(".css") else []:
            source, reach = re.search(r"url\([\"']?([^)\"']+)", face), re.search(r"unicode-range:\s*(\S+)", face)
            font = urljoin(url, source.group(1)) if source else ""
            if font and font not in wanted and (reach is None or reach.group(1).startswith("U+0000-")):
                wanted.append(font)
    return sizes


def _get(url: str, sizes: dict[str, int], kind: str) -> str:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        body = answer.read()
        sizes[kind] = sizes.get(kind, 0) + len(body)
        if answer.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
    return body.decode("utf-8", "replace")
