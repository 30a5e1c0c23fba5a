"""While a backup is put back every page says so, in plain words, and reads nothing."""

from __future__ import annotations

import pytest

from samskapa.ground.core.services.maintenance import alone


@pytest.fixture
def closed(settings, tmp_path):
    settings.MAINTENANCE = str(tmp_path / "maintenance")
    with alone():
        yield


@pytest.mark.parametrize("address", ["/", "/uppdrag/lista.json", "/konto/logga-in/", "/finns-inte/"])
def test_a_page_says_that_it_will_be_back(client, closed, address):
    """Without a database: this test has none."""
    answer = client.get(address)

    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "60", "no-store")
    assert "<h1>Vi lägger tillbaka en säkerhetskopia</h1>" in answer.content.decode()
    assert client.post(address, {"text": "x"}).status_code == 503
    assert not answer.cookies


def test_whoever_watches_is_told_why(client, closed):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (503, {"database": "being restored", "migrations": "unknown"})


def test_static_files_and_health_do_not_wait(client, closed):
    assert client.get("/static/design/favicon.svg").status_code == 200


@pytest.mark.django_db
def test_afterwards_all_is_as_ever(client, settings, tmp_path):
    settings.MAINTENANCE = str(tmp_path / "maintenance")
    with alone():
        assert client.get("/").status_code == 503
    assert client.get("/").status_code == 200
    assert client.get("/healthz").status_code == 200
