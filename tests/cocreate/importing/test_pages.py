"""The coordinator's pages of a list, from the file to the mail; and the page by which somebody says no."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.importing.access import no_token
from samskapa.cocreate.importing.models import Import, Row
from samskapa.cocreate.importing.services import making
from samskapa.cocreate.pool.models import Member
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from tests.factories.importing import YES, as_lines, checked, taken_in, work_off
from tests.factories.organisations import NOW, log_in
from tests.factories.people import make_person
from tests.factories.pool import make_group, make_member

pytestmark = pytest.mark.django_db

HEADINGS = ("Namn", "E-post", "Telefon", "Ålder", "Roll")


def url(name: str, *args) -> str:
    return reverse(f"importing:{name}", args=args)


def as_coordinator(client, coordinator: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


def test_a_list_goes_from_the_file_to_the_mail(client):
    group, coordinator = make_group()
    as_coordinator(client, coordinator)
    rows = [("Åsa", "asa@example.se", "", "45", "Patient"), ("", "", "", "", "Patient")]
    file = SimpleUploadedFile("lista.csv", as_lines(HEADINGS, *rows))
    step = client.post(url("start", group.node_id), {"file": file})
    one = Import.objects.get()
    assert step["Location"] == url("progress", one.pk)
    assert "Filen läses" in client.get(step["Location"]).content.decode()
    work_off(one, now=timezone.now())
    page = client.get(url("columns", one.pk)).content.decode()
    assert "Till exempel: asa@example.se" in page
    mapping = {f"column_{place}": value for place, value in enumerate(["name", "email", "phone", "age", "as"])}
    step = client.post(url("columns", one.pk), mapping | {"source": "Vår lista"})
    assert step["Location"] == url("progress", one.pk)
    work_off(one, now=timezone.now())
    assert "Läs in 1" in client.get(step["Location"]).content.decode()
    bad = client.get(url("rows", one.pk, "bad")).content.decode()
    assert all(text in bad for text in ("Rad 3", "Namn saknas.", "Det finns ingen e-post, telefon eller postadress"))
    given = {"consent_by": "paper", "consent_on": "2025-03-03", "are_asked": "on"}
    assert client.post(url("take_in", one.pk), given).status_code == 302
    work_off(one, now=timezone.now())
    assert OutboxMail.objects.count() == 0
    assert "Vår lista" in client.get(url("tell", one.pk)).content.decode()
    assert client.post(url("tell", one.pk)).status_code == client.post(url("tell", one.pk)).status_code == 302
    work_off(one, now=timezone.now())
    assert OutboxMail.objects.get().kind == "importing/kept"
    assert client.post(url("close", one.pk))["Location"] == url("start", group.node_id)
    assert (Row.objects.count(), Member.objects.count()) == (0, 1)
    for name in ("columns", "twins", "take_in"):  # old windows
        assert client.get(url(name, one.pk))["Location"] == url("progress", one.pk)


def test_what_is_wrong_is_told_where_it_was_typed_and_nothing_typed_is_lost(client):
    group, coordinator = make_group()
    as_coordinator(client, coordinator)
    start = url("start", group.node_id)
    for name, content, told in [
        ("lista.pdf", b"%PDF-1.7\n%%EOF", "Det är ingen lista som vi kan läsa."),
        ("lista.xlsx", b"PK\x03\x04" + b"x" * 300, "Filen går inte att läsa."),
        ("tom.csv", b"", "Filen är tom"),
    ]:
        answer = client.post(start, {"file": SimpleUploadedFile(name, content)})
        assert (answer.status_code, told in answer.content.decode()) == (422, True), name
    assert "Välj en fil." in client.post(start).content.decode()
    one = checked(group, coordinator, as_lines(HEADINGS, ("Åsa", "asa@example.se", "", "45", "Patient")))
    sent = {"column_0": "email", "column_1": "email", "source": "19121212-1212"}
    answer = client.post(url("columns", one.pk), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    for told in ("Två kolumner är samma sak.", "Välj vilken kolumn som är namnet.", "personnummer", "19121212-1212"):
        assert told in text
    answer = client.post(url("take_in", one.pk), {"consent_on": "2125-01-01"})
    text = answer.content.decode()
    assert (answer.status_code, "Den dagen har inte varit än." in text) == (422, True)
    assert "Bara de som har sagt ja kan läsas in." in text


def test_a_column_of_diagnoses_says_why_it_is_left_out(client):
    group, coordinator = make_group()
    as_coordinator(client, coordinator)
    one = checked(group, coordinator, as_lines(("Namn", "Telefon", "Diagnos"), ("Åsa", "0701234567", "Gikt")))
    page = client.get(url("columns", one.pk)).content.decode()
    assert "En diagnos läses inte in: det säger var och en ja till själv" in page
    assert '<option value="diagnosis"' not in page


def test_who_may_be_the_same_is_shown_beside_and_what_is_chosen_is_kept(client):
    group, coordinator = make_group()
    as_coordinator(client, coordinator)
    member = make_member(group, make_person("Åsa", email="asa@example.se"), coordinator=coordinator)
    rows = [("Åsa Ö", "asa@example.se", "", "45", "Patient"), ("Bo", "", "0701234567", "", ""),
            ("Bosse", "", "070-123 45 67", "", "")]  # fmt: skip
    one = checked(group, coordinator, as_lines(HEADINGS, *rows))
    page = client.get(url("twins", one.pk)).content.decode()
    assert all(text in page for text in ("Rad 2: Åsa Ö", "Här: Kim.", "Samma som rad 3 i listan."))
    assert page.count('value="new"') == 1  # one address is one person
    assert reverse("pool:member", args=[member.pk]) in page
    client.post(url("twins", one.pk), {"row_2": "fill", "row_4": "new"})
    assert dict(Row.objects.values_list("number", "choice")) == {2: "fill", 3: "", 4: "new"}
    assert client.post(url("twins", one.pk), {"row_2": "new"}).status_code == 422


def test_the_steps_write_as_often_for_many_rows_as_for_few():
    """Within one batch: what one by one would be ten thousand questions are some thirty."""
    counts = []
    for number in (3, 30):
        group, coordinator = make_group()
        rows = [(f"Namn {n}", f"ny{number}-{n}@example.se", "", "45", "Patient") for n in range(number)]
        one = checked(group, coordinator, as_lines(HEADINGS, *rows))
        making.begin_to_make(one, **YES, by=coordinator, now=NOW)
        with CaptureQueriesContext(connection) as queries:
            work_off(one)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] < 45


def test_a_no_by_the_link_needs_no_log_in_and_opening_it_changes_nothing(client):
    group, coordinator = make_group()
    taken_in(group, coordinator, as_lines(HEADINGS, ("Åsa", "asa@example.se", "", "45", "Patient")))
    member = Member.objects.get()
    link = url("no", no_token(member))
    assert "Nej, ta bort mig" in client.get(link).content.decode()
    assert Member.objects.get().status == "interested"
    for _turn in range(2):
        assert "Du är inte med i gruppen" in client.post(link).content.decode()
    assert Member.objects.get().status == "left"
    assert client.get(url("no", "nej")).status_code == 404


def test_the_members_page_leads_here(client):
    group, coordinator = make_group()
    as_coordinator(client, coordinator)
    page = client.get(reverse("pool:members", args=[group.node_id])).content.decode()
    assert url("start", group.node_id) in page
