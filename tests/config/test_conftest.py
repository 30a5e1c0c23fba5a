"""What conftest.py promises every test."""

from __future__ import annotations

import socket

import pytest
from django.core.management import call_command
from django.db import Error, connection
from django.utils import timezone

from samskapa.ground.people.models import Session

SQLITE = """CREATE TRIGGER keep_sessions BEFORE DELETE ON people_session
BEGIN SELECT RAISE(ABORT, 'append-only'); END"""
POSTGRESQL = """CREATE FUNCTION keep_sessions() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only'; END $$;
CREATE TRIGGER keep_sessions BEFORE DELETE OR TRUNCATE ON people_session
FOR EACH STATEMENT EXECUTE FUNCTION keep_sessions()"""


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db(transaction=True)
def test_an_append_only_table_is_emptied_between_tests_and_stays_append_only():
    execute(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)
    try:
        Session.objects.create(session_key="a", session_data="", expire_date=timezone.now())
        call_command("flush", interactive=False, verbosity=0)  # what a transactional test ends with
        assert not Session.objects.exists()
        Session.objects.create(session_key="b", session_data="", expire_date=timezone.now())
        with pytest.raises(Error, match="append-only"):
            Session.objects.all().delete()
    finally:
        if connection.vendor == "sqlite":
            execute("DROP TRIGGER keep_sessions")
        else:
            execute("DROP FUNCTION keep_sessions() CASCADE")


@pytest.mark.parametrize("host", ["example.org", "192.0.2.1", "2001:db8::1"])
def test_a_test_cannot_leave_this_machine(host):
    with pytest.raises(RuntimeError, match="may only reach this machine"):
        socket.create_connection((host, 80), timeout=1)


def test_a_test_can_reach_this_machine():
    with socket.create_server(("localhost", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()
