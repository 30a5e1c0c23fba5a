"""What it costs to take in a list, beside reading the same file with the plain library and doing nothing with it.

`python -m benchmarks.importing [ROWS]`: seconds of processor time for each step, for CSV and XLSX, and the ratio of
rates; then how long it takes to find a name in a group of that size. PostgreSQL where DATABASE_URL names one (the
database's own work is not in our processor time there).
"""

from __future__ import annotations

import csv
import io
import os
import sys
import tempfile
from collections.abc import Callable
from time import process_time
from typing import Any

ROWS = 10_000
HEADINGS = [
    *("Förnamn", "Efternamn", "E-post", "Telefon", "Kommun", "Ålder"),
    *("Kön", "Roll", "Språk", "Behov", "Erfarenhet"),
]


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "SAMSKAPA_SECRET_KEY": "only-for-the-benchmarks-" + "x" * 40,
            "SAMSKAPA_VAR": folder,
            "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/importing.sqlite3",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        for kind in ("csv", "xlsx"):
            measure(kind, rows)


def people(rows: int, kind: str) -> list[list[str]]:
    return [
        [f"Förnamn{n}", "Efternamn", f"{kind}{n}@example.se", f"070-{n % 1000:03} {n % 100:02} {n // 100 % 100:02}",
         "Borg", str(20 + n % 60), "Kvinna", "Patient; närstående", "Svenska, engelska", "Hörslinga",
         "Jag har varit med om mycket i vården och vill att det blir bättre för andra."]
        for n in range(rows)
    ]  # fmt: skip


def measure(kind: str, rows: int) -> None:
    from openpyxl import load_workbook

    from samskapa.cocreate.importing.domain import guess
    from samskapa.cocreate.importing.queries.words import our_headings
    from samskapa.cocreate.importing.services import making, receiving
    from samskapa.cocreate.pool.queries.finding import find
    from samskapa.ground.documents.forms import table_received
    from samskapa.ground.figures.services.files import Sheet, as_csv, as_xlsx
    from tests.factories.importing import SOURCE, YES, work_off
    from tests.factories.organisations import NOW
    from tests.factories.pool import make_group

    group, by = make_group()
    table: list[list[Any]] = [HEADINGS, *people(rows, kind)]
    content = as_csv(table) if kind == "csv" else as_xlsx([Sheet("Blad1", table, [])])

    def plainly() -> None:
        if kind == "csv":
            assert sum(1 for _row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")) > rows
        else:
            book = load_workbook(io.BytesIO(content), read_only=True)
            assert sum(1 for _row in book.worksheets[0].iter_rows(values_only=True)) > rows

    plain = timed(plainly)
    one = receiving.receive(group, file=table_received(f"lista.{kind}", content, most_bytes=10**8), by=by, now=NOW)
    steps = {"read": timed(lambda: work_off(one))}
    one.refresh_from_db()
    receiving.say_columns(one, mapping=guess(one.headings, our_headings()), source=SOURCE, by=by, now=NOW)
    steps["look"] = timed(lambda: work_off(one))
    making.begin_to_make(one, **YES, by=by, now=NOW)
    steps["take in"] = timed(lambda: work_off(one))
    whole = sum(steps.values())
    told = ", ".join(f"{name} {spent:.1f} s" for name, spent in steps.items())
    found = timed(lambda: len(find(group, {"words": "efternamm"}, NOW.date())))
    print(
        f"{kind}, {rows:,} rows, {group.members.count():,} came in: plain reading {plain:.3f} s; {told}; "
        f"all {whole:.1f} s; rate {plain / whole:.3f} of plain reading, reading alone {plain / steps['read']:.3f}; "
        f"a name is found in {found * 1000:.0f} ms of processor time",
        flush=True,
    )


def timed(do: Callable[[], Any]) -> float:
    """Seconds of processor time."""
    spent = process_time()
    do()
    return process_time() - spent


if __name__ == "__main__":
    main()
