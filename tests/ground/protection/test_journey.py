"""A protected person logs in, is nominated, applies, is chosen and agrees. What is kept, sent and logged meanwhile
says nowhere who she is: not the database's own bytes, no letter but the one to her, no line of the log."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from samskapa.cocreate.assignments.domain import ApplicationState
from samskapa.cocreate.assignments.models import Application
from samskapa.cocreate.assignments.services.applying import apply, say_yes_to_being_presented
from samskapa.cocreate.assignments.services.asking import ask_question as ask
from samskapa.cocreate.assignments.services.choosing import answer_applicant, finish_choosing, make_choice
from samskapa.cocreate.assignments.services.closing import close_early
from samskapa.cocreate.assignments.services.nominating import accept_nomination, nominate
from samskapa.config.logs import Discreet
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import drain
from samskapa.ground.core.services.mail import send_one
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.services import accept_invitation
from samskapa.ground.organisations.services.invitations import _make_link
from samskapa.ground.people.models import Person, Session
from samskapa.ground.people.services import set_password
from samskapa.ground.people.sessions import SessionStore
from samskapa.ground.protection.services import protect
from tests.factories.applications import given
from tests.factories.assignments import make_open
from tests.factories.organisations import NOW, actor_for, make_grant, make_node, make_region_tree
from tests.ground.core.test_keys import contents

NAME, EMAIL, PHONE, PLACE = "Kanaria Fågelsång", "kanaria.fagel@example.se", "070-555 12 34", "Burvägen 7"
CANARIES = ("Kanaria", "Fågelsång", "kanaria.fagel", "555 12 34", "Burvägen")
PASSWORD = "en lång rad med ord"


@pytest.fixture
def mail(settings, tmp_path):
    settings.MAIL_URL = f"file://{tmp_path / 'mail'}"

    def letters():
        files = sorted((tmp_path / "mail").glob("*.eml"))
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]

    return letters


@pytest.fixture
def lines():
    """Every line that any logger writes, as our log writes it."""
    written: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    keep, root = Keep(level=logging.DEBUG), logging.getLogger()
    keep.setFormatter(Discreet("%(name)s %(message)s"))
    before = root.level
    root.addHandler(keep)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(keep)
    root.setLevel(before)


def everything_kept() -> str:
    """The database's bytes, and what lies packed in its sessions."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    sessions = [str(SessionStore().decode(data)) for data in Session.objects.values_list("session_data", flat=True)]
    return contents().decode(errors="replace") + "\n".join(sessions)


def send_all() -> None:
    """The jobs of the journey's day, and every letter, also those that a page asked for today."""
    drain(NOW)
    while send_one(worker_id="journey", now=timezone.now()):
        pass


def seen_in(text: str) -> list[str]:
    return [each for each in CANARIES if each in text or each.encode("unicode_escape").decode() in text]


def code_from(letters) -> str:
    return next(
        found[0] for letter in reversed(letters) if (found := re.findall(r"^\d{6}$|\b\d{6}\b", letter.get_content()))
    )


def log_in_by_code(mail) -> Client:
    client = Client()
    before = {letter["Message-ID"] for letter in mail()}
    assert client.post("/konto/logga-in/", {"login": EMAIL.upper(), "how": "code"}).status_code == 302
    page = client.get("/konto/kod/skriv/").content.decode()
    assert EMAIL in page  # what she typed, and nothing that tells her account from another
    assert seen_in(everything_kept()) == []
    send_all()
    new = [letter for letter in mail() if letter["Message-ID"] not in before]
    answer = client.post("/konto/kod/skriv/", {"code": code_from(new), "action": "verify"})
    assert (answer.status_code, answer["Location"]) == (302, "/mitt/")
    return client


@pytest.fixture
def scene():
    """A region with its people; she came by an invitation and has been nominated before she is protected."""
    tree = make_region_tree()
    host, coordinator = actor_for(None, Role.HOST, tree.unit), actor_for(None, Role.COORDINATOR, tree.region)
    organisation = make_node(Kind.PATIENT_ORGANISATION, "Höftföreningen")
    speaks = actor_for(None, Role.ORGANISATION, organisation)
    first = make_open(unit=tree.unit, by=host, coordinator=coordinator, now=NOW)
    second = make_open(unit=tree.unit, by=host, coordinator=coordinator, now=NOW)
    nominate(first, organisation=organisation, name=NAME, email=EMAIL, reason="Hon kan.", by=speaks, now=NOW)
    with transaction.atomic():
        link = _make_link(
            EMAIL, name=NAME, role=None, node=None, next_path="", key="x", lasts=timedelta(days=2), by=speaks, now=NOW
        )
    person = accept_invitation(link.token, by=Actor(), now=NOW).person
    Person.objects.filter(pk=person.pk).update(phone=PHONE)
    set_password(person, PASSWORD, by=Actor(person_id=person.pk), now=NOW)
    make_grant(person, Role.MEMBER, tree.region)
    client = Client()
    client.post("/konto/logga-in/", {"login": EMAIL, "how": "password", "password": PASSWORD})
    send_all()
    return {"host": host, "coordinator": coordinator, "speaks": speaks, "organisation": organisation} | {
        "person": person,
        "first": first,
        "second": second,
    }


@pytest.mark.django_db(transaction=True)
def test_what_was_kept_before_is_gone_when_she_is_protected(scene, mail):
    assert seen_in(everything_kept()) == ["Kanaria", "Fågelsång", "kanaria.fagel", "555 12 34"]
    named = Person.objects.get(pk=scene["coordinator"].person_id)
    protect(scene["person"], coordinators=[named], place=PLACE, by=scene["coordinator"], now=NOW)
    send_all()
    assert seen_in(everything_kept()) == []
    assert not Session.objects.filter(person=scene["person"]).exists()


@pytest.mark.django_db(transaction=True)
def test_the_whole_journey_says_nowhere_who_she_is(scene, mail, lines, tmp_path):
    coordinator, person = scene["coordinator"], scene["person"]
    named = Person.objects.get(pk=coordinator.person_id)
    protect(person, coordinators=[named], place=PLACE, by=coordinator, now=NOW)
    send_all()
    for path in (tmp_path / "mail").glob("*"):  # the letters of before
        path.unlink()
    lines.clear()
    herself = Actor(person_id=person.pk)

    client = log_in_by_code(mail)
    assert client.get("/konto/profil/").status_code == 200
    by_password = Client()
    by_password.post("/konto/logga-in/", {"login": EMAIL, "how": "password", "password": PASSWORD})
    assert by_password.session["_auth_user_id"] == str(person.pk)
    assert Client().post("/konto/losenord/glomt/", {"email": EMAIL}).status_code == 302

    nomination = Application.objects.get(state=ApplicationState.NOMINATED)
    assert (nomination.nominee_email, nomination.nominee_name) == (f"person:{person.pk}", "Skyddad person")
    assert client.get(f"/uppdrag/nominering/{nomination.pk}/").status_code in (200, 404)
    accept_nomination(nomination, given=given(), by=herself, now=NOW)
    nominate(
        scene["second"],
        organisation=scene["organisation"],
        name=NAME,
        email=EMAIL,
        reason="Igen.",
        by=scene["speaks"],
        now=NOW,
    )
    ask(scene["first"], text="Hur lång tid tar det?", by=herself, now=NOW)
    apply(scene["second"], given=given(), by=herself, now=NOW)
    first = scene["first"]
    close_early(first, by=coordinator, now=NOW)
    mine = Application.objects.get(assignment=first, person=person)
    make_choice(first, chosen=[mine.pk], reason="Hon kan det.", method="by_hand", by=coordinator, now=NOW)
    mine.refresh_from_db()
    answer_applicant(
        mine,
        outcome=ApplicationState.CHOSEN,
        reason="Du är vald.",
        expected_version=mine.version,
        by=coordinator,
        now=NOW,
    )
    finish_choosing(first, by=coordinator, now=NOW)
    say_yes_to_being_presented(mine, by=herself, now=NOW)
    send_all()
    assert client.get("/mitt/").status_code == 200

    assert seen_in(everything_kept()) == []
    assert [line for line in lines if seen_in(line)] == []
    letters = mail()
    hers = [letter for letter in letters if letter["To"] == EMAIL]
    assert len(hers) == 7  # a code, a new password, an invitation, two received, chosen, agreement
    assert {letter["Subject"] for letter in hers} == {"Nytt till dig"}
    for letter in letters:
        told = seen_in(letter.as_string().replace(EMAIL, "") + letter.get_content())
        assert told == [], (letter["Subject"], told)
        assert letter["To"] == EMAIL or EMAIL not in letter.as_string()
