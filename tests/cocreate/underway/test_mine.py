"""Everything one has taken part in, for life, with a certificate."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samskapa.cocreate.assignments.models import Agreement, Application, Assignment, Version
from samskapa.cocreate.assignments.services.applying import withdraw
from samskapa.cocreate.underway.models import Contribution, Work
from samskapa.cocreate.underway.queries import mine as queries
from samskapa.ground.core.domain import Actor
from samskapa.ground.documents.services import make_pdf
from tests.factories.assignments import representative_of
from tests.factories.bulk import copy_of
from tests.factories.organisations import log_in
from tests.factories.underway import BEGUN, answer, confirm, contribute, note, tell, under_way
from tests.factories.underway_pages import as_representative

pytestmark = pytest.mark.django_db

MINE = reverse("underway:mine")


def test_it_says_what_one_said_what_became_of_it_what_it_led_to_and_what_is_asked_now(client):
    one, two = under_way(2)
    answer(contribute(one, "Skriv vem man ringer."), "not_taken_in", "Numret byts varje vecka.")
    contribute(two, "Det här sa en annan.")
    tell(one, "Kallelsen är omskriven.")
    as_representative(client, one)
    shown = client.get(MINE).content.decode()
    for text in ("Skriv vem man ringer.", "Togs inte med", "Numret byts varje vecka.", "Kallelsen är omskriven."):
        assert text in shown
    assert "Det här sa en annan." not in shown
    assert "Säg om det stämmer" in shown
    assert "Har inte svarat än" in shown
    confirm(one, "partly")
    assert "Ditt svar på om det stämmer: Delvis." in client.get(MINE).content.decode()


def test_the_time_is_what_was_agreed_and_what_one_left_is_not_counted(client):
    one, two = under_way(2)
    # Three times of 90 minutes, and two hours of reading.
    assert [time.agreed for time in queries.own_time(representative_of(one))] == [3 * 90 + 120]
    withdraw(two.application, by=representative_of(two), now=BEGUN)
    assert [time.agreed for time in queries.own_time(representative_of(two))] == [None]
    as_representative(client, two)
    assert "Dina överenskommelser" not in client.get(MINE).content.decode()


def test_what_was_noted_stands_beside_what_was_agreed_also_where_one_has_left(client):
    one, two = under_way(2)
    note(one, "meeting", 6)
    note(one, "reading", 2)
    note(two, "other", 40)
    as_representative(client, one)
    for left in (False, True):
        if left:
            withdraw(one.application, by=representative_of(one), now=BEGUN)
        shown = " ".join(client.get(MINE).content.decode().split())
        assert "Avtalad tid: 6 timmar och 30 minuter. Antecknad tid: 2 timmar." in shown
        assert "Du har antecknat 2 timmar sammanlagt." in shown
        assert ("Dina överenskommelser gäller" in shown) is not left


def test_who_has_withdrawn_still_finds_what_they_said_and_can_take_it_back(client):
    one, _two = under_way(2)
    contribution = contribute(one)
    withdraw(one.application, by=representative_of(one), now=BEGUN)
    as_representative(client, one)
    shown = client.get(MINE).content.decode()
    assert "Skriv vem man ringer." in shown
    assert reverse("underway:take_back", args=[contribution.pk]) in shown
    assert reverse("underway:certificate", args=[one.pk]) not in shown


def test_who_has_agreed_on_nothing_is_told_where_to_begin(client, django_user_model):
    log_in(client, django_user_model.objects.create(email="ny@example.se", name="Ny"))
    assert "Inget här än" in client.get(MINE).content.decode()


def test_the_certificate_names_who_what_where_when_and_what_it_led_to(client):
    (agreement,) = under_way(names=("Anna Ek",))
    note(agreement, "meeting", 6)
    note(agreement, "travel", 3)
    tell(agreement, "Kallelsen är omskriven.")
    confirm(agreement)
    found = Agreement.objects.select_related("root__work", "root__unit", "root__area", "application__person").get()
    data = queries.certificate(found)
    told = dict(data["facts"])
    assert told["Namn"] == "Anna Ek"
    assert told["Uppdrag"] == agreement.root.title
    assert told["Avtalad tid"] == "6 timmar och 30 minuter"
    assert told["Antecknad tid"] == "2 timmar och 15 minuter, enligt egna anteckningar"
    assert data["led"] == "Kallelsen är omskriven."
    as_representative(client, agreement)
    answered = client.get(reverse("underway:certificate", args=[agreement.pk]))
    assert answered.headers["Content-Type"] == "application/pdf"
    assert answered.content.startswith(b"%PDF-")
    # The same certificate is the same file.
    at = found.root.work.done_at
    assert answered.content == make_pdf("underway/certificate", data, title=data["title"], at=at)


def test_the_page_costs_the_same_with_one_three_and_three_hundred(client):
    (agreement,) = under_way()
    contribute(agreement)
    as_representative(client, agreement)
    client.get(MINE)  # the first page after logging in notes that one was seen
    note(agreement, "meeting", 6)
    counted = []
    for more in (0, 2, 297):
        add(agreement, more)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(MINE).status_code == 200
        counted.append(len(asked))
    assert queries.own_work(Actor(person_id=agreement.application.person_id)).count() == 300
    assert counted[0] == counted[1] == counted[2] <= 9
    assert "1950 timmar" in client.get(MINE).content.decode()


def add(agreement: Agreement, count: int) -> None:
    """So many more assignments in which the same person has an agreement and the work has begun."""
    root, application = agreement.root, agreement.application
    version, work = Version.objects.get(agreement=agreement), Work.objects.get(assignment=root)
    roots = Assignment.objects.bulk_create([copy_of(root, form_key=None) for _ in range(count)])
    applications = Application.objects.bulk_create([copy_of(application, assignment=one) for one in roots])
    agreements = Agreement.objects.bulk_create(
        [copy_of(agreement, root=one.assignment, application=one) for one in applications]
    )
    Version.objects.bulk_create([copy_of(version, agreement=one) for one in agreements])
    works = Work.objects.bulk_create([copy_of(work, assignment=one) for one in roots])
    said = Contribution.objects.filter(agreement=agreement).first()
    Contribution.objects.bulk_create(
        [copy_of(said, work=one, agreement=two) for one, two in zip(works, agreements, strict=True)]
    )
