from __future__ import annotations

import os

import pytest

from tests.soak.house import House, database, drop_database


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """The address of a database with every table and no row; houses begin as copies of it."""
    folder = tmp_path_factory.mktemp("migrated")
    url = database(folder, f"samskapa_soak_{os.getpid()}_migrated")
    try:
        House(folder=folder, database_url=url).migrate()
        yield url
    finally:
        drop_database(url)


@pytest.fixture
def house(tmp_path, migrated):
    """A house with an empty database, whose processes are gone afterwards, whatever happened."""
    url = database(tmp_path, f"samskapa_soak_{os.getpid()}", like=migrated)
    house = House(folder=tmp_path, database_url=url)
    try:
        yield house
    finally:
        house.kill_all()
        drop_database(url)
