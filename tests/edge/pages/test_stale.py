"""What was typed is not lost when the log-in ended, or the form's stamp grew old, while one wrote."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.factories.organisations import log_in
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
FROM_US = {"HTTP_ORIGIN": "http://testserver"}
TYPED = {"name": "Åsa <Öberg>", "phone": "070-123 45 67", "language": "sv"}


def sent_again(page: str) -> dict[str, str]:
    form = re.search(r'(?s)<form method="post" action="/konto/profil/".*?</form>', page)
    assert form is not None
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


def test_who_is_logged_out_while_writing_gets_the_words_and_a_way_in(client):
    answer = client.post("/konto/profil/", TYPED | {"password": "hemligt ord"}, **FROM_US)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Du är inte inloggad längre" in page
    assert 'href="/konto/logga-in/" target="_blank"' in page
    assert "hemligt ord" not in page
    again = sent_again(page)
    assert again.pop("csrfmiddlewaretoken")
    assert again == TYPED | {"name": "Åsa &lt;Öberg&gt;"}

    person = make_person("Anna")
    log_in(client, person)
    assert client.post("/konto/profil/", TYPED, **FROM_US).status_code == 302
    person.refresh_from_db()
    assert person.name == "Åsa <Öberg>"


def test_who_typed_nothing_or_comes_from_another_site_is_sent_to_log_in(client):
    for answer in (
        client.post("/konto/profil/", {}, **FROM_US),
        client.post("/konto/profil/", TYPED),
        client.post("/konto/profil/", TYPED, HTTP_ORIGIN="http://elsewhere.example"),
        client.post("/konto/profil/", TYPED, HTTP_ORIGIN="http://[bad"),
    ):
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/konto/logga-in/")


def test_an_old_stamp_is_told_and_the_words_are_kept_with_a_new_one():
    strict = Client(enforce_csrf_checks=True)
    log_in(strict, make_person("Anna"))
    answer = strict.post("/konto/profil/", TYPED | {"csrfmiddlewaretoken": "x" * 64}, **FROM_US)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Skicka en gång till" in page
    again = sent_again(page)
    assert strict.post("/konto/profil/", TYPED | again, **FROM_US).status_code == 302
    for elsewhere in ("http://elsewhere.example", "http://[bad"):
        assert strict.post("/konto/profil/", TYPED, HTTP_ORIGIN=elsewhere).status_code == 403
