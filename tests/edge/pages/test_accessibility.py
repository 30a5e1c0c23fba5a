"""The accessibility statement has what 13 § lagen (2018:1937) and the authority's list ask for."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from lxml import html

from samskapa.edge.pages.views import about

pytestmark = pytest.mark.django_db


def page_of(client):
    return html.document_fromstring(client.get(reverse("pages:accessibility")).content.decode()).xpath("//main")[0]


def test_it_names_the_actor_the_service_and_how_far_it_meets_the_law(client, settings):
    settings.OPERATOR = {"name": "Region Ekliden", "email": "tillganglig@example.se", "phone": "08-123 45 67"}
    page = page_of(client)
    text = " ".join(page.text_content().split())
    assert "Tillgänglighetsredogörelse för Samskapa" in text
    assert "Region Ekliden står bakom den här tjänsten" in text
    assert "delvis förenlig med lagen" in text
    links = page.xpath(".//a/@href")
    assert "mailto:tillganglig@example.se" in links
    assert "tel:081234567" in links
    assert "https://www.digg.se/tdosanmalan" in links


def test_it_lists_shortcomings_exceptions_method_and_dates(client, monkeypatch):
    monkeypatch.setattr(about, "ASSESSED_ON", date(2024, 3, 1))
    monkeypatch.setattr(about, "CHANGED_ON", date(2024, 5, 2))
    page = page_of(client)
    text = " ".join(page.text_content().split())
    assert len(page.xpath(".//h2[. = 'Det här fungerar inte än']/following-sibling::ul/li")) == 5
    for said in ("12 §", "9 §", "axe", "vår egen", "Senast bedömd", "1 mars 2024", "Senast ändrad", "2 maj 2024"):
        assert said in text, said


def test_without_an_operator_it_says_so_and_leads_to_the_coordinator(client, settings):
    settings.OPERATOR = {"name": "", "email": "", "phone": ""}
    text = page_of(client).text_content()
    assert "har inte skrivit sitt namn här än" in text
    assert "Säg till din samordnare" in text


def test_every_page_leads_to_it(client):
    assert 'href="/tillganglighet/"' in client.get("/").content.decode()
