"""Whether time tells which addresses have an account: the same questions about one that has and one that has not.

`python -m benchmarks.guessing`: medians in milliseconds and their ratio, for a code, a password and a forgotten one.
"""

from __future__ import annotations

import os
import sys
import tempfile
from statistics import median
from time import perf_counter

TURNS = 60


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "SAMSKAPA_SECRET_KEY": "only-for-the-benchmarks-" + "x" * 40,
            "SAMSKAPA_VAR": folder,
            "SAMSKAPA_HOSTS": "testserver",
            "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/guessing.sqlite3",
        }
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        from samskapa.config.cli.compile import compile_changed
        from samskapa.config.cli.demo import collect_static_if_changed

        compile_changed()
        collect_static_if_changed()
        call_command("migrate", verbosity=0)
        settings.ACCOUNT_RATE_LIMITS = False
        measure()


def measure() -> None:
    from django.test import Client

    from tests.factories.people import PASSWORD, make_person

    make_person(email="known@example.se", password=PASSWORD)
    make_person(email="without@example.se")
    questions = {
        "a code": ("/konto/logga-in/", {"how": "code"}, "login"),
        "a wrong password": ("/konto/logga-in/", {"how": "password", "password": "fel lösenord här"}, "login"),
        "a forgotten password": ("/konto/losenord/glomt/", {}, "email"),
    }
    for what, (path, fields, name) in questions.items():
        took: dict[str, list[float]] = {"known": [], "without": [], "nobody": []}
        for _turn in range(TURNS):
            for who, times in took.items():
                client = Client()
                began = perf_counter()
                client.post(path, fields | {name: f"{who}@example.se"})
                times.append((perf_counter() - began) * 1000)
        middle = {who: median(times[5:]) for who, times in took.items()}
        ratio = max(middle.values()) / min(middle.values())
        told = ", ".join(f"{who} {value:.1f} ms" for who, value in middle.items())
        sys.stdout.write(f"{what}: {told}; the slowest is {ratio:.2f} of the fastest\n")


if __name__ == "__main__":
    main()
