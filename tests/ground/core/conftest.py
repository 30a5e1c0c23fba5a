"""Append-only tables refuse the flush between transactional tests, so it is lifted for just that moment."""

from __future__ import annotations

from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import TransactionTestCase

from samskapa.ground.core.models import AppendOnly, append_only_sql


@contextmanager
def append_only_lifted():
    """Let every append-only table be emptied, and make it refuse again afterwards."""
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)]

    def run(which: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for table in tables:
                for statement in append_only_sql(table, connection.vendor)[which]:
                    cursor.execute(statement)

    run(1)
    try:
        yield
    finally:
        run(0)


@pytest.fixture(autouse=True, scope="session")
def _flush_may_empty_append_only_tables():
    teardown = TransactionTestCase._fixture_teardown

    def lifted(self):
        with append_only_lifted():
            teardown(self)

    TransactionTestCase._fixture_teardown = lifted
    yield
    TransactionTestCase._fixture_teardown = teardown


@pytest.fixture(autouse=True)
def tables(settings, tmp_path):
    """The visible tables of config, with the tests' own listeners in them, and mail as files in a folder."""
    settings.REACTIONS = {
        "tests.one": ["tests.ground.core.listeners.note"],
        "tests.two": ["tests.ground.core.listeners.note", "tests.ground.core.listeners.note_too"],
        "tests.nobody": [],
    }
    settings.SCHEDULE = []
    settings.SLOTS = {"mail_recipient": "tests.ground.core.listeners.mail_recipient"}
    settings.MAIL_URL = f"file://{tmp_path / 'mail'}"
    settings.SITE_URL = "https://samskapa.example"
    settings.DEFAULT_FROM_EMAIL = "Samskapa <samskapa@example.org>"
    templates = Path(__file__).parent / "templates"
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    ("django.template.loaders.filesystem.Loader", [templates]),
                    "django.template.loaders.app_directories.Loader",
                ],
                "builtins": ["django.templatetags.i18n"],
            },
        }
    ]
    return tmp_path


@pytest.fixture
def letters(tables):
    """The mail that has left, by file name, as parsed messages."""

    def read() -> dict:
        return {
            path.name: message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in sorted((tables / "mail").glob("*.eml"))
        }

    return read
