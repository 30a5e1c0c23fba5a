"""A person sees who was shown their details, when and in which capacity, and takes an extract."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record, record_look
from samskapa.ground.organisations.domain import Kind
from tests.factories.organisations import log_in, make_node
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
PAGE = "/konto/vem-har-tittat/"


def look(person, by: Actor, *, what: str = "assignments.application:4", at: datetime = NOW) -> None:
    record_look(person.pk, by=by, at=at, what=what)


def rows(client) -> list[list[str]]:
    answer = client.get(f"{PAGE}utdrag.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="vem-har-tittat.csv"'
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


def test_the_page_and_the_extract_say_who_when_in_which_role_and_what(client):
    person, other = make_person("Anna"), make_person("Åsa Öberg")
    helped, gone = make_person("Bo"), make_person("Borta")
    region = make_node(Kind.REGION, "Region Ekliden")
    look(person, Actor(person_id=other.pk, role="coordinator", node_id=region.pk))
    look(person, Actor(person_id=gone.pk, role="host", node_id=0), what="unknown.page")
    gone.delete()
    look(person, Actor(person_id=other.pk, for_person_id=helped.pk), what="assignments.agreement:9")
    with transaction.atomic():
        record("assignments.applicants_read", by=Actor(person_id=other.pk), at=NOW, people=[person.pk, helped.pk])
    look(other, Actor(person_id=person.pk), at=NOW)  # somebody else's
    look(person, Actor(person_id=person.pk))  # her own
    log_in(client, person)

    at = "2026-11-25 09:30:00"
    expected = [
        [at, "Åsa Öberg", "Som sig själv", "", "Listan över dem som har anmält intresse, där du finns med"],
        [at, "Åsa Öberg", "Som sig själv", "Bo", "Din överenskommelse"],
        [at, "", "Verksamhet", "", "Dina uppgifter"],
        [at, "Åsa Öberg", "Samordnare, Region Ekliden", "", "Din intresseanmälan"],
    ]
    assert rows(client) == [["När", "Vem", "I vilken roll", "För vems räkning", "Vad"], *expected]
    page = client.get(PAGE).content.decode()
    for part in (
        "Samordnare, Region Ekliden",
        "För Bo räkning",
        "Någon vars konto är avslutat",
        "onsdag 25 november",
        "Din intresseanmälan",
    ):
        assert part in page, part


def test_nobody_has_looked(client):
    log_in(client, make_person("Anna"))

    assert "Ingen har tittat" in client.get(PAGE).content.decode()
    assert len(rows(client)) == 1
    assert PAGE in client.get("/konto/profil/").content.decode()


def test_a_name_is_no_formula_in_the_extract(client):
    person = make_person("Anna")
    look(person, Actor(person_id=make_person("=HYPERLINK(1)").pk))
    log_in(client, person)

    assert rows(client)[1][1] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_page_and_the_extract_cost_the_same_however_many_looked(client, count, django_assert_num_queries):
    person = make_person("Anna")
    region = make_node(Kind.REGION)
    lookers = [make_person(f"Tittare {n}").pk for n in range(min(count, 60))]
    for n in range(count):
        by = Actor(person_id=lookers[n % len(lookers)], role="coordinator", node_id=region.pk)
        look(person, by, at=NOW + timedelta(minutes=n))
    log_in(client, person)
    client.get(PAGE)

    with django_assert_num_queries(6):
        page = client.get(PAGE).content.decode()
    assert page.count('<th scope="row">') == min(count, 50)
    with django_assert_num_queries(5):
        extract = rows(client)
    assert len(extract) == count + 1
    if count == 300:
        assert "Sida 6 av 6" in client.get(f"{PAGE}?page=6").content.decode()
