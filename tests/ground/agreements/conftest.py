"""The example's agreements are written on a day of their own; sentences leave out the year of that day."""

import pytest

from samskapa.ground.language.templatetags import reader
from tests.factories.agreements import NOW


@pytest.fixture(autouse=True)
def _read_in_the_year_it_was_written(monkeypatch):
    monkeypatch.setattr(reader, "_today", lambda: NOW.date())
