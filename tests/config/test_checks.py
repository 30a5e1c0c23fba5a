"""What `samskapa check --deploy` says of an installation that is, and is not, fit for real use."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.checks import ERROR, WARNING

from samskapa.config.checks import check_deployment


@pytest.fixture
def good(settings, tmp_path):
    settings.SITE_URL = "https://samskapa.example.org"
    settings.ALLOWED_HOSTS = ["samskapa.example.org"]
    settings.SECRET_KEY = "s" * 32
    settings.TRAIL_KEY = "t" * 32
    keys = tmp_path / "keys.env"
    keys.write_text(f"SAMSKAPA_FIELD_KEYS=k1:{'A' * 43}=\nSAMSKAPA_INDEX_KEYS=i1:{'A' * 43}=\n")
    keys.chmod(0o600)
    settings.KEYS_FILE = str(keys)
    settings.DEMO = False
    settings.MAIL_URL = "smtps://mail.example.org"
    settings.OPERATOR = {"name": "Region Ekliden", "email": "", "phone": "08-123 45 67"}
    return settings


def test_a_good_set_up_passes(good):
    assert check_deployment(None) == []


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("SECRET_KEY", "s" * 31, "samskapa.E001"),
        ("TRAIL_KEY", "t" * 31, "samskapa.E002"),
        ("TRAIL_KEY", "s" * 32, "samskapa.E002"),
        ("KEYS_FILE", "", "samskapa.E005"),
        ("KEYS_FILE", "/nowhere/keys.env", "samskapa.E005"),
        ("ALLOWED_HOSTS", ["other.example.org"], "samskapa.E003"),
        ("DEMO", True, "samskapa.E004"),
        ("SITE_URL", "http://samskapa.example.org", "samskapa.E007"),
        ("MAIL_URL", "file:///var/mail", "samskapa.E008"),
    ],
)
def test_each_fault_is_named(good, name, value, fault):
    setattr(good, name, value)
    assert [found.level for found in check_deployment(None)] == [ERROR]
    assert [found.id for found in check_deployment(None)] == [fault]


@pytest.mark.parametrize("missing", [{"name": ""}, {"phone": ""}])
def test_whoever_cannot_be_reached_about_accessibility_is_warned(good, missing):
    good.OPERATOR = good.OPERATOR | missing
    assert [(found.id, found.level) for found in check_deployment(None)] == [("samskapa.W002", WARNING)]


def test_a_demo_on_this_machine_alone_is_only_warned_of(good):
    good.DEMO, good.SITE_URL, good.ALLOWED_HOSTS = True, "http://localhost:8000", ["localhost"]
    assert [found.id for found in check_deployment(None) if found.level >= ERROR] == []
    assert "samskapa.W001" in [found.id for found in check_deployment(None)]
    assert "samskapa.E004" not in [found.id for found in check_deployment(None)]


@pytest.mark.parametrize(
    ("text", "mode", "fault"),
    [
        ("SAMSKAPA_FIELD_KEYS=k1:short\n", 0o600, "samskapa.E005"),
        ("", 0o600, "samskapa.E005"),
        (None, 0o640, "samskapa.E006"),
    ],
)
def test_a_ring_that_is_broken_empty_or_open_to_others_is_named(good, text, mode, fault):
    keys = Path(good.KEYS_FILE)
    if text is not None:
        keys.write_text(text)
    keys.chmod(mode)
    assert [found.id for found in check_deployment(None)] == [fault]
