"""The pages of describing a need: who may, what they say, what they do with what is typed."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from samskapa.cocreate.assignments.domain import PARTS, State
from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.assignments.services.need import comment_part, save_part
from samskapa.cocreate.assignments.services.publishing import send_need
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import Person
from tests.factories.assignments import (
    ANSWERS,
    coordinator_for,
    make_coordinator,
    make_host,
    make_need,
    make_open,
    make_ready_need,
)
from tests.factories.organisations import actor_for, log_in, make_grant, make_node, make_region_tree
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
KEYS = [q.key for q in PARTS]


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def tree():
    return make_region_tree()


@pytest.fixture
def host(tree):
    return make_grant(make_person("Ulla Exempel"), Role.HOST, tree.unit)


@pytest.fixture
def coordinator(tree):
    return make_grant(make_person("Karin Samordnare", phone="010-111 11 11"), Role.COORDINATOR, tree.region)


def actor(grant):
    return actor_for(grant.person, grant.role, grant.node)


def enter(client, grant):
    log_in(client, grant.person, grant)


@pytest.fixture
def need(host, now):
    return make_ready_need(by=actor(host), unit=host.node, now=now, **soon(now))


def soon(now):
    """The usual answers with days counted from the real today."""
    day = timezone.localdate(now)
    return {
        "time": ANSWERS["time"] | {"starts_on": day + timedelta(days=60)},
        "result": ANSWERS["result"] | {"told_back_on": day + timedelta(days=200)},
    }


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize("key", KEYS)
def test_every_question_has_a_page_for_host_and_coordinator(client, need, host, coordinator, key, now):
    enter(client, host)
    page = client.get(f"/uppdrag/behov/{need.pk}/{key}/")
    assert page.status_code == 200
    assert "<h1>" in text_of(page)
    assert "Spara" in text_of(page)
    send_need(need, by=actor(host), now=now)
    enter(client, coordinator)
    assert client.get(f"/uppdrag/behov/{need.pk}/{key}/").status_code == 200
    assert client.get(f"/uppdrag/behov/{need.pk}/{key}/kommentar/").status_code == 200


@pytest.mark.parametrize("key", KEYS)
def test_every_question_opens_empty_too(client, host, key):
    need = make_need(by=actor(host), unit=host.node)
    enter(client, host)
    assert client.get(f"/uppdrag/behov/{need.pk}/{key}/").status_code == 200


@pytest.mark.parametrize("name", ["", "granska/", "historik/", "avbryt/"])
def test_the_pages_of_a_need_render_for_its_host(client, need, host, name):
    enter(client, host)
    page = client.get(f"/uppdrag/behov/{need.pk}/{name}")
    assert page.status_code == 200
    assert ANSWERS["title"]["title"] in text_of(page) or name == "avbryt/"


@pytest.mark.parametrize(
    "name", ["", "granska/", "historik/", "avbryt/", "publicera/", "skicka-tillbaka/", "verksamhet/"]
)
def test_the_pages_of_a_sent_need_render_for_the_coordinator(client, need, host, coordinator, name, now):
    send_need(need, by=actor(host), now=now)
    enter(client, coordinator)
    assert client.get(f"/uppdrag/behov/{need.pk}/{name}").status_code == 200


def test_begin_and_list_pages_render(client, host, coordinator):
    for grant in (host, coordinator):
        enter(client, grant)
        for address in ("/uppdrag/behov/", "/uppdrag/behov/ny/", "/uppdrag/behov/kort/"):
            assert client.get(address).status_code == 200, address
