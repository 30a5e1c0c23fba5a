"""Made-up people exist in the demo alone."""

from __future__ import annotations

import pytest

from samskapa.ground.core.models import OutboxMail
from tests.factories.organisations import log_in
from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def made_up():
    return make_person(email="inga@ekliden.example", password=PASSWORD, is_demo=True)


def enter_by_code(client, person):
    client.post("/konto/logga-in/", {"login": person.email, "how": "code"})
    mail = OutboxMail.objects.order_by("-pk").first()
    return client.post("/konto/kod/skriv/", {"code": mail.params.get("code", "123456"), "action": "verify"})


def test_they_do_not_get_in_with_a_code_outside_the_demo(client, made_up):
    enter_by_code(client, made_up)
    assert "_auth_user_id" not in client.session


def test_they_do_not_get_in_with_a_password_outside_the_demo(client, made_up):
    client.post("/konto/logga-in/", {"login": made_up.email, "how": "password", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_their_sessions_end_with_the_demo(client, made_up, settings):
    log_in(client, made_up)
    assert client.get("/mitt/").status_code == 302
    settings.DEMO = True
    assert client.get("/mitt/").status_code == 200


def test_in_the_demo_they_get_in(client, made_up, settings):
    settings.DEMO = True
    enter_by_code(client, made_up)
    assert client.session["_auth_user_id"] == str(made_up.pk)
