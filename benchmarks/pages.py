"""Queries and server time of pages: `python -m benchmarks.pages`, which reads requests from its standard input, one
JSON list [cookie, path, times] a line, and answers each with a line of JSON."""

from __future__ import annotations

import json
import sys
from time import perf_counter

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402


def measure(cookie: str, path: str, times: int) -> dict:
    """The number of queries, and milliseconds in the server for each of `times` requests."""
    client = Client()
    if cookie:
        client.cookies["sessionid"] = cookie
    with CaptureQueriesContext(connection) as said:
        answer = client.get(path)
    queries = len(said)
    assert answer.status_code == 200, (path, answer.status_code)
    taken = []
    for _ in range(times):
        began = perf_counter()
        client.get(path)
        taken.append((perf_counter() - began) * 1000)
    return {"queries": queries, "ms": taken}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(measure(*json.loads(line))), flush=True)
