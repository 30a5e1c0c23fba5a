"""GET /healthz, asked of real databases: in order, without tables, and out of reach."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse

ASK = """
import json, django
django.setup()
from django.test import Client
answer = Client(HTTP_COOKIE="sessionid=abc").get("/healthz", HTTP_HOST="10.0.0.7")
print(json.dumps([answer.status_code, answer.json()]))
"""


def ask_in_a_process(database_url: str) -> tuple[int, dict]:
    """The status and JSON of /healthz in a service of its own on `database_url`."""
    env = os.environ | {
        "DATABASE_URL": database_url,
        "SAMSKAPA_SECRET_KEY": "x" * 50,
        "DJANGO_SETTINGS_MODULE": "samskapa.config.settings",
        "PYTHONPATH": "src",
    }
    done = subprocess.run([sys.executable, "-c", ASK], env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    status, body = json.loads(done.stdout)
    return status, body


@pytest.mark.django_db
def test_all_is_well(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "migrations": "ok"})
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_migration_that_has_not_run_is_counted(client):
    MigrationRecorder(connection).record_unapplied("contenttypes", "0002_remove_content_type_name")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"database": "ok", "migrations": "1 missing"})


@pytest.mark.django_db
def test_neither_session_nor_person_is_read(client, django_assert_num_queries):
    client.cookies["sessionid"] = "abc"
    with django_assert_num_queries(3):  # SELECT 1; is there a table of migrations; which
        answer = client.get("/healthz")
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies


@pytest.mark.django_db
def test_it_is_only_for_reading(client):
    assert client.post("/healthz").status_code == 405
    assert client.head("/healthz").status_code == 200


def test_its_name_has_no_namespace():
    assert reverse("healthz") == "/healthz"


def test_a_database_without_tables_is_not_in_order(tmp_path):
    sqlite3.connect(tmp_path / "empty.sqlite3").close()
    status, body = ask_in_a_process(f"sqlite:///{tmp_path}/empty.sqlite3")
    assert (status, body["database"]) == (503, "ok")
    missing, word = body["migrations"].split()
    assert (word, int(missing) > 10) == ("missing", True)


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.sqlite3", "postgres://nobody@127.0.0.1:9/none"])
def test_a_database_out_of_reach_is_told_without_saying_where_it_is(url):
    assert ask_in_a_process(url) == (503, {"database": "unreachable", "migrations": "unknown"})
