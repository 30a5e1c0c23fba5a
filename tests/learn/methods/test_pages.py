"""The pages of Knowledge, and what a need is proposed on its own page."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml.html import document_fromstring

from samskapa.cocreate.assignments.services.need import save_part
from samskapa.cocreate.assignments.services.publishing import cancel
from samskapa.ground.organisations.domain import Role
from samskapa.learn.methods.queries import bank, guide
from tests.factories.assignments import ANSWERS, make_need, make_ready_need
from tests.factories.organisations import actor_for, log_in, make_grant, make_node

pytestmark = pytest.mark.django_db
METHODS = "/kunskap/metoder/"


def seen(client, path: str):
    page = client.get(path)
    assert page.status_code == 200
    return document_fromstring(page.content)


def named(document) -> list[str]:
    """The methods that a list shows, by name."""
    return document.xpath("//*[@id='found']//h2/a/text()")


def test_every_method_is_read_without_a_query_in_both_languages(client, django_assert_num_queries):
    for language in ("sv", "en"):
        client.cookies["django_language"] = language
        for method in bank():
            with django_assert_num_queries(0):
                document = seen(client, f"{METHODS}{method.key}/")
            text, whole = method.text(language), " ".join(document.text_content().split())
            assert document.xpath("//h1/text()") == [text.name]
            assert [
                each for each in (*text.steps, *text.risks, *text.access, *text.fits_not) if each not in whole
            ] == []
            hrefs = document.xpath("//main//a/@href")
            assert {source.url for source in method.sources} <= set(hrefs)
            assert {f"{METHODS}{pair}/" for pair in method.pairs} <= set(hrefs)


def test_the_list_is_chosen_by_word_aim_and_influence(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert len(named(seen(client, METHODS))) == 28
    assert named(seen(client, f"{METHODS}?q=enk%C3%A4ter"))[0] == "Enkät om upplevelsen (PREM)"
    assert named(seen(client, f"{METHODS}?aim=advise&influence=dialogue")) == [
        "Brukarråd", "Levande bibliotek", "Patient- och närståenderåd", "Patientforum",
    ]  # fmt: skip
    assert named(seen(client, f"{METHODS}?influence=support")) == [
        "Berg- och dalbana", "Shared Reading (läsa tillsammans)", "Tänka högt, kär och galen, fiskben",
    ]  # fmt: skip
    empty = seen(client, f"{METHODS}?q=kvantfysik")
    assert empty.xpath("//input[@name='q']/@value") == ["kvantfysik"]  # nothing typed is lost
    assert "Ingen metod passar det du valde." in empty.text_content()
    assert METHODS in empty.xpath("//*[@id='found']//a/@href")


@pytest.mark.parametrize("asked", ["aim=kaffe&influence=0", "q=%00", "q=" + "x" * 5000, "q=%F0%9F%8D%8E&aim="])
def test_a_strange_question_is_no_fault(client, asked):
    seen(client, f"{METHODS}?{asked}")


def test_a_method_that_is_not_there_is_missing(client):
    assert client.get(f"{METHODS}finns-inte/").status_code == 404


def test_the_start_leads_to_everything(client):
    document = seen(client, "/kunskap/")
    hrefs = set(document.xpath("//main//a/@href"))
    assert {METHODS, "/kunskap/att-vara-vard/", f"{METHODS}?aim=understand"} <= hrefs
    for href in hrefs:
        assert client.get(href).status_code == 200, href
    assert "/kunskap/" in document.xpath("//header//a/@href")


def test_the_guide_is_on_one_page_and_its_list_leads_to_its_parts(client):
    document = seen(client, "/kunskap/att-vara-vard/")
    for href in document.xpath("//main//ol/li/a/@href"):
        assert document.xpath(f"//h2[@id='{href.removeprefix('#')}']"), href
    assert document.xpath("//main//form | //main//input") == []  # the questions store nothing
    items = [item for _heading, items in guide("sv").checklist for item in items]
    assert document.xpath("//ul[@class='ticks']/li/text()") == items


@pytest.fixture
def host():
    return make_grant(role=Role.HOST, node=make_node())


def panel(client, need) -> str:
    """What the need's page says under the heading of the methods."""
    document = seen(client, reverse("assignments:need", args=[need.pk]))
    heading = document.xpath("//h2[@id='methods']")
    if not heading:
        return ""
    told = []
    for each in heading[0].itersiblings():
        if each.tag == "h2":
            break
        told.append(each.text_content())
    return " ".join(" ".join(told).split())


def say(need, key: str, values, by, based_on: int = 0) -> None:
    save_part(need, key, values, together_by=None, based_on=based_on, by=by, now=timezone.now())
    need.refresh_from_db()


def test_a_need_is_proposed_methods_with_reasons_as_it_is_written(client, host):
    by = actor_for(host.person, host.role, host.node)
    log_in(client, host.person, host)
    need = make_need(by=by, unit=host.node)
    assert "Svara på hur mycket man får påverka" in panel(client, need)
    say(need, "influence", {"influence": "information", "influence_reason": "De behöver veta."}, by)
    assert "Ni har valt information." in panel(client, need)
    say(need, "influence", ANSWERS["influence"] | {"influence": "dialogue"}, by, 1)
    say(need, "contribution", {"contribution": "workshop"}, by)
    say(need, "people", {"people_wanted": 12}, by)
    say(need, "time", {"occasions": 2, "minutes_each": 90}, by)
    told = panel(client, need)
    assert "World Café (dialogcafé)" in told
    assert "Den passar för det ni har valt: Workshop, seminarium eller konferens." in told
    assert "Den ger så mycket inflytande som ni har lovat: Dialog." in told
    assert "Det räcker med 10 personer." in told
    assert "Den ryms i tiden: den tar minst 2 timmar för var och en." in told
    say(need, "influence", ANSWERS["influence"] | {"influence": "codecision"}, by, 2)
    say(need, "phase", {"phase": "idea"}, by)
    say(need, "people", {"people_wanted": 2}, by, 1)
    say(need, "time", {"occasions": 1, "minutes_each": 40}, by, 1)
    told = panel(client, need)
    assert told.count("Passar inte allt ni har skrivit.") == 2
    assert "Patientresa" in told
    assert "Den används oftast på andra sätt än det ni har valt: Workshop, seminarium eller konferens." in told
    assert "Den ger mindre inflytande än ni har lovat: Inflytande, inte Medbeslutande." in told
    assert "Det behövs minst 3 personer. Ni har skrivit 2." in told
    assert "Den tar minst 1 timme för var och en. Ni har skrivit 40 minuter." in told


def test_what_is_no_longer_written_is_proposed_nothing(client, host):
    by, now = actor_for(host.person, host.role, host.node), timezone.now()
    log_in(client, host.person, host)
    need = make_ready_need(by=by, unit=host.node, now=now)
    assert panel(client, need)
    cancel(need, reason="Det blev inget.", by=by, now=now)
    assert panel(client, need) == ""
