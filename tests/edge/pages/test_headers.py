"""What every answer says of itself to the browser, whatever it is."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.organisations import log_in
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

EVERYWHERE = ["/", "/finns-inte/", "/healthz", "/static/design/favicon.svg", "/uppdrag/lista.json", "/uppdrag/atom.xml"]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_closes_what_it_does_not_need(client, path):
    headers = client.get(path).headers
    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert (policy["default-src"], policy["form-action"], policy["frame-ancestors"]) == ("'none'", "'self'", "'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


@pytest.mark.parametrize("name", ["pages:start", "pages:my_page", "people:profile", "assignments:open"])
def test_what_is_read_while_logged_in_is_kept_nowhere(client, name):
    log_in(client, make_person())
    assert client.get(reverse(name))["Cache-Control"] == "private, no-store"


def test_the_answers_that_log_in_and_out_are_kept_nowhere_either(client):
    log_in(client, make_person())
    assert "no-store" in client.post(reverse("account_logout"))["Cache-Control"]


def test_what_everybody_reads_may_be_kept(client):
    assert "no-store" not in client.get("/").headers.get("Cache-Control", "")


def test_over_https_the_browser_is_told_to_stay_there(client, settings):
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    assert client.get("/", secure=True)["Strict-Transport-Security"] == "max-age=31536000"
