"""The operator's page after a restore: that mail is held, how much, and what to do."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from samskapa.ground.core.services import queue_mail
from samskapa.ground.core.services.holding import hold_mail
from samskapa.ground.organisations.domain import Role
from tests.factories.organisations import log_in, make_grant, make_region_tree
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    person = make_person()
    log_in(client, person, make_grant(person, Role.OPERATOR, make_region_tree().nation))

    def read() -> str:
        answer = client.get(reverse("pages:operations"))
        return re.sub(r"\s+", " ", answer.content.decode())

    return read


def test_where_mail_is_held_the_page_says_so_and_how_much(page):
    assert "Mejl hålls kvar" not in page()
    now = timezone.now()
    for number in range(2):
        queue_mail("organisations/invitation", to="a@example.se", key=f"{number}", now=now)
    hold_mail(now=now)

    text = page()
    assert "Mejl hålls kvar" in text
    assert "2 mejl väntar." in text
    assert "<code>samskapa mail release</code>" in text
