"""An e-ID in a real browser: our strict policy lets the form lead to the broker, and to nobody else."""

from __future__ import annotations

import copy

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from samskapa.config import eid
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.people.services import link_eid
from tests.factories.brokers import RunningBroker, installed
from tests.factories.people import make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_button_leads_to_the_broker_and_back_logged_in(live_server, settings, page_at, check_page, axe):
    broker = RunningBroker("freja", installed(), live_server.url)
    try:
        settings.SITE_URL, settings.EID_BROKERS = live_server.url, {"freja": broker.settings}
        settings.CONTENT_SECURITY_POLICY = policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"]["form-action"] += eid.origins(settings.EID_BROKERS)
        link_eid(make_person("Anna Ek"), "number:198507099805", broker="freja", by=SYSTEM, now=timezone.now())
        page = page_at()
        page.goto(f"{live_server.url}/konto/logga-in/")
        check_page(page)
        page.get_by_role("button", name="Använd Freja").click()
        expect(page).to_have_url(f"{live_server.url}/mitt/")
        page.goto(f"{live_server.url}/konto/sa-loggar-du-in/")
        assert axe(page) == []
    finally:
        broker.stop()
