"""A link to a file: one person's, for some minutes, and what a browser is told about it."""

from __future__ import annotations

import pytest
from django.core import signing
from django.utils import timezone

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.queries import trail_of
from samskapa.ground.documents import access
from samskapa.ground.documents.domain import received
from samskapa.ground.documents.queries import path_of
from samskapa.ground.documents.services import keep_upload, remove_upload
from tests.factories.files import PDF
from tests.factories.organisations import log_in
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person():
    return make_person()


@pytest.fixture
def actor(person):
    return Actor(person_id=person.pk)


@pytest.fixture
def upload(settings, tmp_path, actor):
    settings.FILES_FOLDER = str(tmp_path)
    return keep_upload(received("Kallelse åäö.pdf", PDF, most_bytes=1000), by=actor, now=timezone.now())


def test_the_file_comes_as_an_attachment_that_runs_nowhere(client, person, actor, upload):
    log_in(client, person)
    answer = client.get(access.link_to(upload, by=actor))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Kallelse%20%C3%A5%C3%A4%C3%B6.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    last = trail_of(upload).last()
    assert (last.action, last.person_id) == ("documents.upload_read", person.pk)


def test_it_opens_for_nobody_else_and_not_when_it_has_been_changed(client, upload, actor):
    link = access.link_to(upload, by=actor)
    assert client.get(link).status_code == 404
    log_in(client, make_person())
    assert client.get(link).status_code == 404
    assert client.get(link.replace("/fil/", "/fil/x")).status_code == 404


def test_a_link_for_anybody_opens_for_anybody_as_long_and_leaves_no_trace(client, actor, upload, monkeypatch):
    link = access.link_to(upload, by=Actor(), for_anybody=True)
    before = [entry.pk for entry in trail_of(upload)]
    for who in (None, make_person()):
        if who:
            log_in(client, who)
        answer = client.get(link)
        assert (answer.status_code, b"".join(answer.streaming_content)) == (200, PDF)
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
        assert answer["Cache-Control"] == "private, no-store"
    assert [entry.pk for entry in trail_of(upload)] == before
    assert access.link_to(upload, by=Actor()) == ""  # nobody's is only what the page says is everybody's
    monkeypatch.setattr(access, "HOLDS", -1)
    assert client.get(link).status_code == 410
    monkeypatch.undo()
    remove_upload(upload, by=actor, now=timezone.now())
    assert client.get(link).status_code == 404
    upload.refresh_from_db()
    assert access.link_to(upload, by=Actor(), for_anybody=True) == ""


def test_it_runs_out_and_says_what_to_do(client, person, actor, upload, monkeypatch):
    link = access.link_to(upload, by=actor)
    log_in(client, person)
    monkeypatch.setattr(access, "HOLDS", -1)
    answer = client.get(link)
    assert answer.status_code == 410
    assert "Länken har gått ut" in answer.content.decode()


def test_another_kind_of_signed_text_is_no_link(client, person, upload):
    log_in(client, person)
    other = signing.dumps([upload.pk.hex, person.pk], salt="something.else")
    assert client.get(f"/fil/{other}/").status_code == 404


def test_removed_or_lost_it_is_missing(client, person, actor, upload):
    link = access.link_to(upload, by=actor)
    log_in(client, person)
    path_of(upload.pk).unlink()
    assert client.get(link).status_code == 404
    remove_upload(upload, by=actor, now=timezone.now())
    assert client.get(link).status_code == 404
    upload.refresh_from_db()
    assert access.link_to(upload, by=actor) == ""
    assert access.link_to(upload, by=Actor()) == ""


def test_on_a_host_of_its_own_the_link_alone_counts_and_nothing_else_is_there(client, actor, upload, settings):
    settings.FILES_URL = "https://filer.example.se"
    settings.ALLOWED_HOSTS = ["testserver", "filer.example.se"]
    link = access.link_to(upload, by=actor)
    assert link.startswith("https://filer.example.se/fil/")
    path = link.removeprefix("https://filer.example.se")
    there = client.get(path, headers={"Host": "filer.example.se"})
    assert (there.status_code, b"".join(there.streaming_content)) == (200, PDF)
    assert "sessionid" not in there.cookies
    assert trail_of(upload).last().person_id == actor.person_id
    open_link = access.link_to(upload, by=Actor(), for_anybody=True).removeprefix("https://filer.example.se")
    assert client.get(open_link, headers={"Host": "filer.example.se"}).status_code == 200
    assert client.get(open_link).status_code == 404
    for other in ("/", "/konto/logga-in/", "/static/design/base.css", "/metrics"):
        answer = client.get(other, headers={"Host": "filer.example.se"})
        assert (answer.status_code, answer.content) == (404, b"404"), other
    assert client.get("/healthz", headers={"Host": "filer.example.se"}).status_code == 200
    assert client.get(path).status_code == 404  # on our own host, where somebody is logged in
