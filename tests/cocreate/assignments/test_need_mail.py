"""Every mail about a need can be written, in both languages, with its link and its reason."""

from __future__ import annotations

import pytest

from samskapa.ground.core.domain import Recipient
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.core.services.mail import queue_mail, written
from tests.factories.organisations import NOW

PARAMS = {
    "title": "Kallelsen\r\nBcc: alla@example.se",
    "unit": "Medicinkliniken",
    "need_id": 7,
    "answered": 7,
    "important": 9,
    "reason": "Bra början. Hur <länge> varar det?",
    "comments": [{"part": "why", "text": "Vem ringer?"}],
    "closes_on": "2026-12-07",
    "answer_by": "2026-12-21",
    "changed_by_coordinator": True,
}
KINDS = {
    "need_sent": "7 av 9 viktiga frågor",
    "need_sent_back": "Varför: Vem ringer?",
    "need_published": "7 december",
    "need_cancelled": "Hur <länge> varar det?",
    "need_unit": "Medicinkliniken",
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_says_what_why_and_where(kind, language):
    queue_mail(f"assignments/{kind}", to="ulla@example.se", key=kind, now=NOW, **PARAMS)
    letter = written(OutboxMail.objects.get(), Recipient("ulla@example.se", "Ulla", language), now=NOW)
    assert "\n" not in letter.subject
    assert "Kallelsen Bcc" in letter.subject
    assert "/uppdrag/behov/7/" in letter.body
    assert ("Du får det här" if language == "sv" else "You get this because") in letter.body
    if language == "sv":
        assert KINDS[kind] in letter.body
