"""The page of an agreement in a real browser, in every state at once.

The page is that of the example app, which tries the ground."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from samskapa.ground.agreements import services
from tests.factories.agreements import make_table
from tests.ground.agreements.example.models import TABLES, Line, Revision

from .ekliden import bring_session

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.ground.agreements.example.urls"),
]


def newest(line):
    return Revision.objects.filter(line=line).order_by("-number").first()


def a_busy_table():
    """One line in each state, with comments; Anna has two to confirm and one to answer."""
    table = make_table()
    changed, agreed, refused, removed = (
        table.add(text, owner_side=side)
        for text, side in (
            ("Skickar materialet minst fem dagar före varje möte.", "care"),
            ("Läser förslagen före mötet.", "person"),
            ("Berättar i september.", "care"),
            ("Vi bjuder på kaffe.", "both"),
        )
    )
    table.add("Vi förklarar ord som någon inte förstår.")
    for line in (changed, agreed, removed):
        services.confirm(TABLES, table.agreement, line.pk, revision=newest(line).pk, **table.said_by("anna"))
    services.propose_change(
        TABLES,
        table.agreement,
        changed.pk,
        text="Skickar materialet minst sju dagar före varje möte.",
        reason="Sju dagar, som du bad om.",
        based_on=newest(changed).pk,
        **table.said_by("clinic"),
    )
    services.say_not_agreed(
        TABLES,
        table.agreement,
        refused.pk,
        reason="Jag vill veta det redan i juni.",
        revision=newest(refused).pk,
        **table.said_by("anna"),
    )
    services.propose_removal(
        TABLES, table.agreement, removed.pk, based_on=newest(removed).pk, **table.said_by("clinic")
    )
    services.comment(TABLES, table.agreement, changed.pk, text="Tack.", **table.said_by("anna"))
    return table


def enter(page, live_server, table, who="anna"):
    visitor = Client()
    visitor.force_login(getattr(table, who).person)
    bring_session(visitor, page, live_server.url)
    page.goto(live_server.url + reverse("agreement", args=[table.agreement.pk]))


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_the_page_is_accessible_with_everything_opened(live_server, page_at, check_page, width, scheme):
    table = a_busy_table()
    page = page_at(width=width, scheme=scheme)
    enter(page, live_server, table)
    check_page(page)
    links = page.locator(".point-say > p a")
    while left := links.count():
        links.first.click()
        expect(links).to_have_count(left - 1)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    check_page(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_one_button_confirms_all_but_the_one_that_was_taken_out(live_server, page_at, javascript):
    table = a_busy_table()
    page = page_at(width=390, javascript=javascript)
    enter(page, live_server, table)
    boxes = page.locator('input[name="confirm"]')
    assert boxes.count() == 3
    page.get_by_text("Ta med punkt 1 när jag bekräftar allt på en gång").click()
    assert [box.is_checked() for box in boxes.all()] == [False, True, True]
    page.get_by_role("button", name="Bekräfta alla punkter utom de jag tagit bort").click()
    page.locator("main").get_by_text("Du har bekräftat 2 punkter.").wait_for()
    assert page.locator("#point-1 .state b").inner_text() == "Väntar på dig"
    assert page.locator("#point-5 .state b").inner_text() == "Båda har bekräftat"


def test_a_point_is_opened_in_place_and_what_is_typed_at_another_stays(live_server, page_at):
    page = page_at()
    enter(page, live_server, a_busy_table())
    for number in (3, 1):
        page.locator(f"#point-{number}").get_by_role("link", name=f"punkt {number}").click()
        expect(page.locator(f"#point-{number}")).to_be_focused()
        page.locator(f"#point-{number} summary", has_text="Skriv en kommentar").click()
        page.locator(f"#point-{number}").get_by_label("Din kommentar").fill(f"Om punkt {number}.")
    assert page.locator("#point-3").get_by_label("Din kommentar").input_value() == "Om punkt 3."
    assert "oppna" not in page.url


def test_a_point_that_is_opened_shows_what_the_other_wrote_meanwhile(live_server, page_at):
    table = a_busy_table()
    page = page_at()
    enter(page, live_server, table)
    line = Line.objects.order_by("pk")[0]
    text = "Skickar materialet åtta dagar före."
    seen = newest(line).pk
    services.propose_change(TABLES, table.agreement, line.pk, text=text, based_on=seen, **table.said_by("clinic"))
    point = page.locator("#point-1")
    point.get_by_role("link", name="punkt 1").click()
    expect(point.locator("ins", has_text="åtta")).to_be_visible()


def test_both_texts_are_seen_when_two_wrote_at_once(live_server, page_at, check_page):
    table = a_busy_table()
    anna = page_at(width=320)
    enter(anna, live_server, table)
    clinic = page_at(width=1280)
    enter(clinic, live_server, table, "clinic")
    for page, text in ((clinic, "Åtta dagar före."), (anna, "Nio dagar före.")):
        point = page.locator("#point-1")
        point.get_by_role("link", name="punkt 1").click()
        point.locator("summary", has_text="Föreslå en annan text").click()
        point.get_by_label("Texten som du vill ha den").fill(text)
    clinic.get_by_role("button", name="Föreslå texten").click()
    clinic.locator("main").get_by_text("Din text är föreslagen.").wait_for()
    anna.get_by_role("button", name="Föreslå texten").click()
    conflict = anna.locator(".conflict")
    conflict.wait_for()
    assert "Åtta dagar före." in conflict.inner_text()
    assert "Nio dagar före." in conflict.inner_text()
    check_page(anna)
    conflict.get_by_role("button", name="Föreslå min i stället").click()
    anna.locator("main").get_by_text("Ditt val är sparat.").wait_for()
    assert Revision.objects.order_by("-pk").first().text == "Nio dagar före."
