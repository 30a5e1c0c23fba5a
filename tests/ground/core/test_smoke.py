import pytest
from datetime import UTC, datetime
from samskapa.ground.core.services import publish, queue_mail, drain
from samskapa.ground.core.models import *

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_all(settings, tmp_path):
    settings.SLOTS = {"mail_recipient": "tests.ground.core.listeners.mail_recipient"}
    settings.REACTIONS = {
        "tests.x": ["tests.ground.core.listeners.note", "tests.ground.core.listeners.stumble"]
    }
    settings.SCHEDULE = ["tests.ground.core.listeners.each_minute"]
    settings.MAIL_URL = f"file://{tmp_path}"
    publish("tests.x", now=NOW, number=3)
    print(drain(NOW))
    print(list(AuditEntry.objects.all()))
    assert AuditEntry.objects.count() == 2
