"""No row of a menu without a page behind it: every one is opened, in every capacity that sees it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from lxml.html import HtmlElement, document_fromstring

from samskapa.ground.core.domain import Actor, Strength
from samskapa.ground.organisations.domain import Kind, Role
from tests.factories.helping import make_registered
from tests.factories.organisations import log_in, make_grant, make_node
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

VISITOR, ONESELF = "visitor", "oneself"
CAPACITIES = (VISITOR, ONESELF, *Role)
#: Where a role is held; the others at a region.
AT = {Role.HOST: Kind.UNIT, Role.ORGANISATION: Kind.PATIENT_ORGANISATION} | dict.fromkeys(
    (Role.NATIONAL, Role.OPERATOR), Kind.NATION
)
MENU = "//header//nav//li/a"
FOOT = "//footer//ul[@class='foot-links']//a"


def client_as(capacity: str) -> Client:
    client = Client()
    if capacity == ONESELF:
        log_in(client, make_person())
    elif capacity != VISITOR:
        grant = make_grant(None, Role(capacity), make_node(AT.get(Role(capacity), Kind.REGION)))
        log_in(client, grant.person, grant)
    return client


def seen_by(entries, capacity: str) -> list[tuple[str, str]]:
    """(address, words) of what the table of the menu gives that capacity."""
    others = () if capacity in (VISITOR, ONESELF) else ("*",)
    return [
        (reverse(entry.url), str(entry.label)) for entry in entries if {capacity, *others} & set(entry.seen_by)
    ]  # fmt: skip


def page(client: Client, url: str) -> HtmlElement:
    """The page to which the address leads, by way of others where it has to."""
    answer = client.get(url, follow=True)
    assert answer.status_code == 200, (url, answer.status_code)
    return document_fromstring(answer.content)


def links(document: HtmlElement, where: str) -> list[tuple[str, str]]:
    return [(link.get("href"), link.text_content().strip()) for link in document.xpath(where)]


def opens(client: Client, rows: list[tuple[str, str]]) -> None:
    """Each row leads to a page with one heading that says something,."""
    for url, words in rows:
        headings = [each.text_content().strip() for each in page(client, url).xpath("//h1")]
        assert len(headings) == 1, (url, words, headings)
        assert headings[0], (url, words)


@pytest.mark.parametrize("capacity", CAPACITIES)
def test_every_row_of_the_menus_leads_to_a_page(capacity):
    client = client_as(capacity)
    start = page(client, "/")
    assert links(start, MENU) == seen_by(settings.NAVIGATION, capacity)
    assert links(start, FOOT) == seen_by(settings.FOOTER, capacity)
    opens(client, [*links(start, MENU), *links(start, FOOT)])


@pytest.mark.parametrize("capacity", CAPACITIES)
def test_every_row_that_other_pages_show_leads_to_a_page(capacity):
    client = client_as(capacity)
    knowledge = links(page(client, reverse("methods:home")), "//main//a")
    assert set(seen_by(settings.KNOWLEDGE, capacity)) <= set(knowledge)
    rows = seen_by(settings.KNOWLEDGE, capacity)
    if capacity != VISITOR:
        profile = links(page(client, reverse("people:profile")), "//main//a")
        assert set(seen_by(settings.PROFILE, capacity)) <= set(profile)
        rows += seen_by(settings.PROFILE, capacity)
    opens(client, rows)


def test_every_row_is_seen_by_somebody_and_by_nobody_that_does_not_exist():
    for entry in (*settings.NAVIGATION, *settings.FOOTER, *settings.PROFILE, *settings.KNOWLEDGE):
        assert entry.seen_by
        assert set(entry.seen_by) <= {*CAPACITIES, "*"}, entry.url


def test_every_row_that_is_left_while_one_helps_leads_to_a_page(client):
    grant = make_grant(None, Role.COORDINATOR, make_node(Kind.REGION))
    log_in(client, grant.person, grant)
    by = Actor(
        person_id=grant.person_id, role=grant.role, node_id=grant.node_id, node_path=grant.node.path,
        strength=Strength.PASSKEY,
    )  # fmt: skip
    helped = make_registered(by=by)
    client.post(reverse("helping:begin", args=[helped.pk]), {"asked_by": "phone", "purpose": "Anmäla intresse"})
    start = page(client, "/")
    shown = [*links(start, MENU), *links(start, FOOT)]
    left = [*seen_by(settings.NAVIGATION, ONESELF), *seen_by(settings.FOOTER, ONESELF)]
    assert 0 < len(shown) < len(left)
    assert set(shown) <= set(left)
    opens(client, shown)
