"""Somebody whose identity is protected takes part in everything; every address is asked as every role. Her name,
address, phone and place stand on the named coordinator's page and on her own, and nowhere else."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pypdfium2 import PdfiumError

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.organisations.domain import Role
from samskapa.ground.people.models import Person
from samskapa.ground.protection.services import protect
from tests.factories.organisations import NOW, log_in, make_grant
from tests.ground.documents.reading import text_of

from .table import COLUMNS
from .test_access import TABLE, client_for
from .world import World

pytestmark = pytest.mark.django_db

NAME, EMAIL, PHONE, PLACE = "Kanaria Fågelsång", "kanaria.fagel@example.se", "070-555 12 34", "Burvägen 7"
#: Parts too: the half of a name is a name.
CANARIES = ("Kanaria", "Fågelsång", "kanaria.fagel", "555 12 34", "Burvägen")
#: Where they are to stand: (address, role). The letter that the named coordinator posts has an address on it.
TO_STAND = {("protection:person", "coordinator"), ("protection:own", ""), ("helping:letter", "coordinator")}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Herself, as she applied, was nominated, asked and agreed; then protected. Rolled back."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            world = World()
            side = world.own_side
            canary = side.people[""][0]
            nominated = side.things["nomination "]
            Person.objects.filter(pk=canary.pk).update(name=NAME, email=EMAIL, phone=PHONE)
            type(nominated).objects.filter(pk=nominated.pk).update(nominee_email=EMAIL.upper(), nominee_name=NAME)
            canary.refresh_from_db()
            protect(canary, coordinators=[side.people["coordinator"][0]], place=PLACE, by=SYSTEM, now=NOW)
            canary.refresh_from_db()
            side.people[""] = (canary, None)
            side.things["protected"] = canary
            yield world
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def body(answer) -> str:
    """What a reader gets: the text of a page, of data, or of a PDF."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer["Content-Type"] != "application/pdf":
        return content.decode(errors="replace")
    try:
        return text_of(content)
    except PdfiumError:  # what somebody handed in need not be whole
        return content.decode(errors="replace")


def ask(client: Client, url: str) -> str:
    """The answer and its headers; nothing is kept."""
    with transaction.atomic():
        answer = client.get(url)
        if answer.status_code == 405:
            answer = client.post(url)
        text = body(answer) + str(dict(answer.headers))
        transaction.set_rollback(True)
    return text


@pytest.mark.parametrize("role", COLUMNS.values())
def test_no_page_shows_who_she_is_to_anybody_but_the_named_coordinator(role, world):
    client = client_for(world, role)
    found: set[str] = set()
    for name in TABLE:
        # What is one's own, and what is hers.
        for arguments in {tuple(sorted(world.own(name, each).items())) for each in (role, "")}:
            text = ask(client, reverse(name, kwargs=dict(arguments)))
            found |= {name for each in CANARIES if each in text}
    assert found == {name for name, who in TO_STAND if who == role}


@pytest.mark.parametrize("role", [role for role in COLUMNS.values() if role != "visitor"])
def test_nor_does_any_page_to_those_of_the_other_region(role, world):
    person, grant = world.other_side.people[role]
    client = Client()
    log_in(client, person, grant)
    found = set()
    for name in TABLE:
        own = world.own(name, "")
        if own:
            text = ask(client, reverse(name, kwargs=own))
            found |= {name for each in CANARIES if each in text}
    assert found == set()


def test_she_is_there_under_a_neutral_name(world):
    """So that the test above says something: those who may know her see her."""
    side, canary = world.own_side, world.own_side.people[""][0]
    neutral = f"Skyddad person {canary.protected_tag}"
    expected = {
        ("assignments:applicant", "coordinator"): {
            "pk": side.things["open"].pk,
            "application_pk": side.applications[""].pk,
        },
        ("assignments:agreement", "host"): {"pk": side.things["agreement "].pk},
        ("assignments:agreement_pdf", "host"): {"pk": side.things["agreement "].pk},
        ("assignments:agreements", "coordinator"): {"pk": side.things["agreeing"].pk},
        ("protection:people", "coordinator"): {},
    }
    missing = [
        name
        for (name, role), arguments in expected.items()
        if neutral not in ask(client_for(world, role), reverse(name, kwargs=arguments))
    ]
    assert missing == []


def test_nor_does_any_page_while_the_named_coordinator_helps_her(world):
    client, canary = client_for(world, "coordinator"), world.own_side.people[""][0]
    with transaction.atomic():
        begun = client.post(reverse("helping:begin", args=[canary.pk]), {"asked_by": "phone", "purpose": "Anmäla"})
        assert begun.status_code == 302
        found = set()
        for name in TABLE:
            text = ask(client, reverse(name, kwargs=world.own(name, "")))
            found |= {name for each in CANARIES if each in text}
        assert f"Du hjälper Skyddad person {canary.protected_tag}." in ask(client, reverse("pages:my_page"))
        transaction.set_rollback(True)
    assert found == set()


def test_a_coordinator_beside_the_named_one_sees_no_more_than_anybody(world):
    """She reaches the same area; only the one who is named opens the details."""
    client, grant = Client(), make_grant(None, Role.COORDINATOR, world.own_side.region)
    log_in(client, grant.person, grant)
    canary = world.own_side.people[""][0]
    assert client.get(reverse("protection:person", args=[canary.pk])).status_code == 404
    assert client.get(reverse("protection:protect", args=[canary.pk])).status_code == 404
