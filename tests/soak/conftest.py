from __future__ import annotations

import os

import pytest

from tests.soak.house import House, drop_database, empty_database


@pytest.fixture
def house(tmp_path):
    """An empty house whose processes are gone afterwards, whatever happened."""
    url = empty_database(tmp_path, f"samskapa_soak_{os.getpid()}")
    house = House(folder=tmp_path, database_url=url)
    try:
        house.migrate()
        yield house
    finally:
        house.kill_all()
        drop_database(url)
