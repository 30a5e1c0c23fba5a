"""`samskapa backup` and `samskapa restore` as processes of their own: a whole region, both databases, kill -9."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.db import connection

from samskapa.ground.core.queries.backups import opened
from samskapa.ground.core.queries.tables import same_json
from samskapa.ground.core.services.maintenance import is_closed
from tests.soak.house import House, database, drop_database

pytestmark = pytest.mark.django_db(transaction=True)

#: What a restore itself adds to.
GROWN = {"core_auditentry", "core_mailhold"}
#: The seals of their backups are tried here, so the key is the same.
WITH = {"SAMSKAPA_TRAIL_KEY": "only-for-tests-trail", "SAMSKAPA_DEMO": "1"}
START = """
import sys, django; django.setup()
from django.core.management import call_command
from django.utils import timezone
"""
#: FILE: a region with people at every stage and a trail in its chain, backed up.
FILL = (
    START
    + """
from samskapa.ground.core.services import link_all
call_command("load_reference", verbosity=0)
call_command("demo_data", verbosity=0)
link_all(now=timezone.now())
call_command("backup", sys.argv[1])
"""
)
#: FILE: backs it up, then is asked whether all is well, and makes a person, who gets a new number.
WORKS = (
    START
    + """
from django.test import Client
from samskapa.ground.people.models import Person
from tests.factories.people import make_person
call_command("backup", sys.argv[1])
answer = Client().get("/healthz")
known = set(Person.objects.values_list("pk", flat=True))
assert make_person().pk > max(known)
print(answer.status_code, answer.json())
"""
)
#: FILE OTHER: so many rows that SQLite cannot hold them back until the end; then a few more, in OTHER alone.
MANY = (
    START
    + """
from tests.ground.core.assorted.models import Named
Named.objects.bulk_create([Named(name=f"{number:040}") for number in range(40_000)], batch_size=2000)
call_command("backup", sys.argv[1])
Named.objects.bulk_create([Named(name=name) for name in "abc"])
call_command("backup", sys.argv[2])
"""
)


@pytest.fixture
def houses(tmp_path):
    """Makes houses whose database is like the tests' own, on the server or in a file: migrated, and empty."""
    made: list[House] = []

    def make(name: str, *, on: str = connection.vendor) -> House:
        folder = tmp_path / name
        folder.mkdir()
        if on == connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(folder / f"{name}.sqlite3")])
            url = f"sqlite:///{folder / f'{name}.sqlite3'}"
        elif on == "postgresql":
            like = f"/{connection.settings_dict['NAME']}"
            connection.close()  # a database that somebody is in cannot be copied
            url = database(folder, f"samskapa_backup_{os.getpid()}_{name}", like=like)
        else:
            url = f"sqlite:///{folder / f'{name}.sqlite3'}"
        house = House(folder, url, settings="tests.settings", more=WITH)
        made.append(house)
        if on != connection.vendor:
            house.migrate()
        return house

    yield make
    for house in made:
        house.kill_all()
        drop_database(house.database_url)


def samskapa(house: House, *arguments: str) -> str:
    return house.run("-m", "samskapa.config.cli", *arguments)


def tables_in(path: Path) -> dict[str, tuple[int, str]]:
    with opened(path) as backup:
        return {name: (told["rows"], told["digest"]) for name, told in backup.tables.items()}


def trail_in(path: Path) -> list[list]:
    """The trail's rows, their details in one form whatever the database."""
    with opened(path) as backup:
        at = backup.tables["core_auditentry"]["columns"].index("details")
        rows = list(backup.rows_of("core_auditentry"))
    return [[*row[:at], same_json(row[at]), *row[at + 1 :]] for row in rows]


def moved(path: Path, there: House) -> Path:
    """Put `path` back in `there`, and back that up: the two are the same, but for what tells of it."""
    said = samskapa(there, "restore", str(path))
    assert re.search(r"is back: \d+ tables, \d+ rows, \d+ files, each compared\.", said)
    assert "The trail is whole." in said
    second = there.folder / "second"
    assert there.run("-c", WORKS, str(second)).endswith("200 {'database': 'ok', 'migrations': 'ok'}\n")
    before, after = tables_in(path), tables_in(second)
    assert {name for name in before if before[name] != after[name]} == GROWN
    assert after["core_mailhold"][0] == 1
    trail = trail_in(second)
    assert trail[:-1] == trail_in(path)
    assert "core.restored" in trail[-1]
    return second


def test_a_region_moves_to_another_database(houses, tmp_path):
    houses("source").run("-c", FILL, str(tmp_path / "file"))
    tables = tables_in(tmp_path / "file")
    assert sum(rows > 0 for rows, _ in tables.values()) > 25  # every app has something
    assert tables["assignments_agreement"][0] >= 1

    moved(tmp_path / "file", houses("target"))


@pytest.mark.postgres
def test_a_region_moves_from_one_kind_of_database_to_the_other_and_back(houses, tmp_path):
    houses("source").run("-c", FILL, str(tmp_path / "file"))

    in_a_file = moved(tmp_path / "file", houses("target", on="sqlite"))
    moved_back = houses("back")
    samskapa(moved_back, "restore", str(in_a_file))
    samskapa(moved_back, "backup", str(tmp_path / "third"))

    first, third = tables_in(tmp_path / "file"), tables_in(tmp_path / "third")
    assert {name for name in first if first[name] != third[name]} == GROWN


def test_killed_in_the_middle_the_old_data_are_whole_and_the_service_works(houses, tmp_path, settings):
    house = houses("house")
    settings.MAINTENANCE = str(house.folder / "maintenance")
    house.run("-c", MANY, str(tmp_path / "file"), str(tmp_path / "before"))

    for moment in (is_closed, lambda: is_writing(house)):
        house.start("restore", "-m", "samskapa.config.cli", "restore", str(tmp_path / "file"), "--yes")
        wait_until(moment)
        house.kill("restore")
        assert (house.folder / "maintenance").exists()  # it had not come to its end
        assert house.rows("SELECT count(*) FROM assorted_named") == [(40_003,)]

    samskapa(house, "backup", str(tmp_path / "after"))  # refused, were the door still locked
    before, after = tables_in(tmp_path / "before"), tables_in(tmp_path / "after")
    assert {name for name in before if before[name] != after[name]} == {"core_auditentry"}  # the earlier backup's row
    samskapa(house, "restore", str(tmp_path / "file"), "--yes")
    assert house.rows("SELECT count(*) FROM assorted_named") == [(40_000,)]
    assert not (house.folder / "maintenance").exists()


def wait_until(moment: Callable[[], bool], patience: float = 30) -> None:
    give_up_at = monotonic() + patience
    while not moment():
        assert monotonic() < give_up_at, "no restore has come so far"
        sleep(0.002)


def is_writing(house: House) -> bool:
    """Whether somebody has written what is not committed: after that it is all compared, so the end is far away."""
    if house.database_url.startswith("postgres"):
        return house.rows(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_xid IS NOT NULL AND pid <> pg_backend_pid())"
        ) == [(True,)]
    log = Path(f"{house.database_url.removeprefix('sqlite:///')}-wal")
    return log.exists() and log.stat().st_size > 0
