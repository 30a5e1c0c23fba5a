"""Where htmx swaps a page in place, the reader is led as a whole new page would lead."""

import pytest
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.browser.swapped"),
]


@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_wrong_is_shown_with_what_was_typed_and_gets_focus(live_server, page_at, check_page, javascript):
    page = page_at(javascript=javascript)
    page.goto(live_server.url + "/prov/")
    page.get_by_label("Namn").fill("Alldeles för långt")
    page.get_by_role("button", name="Spara").click()
    page.locator(".error-summary").wait_for()
    assert page.get_by_label("Namn").input_value() == "Alldeles för långt"
    if javascript:
        expect(page.locator(".error-summary")).to_be_focused()
    check_page(page)
    page.locator(".error-summary").get_by_role("link").click()
    expect(page.get_by_label("Namn")).to_be_focused()


def test_after_a_swap_without_faults_the_new_heading_gets_focus(live_server, page_at, check_page):
    page = page_at()
    page.goto(live_server.url + "/prov/")
    page.get_by_label("Namn").fill("Maja")
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("heading", name="Sparat").wait_for()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    check_page(page)


def test_nothing_of_a_page_is_left_in_the_browsers_storage(live_server, page_at):
    page = page_at()
    page.goto(live_server.url + "/prov/")
    page.get_by_label("Namn").fill("Maja")
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("heading", name="Sparat").wait_for()
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
