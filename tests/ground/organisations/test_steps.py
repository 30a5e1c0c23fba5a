"""The link in a mail that opens one step."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.services.asking import ask_question
from samskapa.ground.core.domain import SYSTEM, Strength
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.organisations.services import end_role, step_path
from tests.factories import assignments as make
from tests.factories.organisations import actor_for, log_in, make_region_tree
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """A question that has been asked of a unit; its host, and the link in the mail to her."""
    tree = make_region_tree()
    host = make_person("Hanna Lind")
    now = timezone.now()
    assignment = make.make_open(unit=tree.unit, by=actor_for(host, "host", tree.unit), now=now)
    grant = host.role_grants.get()
    question = ask_question(assignment, text="Hur lång tid tar det?", by=actor_for(), now=now)
    mail = OutboxMail.objects.get(kind="assignments/question_asked", recipient_id=grant.person_id)
    assert mail.secret
    return grant, question, mail.params["path"]


def test_a_host_answers_by_the_link_without_logging_in(client, asked):
    grant, question, link = asked
    page = client.get(link, follow=True)
    assert page.redirect_chain == [(reverse("assignments:answer_question", args=[question.pk]), 302)]
    assert "med länken i mejlet" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert client.post(page.redirect_chain[0][0], {"text": "En timme."}).status_code == 302
    question.refresh_from_db()
    assert (question.answer, question.answered_by_id) == ("En timme.", grant.person_id)
    entry = AuditEntry.objects.get(action="assignments.question_answered")
    assert (entry.person_id, entry.role, entry.strength) == (grant.person_id, "host", Strength.LINK)
    assert client.get("/mitt/").status_code == 302


@pytest.mark.parametrize("why", ["cut", "too old", "role ended", "account closed", "left open"])
def test_a_link_that_is_over_opens_nothing(client, asked, why, monkeypatch):
    grant, question, link = asked
    path = reverse("assignments:answer_question", args=[question.pk])
    expected = 404
    if why == "cut":
        link = link[:-3] + "/"
    elif why == "too old":
        monkeypatch.setattr("samskapa.ground.organisations.access.STEP_LASTS", timedelta(seconds=-1))
        expected = 410
    elif why == "role ended":
        end_role(grant, by=SYSTEM, now=timezone.now())
    elif why == "account closed":
        grant.person.is_active = False
        grant.person.save()
    else:
        monkeypatch.setattr("samskapa.ground.organisations.views.STEP_OPEN", timedelta(seconds=-1))
        expected = 302
    assert client.get(link).status_code == expected
    assert client.get(path)["Location"].startswith("/konto/logga-in/")


def test_what_has_ended_since_it_was_opened_is_closed(client, asked):
    grant, _question, link = asked
    path = client.get(link)["Location"]
    assert client.get(path).status_code == 200
    end_role(grant, by=SYSTEM, now=timezone.now())
    assert client.get(path).status_code == 302


def test_who_is_logged_in_as_somebody_else_does_not_become_the_host(asked):
    _grant, _question, link = asked
    client = Client()
    log_in(client, make_person())
    assert client.get(link, follow=True).status_code == 404


def test_who_is_logged_in_strongly_acts_as_strongly(asked):
    grant, _question, link = asked
    client = Client()
    log_in(client, grant.person, grant)
    client.post(client.get(link)["Location"], {"text": "En timme."})
    assert AuditEntry.objects.get(action="assignments.question_answered").strength == Strength.PASSKEY


def test_a_path_that_opens_by_no_link_is_refused(client, asked):
    grant, _question, _link = asked
    for path in ("/oversikt/", "/finns-inte/", "https://evil.example/", "//evil.example/"):
        assert client.get(step_path(grant, path)).status_code == 404
