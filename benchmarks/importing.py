"""What it costs to take in a list, beside reading the same file with the plain library and doing nothing with it.

`python -m benchmarks.importing [ROWS]`: seconds of processor time for each step, for CSV and XLSX, and the ratio of
rates; then the floor, which is the same rows put in once more ready made; and how long it takes to find a name in a
group of that size. PostgreSQL where DATABASE_URL names one (its own work is not in our processor time, so the whole is
told by the clock too).
"""

from __future__ import annotations

import csv
import io
import os
import sys
import tempfile
from collections.abc import Callable
from time import perf_counter, process_time
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
        [f"Förnamn{n}", "Efternamn", f"{kind}{n}@example.se",
         f"07{n // 10**7}-{n // 10**4 % 10**3:03} {n // 100 % 100:02} {n % 100:02}",  # nobody has another's number
         "Borg", str(20 + n % 60), "Kvinna", "Patient; närstående", "Svenska, engelska", "Hörslinga",
         "Jag har varit med om mycket i vården och vill att det blir bättre för andra."]
        for n in range(rows)
    ]  # fmt: skip


def measure(kind: str, rows: int) -> None:
    from django.db import connection
    from openpyxl import load_workbook

    from samskapa.cocreate.importing.domain import guess
    from samskapa.cocreate.importing.queries.words import our_headings
    from samskapa.cocreate.importing.services import making, receiving
    from samskapa.cocreate.pool.queries.finding import find
    from samskapa.cocreate.pool.services import naming
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
    began = perf_counter()
    one = receiving.receive(group, file=table_received(f"lista.{kind}", content, most_bytes=10**9), by=by, now=NOW)
    steps = {"read": timed(lambda: work_off(one))}
    one.refresh_from_db()
    receiving.say_columns(one, mapping=guess(one.headings, our_headings()), source=SOURCE, by=by, now=NOW)
    steps["look"] = timed(lambda: work_off(one))
    making.begin_to_make(one, **YES, by=by, now=NOW)
    steps["take in"] = timed(lambda: work_off(one))
    whole, clock = sum(steps.values()), perf_counter() - began
    told = ", ".join(f"{name} {spent:.2f} s" for name, spent in steps.items())
    naming.make_sheets(group)
    found = timed(lambda: len(find(group, {"words": "efternamm"}, NOW.date())))
    count, least = floor(group, one)
    print(
        f"{kind}, {connection.vendor}, {rows:,} rows, {group.members.count():,} came in: plain reading {plain:.3f} s; "
        f"{told}; all {whole:.2f} s ({clock:.1f} by the clock), {whole / rows * 1000:.2f} ms a row; "
        f"rate {plain / whole:.4f} of plain reading, reading alone {plain / steps['read']:.3f}; "
        f"the same {count:,} rows put in ready made: {least:.2f} s, rate {plain / least:.4f}; "
        f"a name is found in {found * 1000:.0f} ms of processor time",
        flush=True,
    )


class _Back(Exception):
    """Nothing of it stays."""


def floor(group: Any, one: Any) -> tuple[int, float]:
    """How many rows came in, without those of the trail, and how many seconds of processor time it takes to put them
    in once more when nothing has to be read, made or encrypted."""
    from django.db import connection, transaction

    from samskapa.cocreate.importing.models import Origin
    from samskapa.cocreate.pool.models import Consent, Member, Move, Reply, Tag
    from samskapa.ground.helping.models import Registered
    from samskapa.ground.people.models import Person

    members = Member.objects.filter(group=group).values("pk")
    people = Member.objects.filter(group=group).values("person")
    taken = {
        Person: {"pk__in": people}, Registered: {"person__in": people}, Member: {"group": group.pk},
        Consent: {"group": group.pk}, Tag: {"member__in": members}, Reply: {"member__in": members},
        Move: {"member__in": members}, Origin: {"of": one.pk},
    }  # fmt: skip
    rows = {}
    with connection.cursor() as cursor:
        for model, which in taken.items():
            ids = model.objects.filter(**which).order_by().values("pk").query
            columns = ", ".join(f'"{field.column}"' for field in model._meta.local_fields)
            table, key = model._meta.db_table, model._meta.pk.column
            sql, values = ids.sql_with_params()
            cursor.execute(f'SELECT {columns} FROM "{table}" WHERE "{key}" IN ({sql})', values)
            rows[model] = (f'"{table}" ({columns})', cursor.fetchall())
    spent = 0.0
    try:
        with transaction.atomic():
            for model in reversed(taken):
                with connection.cursor() as cursor:
                    ids = [row[0] for row in rows[model][1]]
                    for at in range(0, len(ids), 500):
                        some = ", ".join(map(str, ids[at : at + 500]))
                        cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE id IN ({some})')
            with connection.cursor() as cursor:
                began = process_time()
                for into, found in rows.values():
                    put_in(cursor, into, found)
                spent = process_time() - began
            raise _Back
    except _Back:
        return sum(len(found) for _into, found in rows.values()), spent


def put_in(cursor: Any, into: str, rows: list[tuple]) -> None:
    if cursor.db.vendor == "postgresql":
        with cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    elif rows:
        cursor.executemany(f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(rows[0]))})", rows)


def timed(do: Callable[[], Any]) -> float:
    """Seconds of processor time."""
    spent = process_time()
    do()
    return process_time() - spent


if __name__ == "__main__":
    main()
