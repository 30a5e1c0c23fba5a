"""Tables of config with the tests' own listeners, and the letters that have left."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def tables(settings, tmp_path):
    """The visible tables of config, with the tests' own listeners in them, and mail as files in a folder."""
    settings.REACTIONS = {
        "tests.one": ["tests.ground.core.listeners.note"],
        "tests.two": ["tests.ground.core.listeners.note", "tests.ground.core.listeners.note_too"],
        "tests.nobody": [],
    }
    settings.SCHEDULE = []
    settings.SLOTS = {
        "mail_recipient": "tests.ground.core.listeners.mail_recipient",
        "mail_to_address": "tests.ground.core.listeners.gets_mail",
    }
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
