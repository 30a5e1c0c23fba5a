"""A passkey in a real browser, with Chromium's own virtual device (CTAP2)."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.factories.organisations import make_grant, make_node
from tests.factories.people import PASSWORD, make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@contextmanager
def device(page: Page):
    """A phone or computer that asks who holds it, and hears yes."""
    debugger = page.context.new_cdp_session(page)
    debugger.send("WebAuthn.enable")
    debugger.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield
    debugger.detach()


def test_a_coordinator_makes_a_passkey_and_logs_in_with_it(live_server, settings, page_at, check_page):
    settings.SITE_URL = live_server.url
    person = make_person("Kerstin Holm", email="kerstin@example.se", password=PASSWORD)
    make_grant(person, "coordinator", make_node("region", "Region Ekliden"))
    page = page_at()
    with device(page):
        page.goto(f"{live_server.url}/oversikt/")
        page.get_by_label("Din e-postadress").fill("kerstin@example.se")
        page.get_by_role("button", name="Logga in med lösenord").click()
        page.get_by_label("Ditt lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Logga in", exact=True).click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Visa lite säkrare att det är du")
        check_page(page)
        page.get_by_role("link", name="Lägg till en nyckel").click()
        check_page(page)
        page.get_by_role("button", name="Skapa nyckeln").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Reservkoder")
        check_page(page)
        page.get_by_role("link", name="Jag har sparat dem. Gå vidare").click()
        expect(page).to_have_url(f"{live_server.url}/oversikt/")

        page.goto(f"{live_server.url}/konto/app/")
        check_page(page)
        page.goto(f"{live_server.url}/konto/platser/")
        check_page(page)
        page.context.clear_cookies()
        page.goto(f"{live_server.url}/konto/logga-in/?next=/oversikt/")
        page.get_by_role("button", name="Logga in med en nyckel").click()
        expect(page).to_have_url(f"{live_server.url}/oversikt/")


def test_without_scripts_another_way_is_offered(live_server, settings, page_at):
    settings.SITE_URL = live_server.url
    page = page_at(javascript=False)
    page.goto(f"{live_server.url}/konto/logga-in/")
    expect(page.get_by_role("button", name="Logga in med en nyckel")).to_be_hidden()
