"""Danger in an answer: help at once; by name it is read, without a name nothing is noted and nobody says it is."""

from __future__ import annotations

import pytest

from samskapa.ground.concerns.models import Concern
from samskapa.ground.core.models import AuditEntry, OutboxMail
from tests.factories.surveys import link_of

pytestmark = pytest.mark.django_db
WORDS = {"words": "Jag vill inte leva längre.", "next_time": "Jag vill inte leva längre."}


def answer(visitor, asking, key: str):
    at = f"{link_of(asking.asked.get())}svara/{key}/"
    page = visitor.get(at).context["form"]
    field = next(name for name in page.fields if page.fields[name].widget.__class__.__name__ == "Textarea")
    return at, visitor.post(at, {page.add_prefix(field): WORDS[key]})


def test_an_answer_by_name_is_read_and_the_secret_of_the_link_is_not_kept(visitor, named):
    at, said = answer(visitor, named, "words")
    assert said["Location"].startswith("/hjalp-nu/?next=")
    assert "En samordnare läser det du skrev" in visitor.get(said["Location"]).content.decode()
    concern = Concern.objects.get()
    assert (concern.sign, concern.node_id, concern.extract) == ("danger", named.node_id, "Jag vill inte leva längre.")
    assert at.split("/")[2] not in concern.key


def test_an_anonymous_answer_shows_help_and_leaves_nothing(visitor, anonymous):
    before = AuditEntry.objects.count(), OutboxMail.objects.count()
    _, said = answer(visitor, anonymous, "next_time")
    page = visitor.get(said["Location"]).content.decode()
    assert said["Location"].startswith("/hjalp-nu/?next=")
    assert ">112</a>" in page
    assert "ingen här kan höra av sig till dig" in page
    assert "En samordnare läser" not in page
    assert not Concern.objects.exists()
    assert (AuditEntry.objects.count(), OutboxMail.objects.filter(kind__startswith="concerns/").count()) == (
        before[0],
        0,
    )
