"""What `samskapa check --deploy` says of an installation that is, and is not, fit for real use."""

from __future__ import annotations

import pytest
from django.core.checks import ERROR

from samskapa.config.checks import check_deployment


@pytest.fixture
def good(settings):
    settings.SITE_URL = "https://samskapa.example.org"
    settings.ALLOWED_HOSTS = ["samskapa.example.org"]
    settings.SECRET_KEY = "s" * 32
    settings.TRAIL_KEY = "t" * 32
    settings.DEMO = False
    settings.MAIL_URL = "smtps://mail.example.org"
    return settings


def test_a_good_set_up_passes(good):
    assert check_deployment(None) == []


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("SECRET_KEY", "s" * 31, "samskapa.E001"),
        ("TRAIL_KEY", "t" * 31, "samskapa.E002"),
        ("TRAIL_KEY", "s" * 32, "samskapa.E002"),
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


def test_a_demo_on_this_machine_alone_is_only_warned_of(good):
    good.DEMO, good.SITE_URL, good.ALLOWED_HOSTS = True, "http://localhost:8000", ["localhost"]
    assert [found.id for found in check_deployment(None) if found.level >= ERROR] == []
    assert "samskapa.W001" in [found.id for found in check_deployment(None)]
    assert "samskapa.E004" not in [found.id for found in check_deployment(None)]


def test_an_e_id_key_of_its_own_is_asked_for_where_there_are_brokers(good):
    good.EID_BROKERS, good.EID_KEY = {"freja": None}, good.SECRET_KEY
    assert [found.id for found in check_deployment(None)] == ["samskapa.E009"]
    good.EID_KEY = "e" * 32
    assert check_deployment(None) == []
