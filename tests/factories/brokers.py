"""e-ID brokers for tests: real OpenID providers (node), started once and installed outside the checkout."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import requests

from samskapa.ground.people.domain.eid import Broker

HERE = Path(__file__).parents[1] / "ground" / "people" / "oidc"
SITE = "http://localhost:8000"
SECRET = "a-secret:with/odd+signs-in-it"


class RunningBroker:
    """A broker that answers. `play` says whom it identifies from now on, and how surely."""

    def __init__(self, name: str, folder: Path, site: str = SITE) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.issuer = f"http://127.0.0.1:{port}"
        self.settings = Broker(name, name.capitalize(), self.issuer, "samskapa", SECRET)
        back = f"{site}/konto/e-legitimation/{name}/tillbaka/"
        self.process = subprocess.Popen(
            ["node", str(HERE / "provider.mjs"), str(folder), str(port), back],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout
        for line in self.process.stdout:
            if line.strip() == "up":
                return
        raise RuntimeError(f"the broker ended with {self.process.wait()}")

    def play(self, **part: str) -> None:
        requests.post(f"{self.issuer}/play", json=part, timeout=10).raise_for_status()

    def walk(self, address: str) -> str:
        """Go where the browser would go, until the broker sends it back to us; returns that address."""
        with requests.Session() as browser:
            for _step in range(10):
                answer = browser.get(address, allow_redirects=False, timeout=10)
                assert answer.is_redirect, (answer.status_code, answer.text[:300])
                address = urljoin(address, answer.headers["Location"])
                if f"{urlsplit(address).scheme}://{urlsplit(address).netloc}" == SITE:
                    return address
        raise AssertionError("the broker never sent us back")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


def installed() -> Path:
    """The folder that holds the provider's packages; fetched once for each lock file. Skips where that cannot be."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("left out: no Node and npm, which the OpenID provider runs on")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.lstrip("v").partition(".")[0]) < 20:
        pytest.skip(f"left out: the OpenID provider wants Node 20 or later, not {version.strip()}")
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "samskapa" / f"oidc-{lock}"
    if not folder.exists():
        making = folder.with_name(f"{folder.name}.{os.getpid()}")
        making.mkdir(parents=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(HERE / name, making)
        done = subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=making, capture_output=True, text=True
        )
        if done.returncode:
            shutil.rmtree(making)
            pytest.skip("left out: npm could not fetch the OpenID provider")
        try:
            making.rename(folder)
        except OSError:  # another process was first
            shutil.rmtree(making)
    return folder
