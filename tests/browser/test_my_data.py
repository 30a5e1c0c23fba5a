"""Everything about oneself in a real browser: read, taken along, and forgotten, with and without scripts."""

from __future__ import annotations

import zipfile

import pytest
from django.test import Client
from playwright.sync_api import expect

from samskapa.ground.people.models import Person
from tests.factories.organisations import log_in
from tests.factories.whole_person import NAME, make_whole_person

from .ekliden import bring_session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/konto/mina-uppgifter/"


def logged_in(page, url, person):
    client = Client()
    log_in(client, person)
    bring_session(client, page, url)
    return page


@pytest.mark.parametrize("javascript", [True, False])
def test_one_reads_takes_along_and_is_forgotten(live_server, page_at, check_page, tmp_path, javascript):
    whole = make_whole_person()
    page = logged_in(page_at(width=320, javascript=javascript), live_server.url, whole.person)
    page.goto(live_server.url + PAGE)
    check_page(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Ta med allt").click()
    file = tmp_path / "mine.zip"
    download.value.save_as(file)
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path / "mine")
    page.get_by_role("link", name="Se vad det innebär att bli glömd").click()
    check_page(page)
    page.get_by_role("button", name="Glöm mig").click()
    expect(page.get_by_role("alert").or_(page.locator("#error-summary, .error-summary")).first).to_be_visible()
    check_page(page)
    page.get_by_label("Skriv ”glöm mig”").fill("Glöm mig")
    page.get_by_role("button", name="Glöm mig").click()
    expect(page.locator("body")).to_contain_text("Du är glömd")
    assert Person.objects.get(pk=whole.person.pk).name == ""
    # What was taken along is read without us.
    alone = page_at(context=page.context)
    alone.goto((tmp_path / "mine" / "uppgifter.html").as_uri())
    expect(alone.locator("main")).to_contain_text(NAME)
