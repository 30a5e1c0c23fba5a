"""Clients at once: `python -m benchmarks.load PORT CLIENTS SECONDS COOKIE PATH COOKIE PATH...`, as JSON. The paths are
asked in turns, round after round, so that what else the machine does meets them alike."""

from __future__ import annotations

import http.client
import json
import sys
import threading
from statistics import median, quantiles
from time import monotonic, perf_counter

ROUNDS = 3


def ask(port: int, cookie: str, path: str, until: float, times: list[float], faults: list[str]) -> None:
    """One client with one connection, asking again as soon as it has been answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": f"sessionid={cookie}"} if cookie else {}
    while monotonic() < until:
        began = perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        times.append((perf_counter() - began) * 1000)
        if answer.status != 200:
            faults.append(f"{path}: {answer.status}")
    connection.close()


def one_round(port: int, cookie: str, path: str, clients: int, seconds: float) -> dict[str, float]:
    times: list[float] = []
    faults: list[str] = []
    until = monotonic() + seconds
    threads = [threading.Thread(target=ask, args=(port, cookie, path, until, times, faults)) for _ in range(clients)]
    began = monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults, faults[:3]
    return {"rps": len(times) / (monotonic() - began), "p50": median(times), "p95": quantiles(times, n=20)[-1]}


def main(port: str, clients: str, seconds: str, *asked: str) -> dict[str, dict[str, float]]:
    pages = list(zip(asked[1::2], asked[::2], strict=True))
    rounds: dict[str, list[dict[str, float]]] = {path: [] for path, _ in pages}
    for path, cookie in pages:
        one_round(int(port), cookie, path, 4, 1.0)  # warm
    for _ in range(ROUNDS):
        for path, cookie in pages:
            rounds[path].append(one_round(int(port), cookie, path, int(clients), float(seconds)))
    return {path: {key: median(r[key] for r in found) for key in found[0]} for path, found in rounds.items()}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
