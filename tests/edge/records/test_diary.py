"""The list for the diary: every document once, none forgotten, and nobody by name who has not shown it."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samskapa.cocreate.assignments.models import Application, Assignment, Choice, PublicQuestion
from samskapa.cocreate.assignments.services.asking import answer_question, ask_question
from samskapa.edge.my_data.services import forget_person
from samskapa.edge.records.domain import COLUMNS, DiaryLine, NothingNew, as_csv, as_json
from samskapa.edge.records.models import DiaryExport, DiaryRow
from samskapa.edge.records.queries import documents, lines_of, new_documents, until_day
from samskapa.edge.records.queries.table import BEGINNING
from samskapa.edge.records.services import export_to_diary, note_request
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import AuditEntry
from tests.factories.applications import make_application, many_applications
from tests.factories.assignments import host_of, make_open
from tests.factories.organisations import NOW, log_in
from tests.factories.people import make_person

from .conftest import THEN, make_body

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def day(moment: datetime) -> str:
    return timezone.localdate(moment).isoformat()


def export(body, until=THEN, now=THEN):
    return export_to_diary(body.region, until=until, by=body.by, now=now)


def numbers(export_made) -> list[str]:
    return sorted(export_made.rows.values_list("number", flat=True))


# --- what is in it --------------------------------------------------------------------------------


def test_every_kind_that_is_registered_and_nothing_else(body):
    made = export(body)
    pk = body.assignment.pk
    choice, application = Choice.objects.get(assignment=pk), body.agreement.application
    assert numbers(made) == sorted(
        [
            f"BEH-{pk}",
            f"ANM-{application.pk}",
            f"VAL-{choice.pk}",
            f"SVA-{application.pk}",
            f"OVK-{body.version.pk}",
        ]
    )


def test_the_file_exactly(body):
    application = body.agreement.application
    application.refresh_from_db()
    made = export(body)
    choice = Choice.objects.get(assignment=body.assignment)
    title = "Vad ska stå i kallelsen till höftoperation?"
    unit = body.assignment.unit.name
    health = (
        "Någons hälsa och andra personliga förhållanden, när de har berättats för hälso- och sjukvård eller "
        "socialtjänst (OSL 25 och 26 kap.). I andra fall hälsa och var någon finns (OSL 21 kap.)."
    )
    none = "I regel ingen. Leta efter det som sägs om någons hälsa (OSL 21 och 25 kap.)."
    body.assignment.refresh_from_db()
    rows = {
        f"BEH-{body.assignment.pk}": (
            body.assignment.sent_at, "Upprättad", unit, title, "Behov och uppdragsbeskrivningar", none
        ),
        f"ANM-{application.pk}": (
            application.applied_at, "Inkommen", "Anna Björk", title, "Intresseanmälningar och nomineringar", health
        ),
        f"VAL-{choice.pk}": (
            choice.chosen_at, "Upprättad", choice.chosen_by.name, title, "Urval med skäl", health
        ),
        f"SVA-{application.pk}": (
            application.answered_at, "Utgående", "Anna Björk", title, "Svar till dem som anmält intresse", health
        ),
        f"OVK-{body.version.pk}": (
            body.version.fixed_at, "Upprättad", "Anna Björk", f"{title}, version 1", "Överenskommelser", health
        ),
    }  # fmt: skip
    in_order = sorted(rows, key=lambda number: (rows[number][0], number))
    expected = "Datum;Nummer;Riktning;Avsändare eller mottagare;Ärendemening;Handlingstyp;Sekretess att pröva\r\n"
    for number in in_order:
        at, *rest = rows[number]
        expected += ";".join([day(at), number, *rest]) + "\r\n"
    assert as_csv(lines_of(made, now=THEN)) == b"\xef\xbb\xbf" + expected.encode()


def test_csv_bytes_of_what_is_awkward():
    lines = [
        DiaryLine("2026-11-25", "ANM-1", "in", '=HYPERLINK("x")', "Två;rader\r\noch å ä ö", "Anmälan", "Ingen"),
        DiaryLine("2026-11-26", "ANM-2", "out", 'Kalle "Kula"', "+46", "-", "@x"),
    ]
    head = ";".join(COLUMNS.values())
    assert as_csv(lines).decode("utf-8") == (
        f"\ufeff{head}\r\n"
        '2026-11-25;ANM-1;Inkommen;"\'=HYPERLINK(""x"")";"Två;rader och å ä ö";Anmälan;Ingen\r\n'
        '2026-11-26;ANM-2;Utgående;"Kalle ""Kula""";\'+46;\'-;\'@x\r\n'
    )
    read = list(csv.reader(io.StringIO(as_csv(lines).decode("utf-8-sig")), delimiter=";"))
    assert [len(row) for row in read] == [7, 7, 7]


def test_json_says_the_same(body):
    lines = lines_of(export(body), now=THEN)
    told = json.loads(as_json(lines))
    assert told["format"] == 1
    assert [row["number"] for row in told["documents"]] == [line.number for line in lines]
    assert set(told["documents"][0]) == set(COLUMNS)


def test_whoever_has_not_shown_their_name_is_a_number(body):
    open_one = make_open(unit=body.assignment.unit)
    shy = make_application(open_one, make_person("Hemlig Person"))
    lines = {line.number: line for line in lines_of(export(body), now=THEN)}
    assert lines[f"ANM-{shy.pk}"].who == f"Sökande {shy.number}"
    assert "Hemlig" not in as_csv(lines.values()).decode()


def test_whoever_asks_in_the_open_is_never_named(body):
    open_one = make_open(unit=body.assignment.unit)
    asker = make_person("Fråga Frågesson")
    question = ask_question(open_one, text="Hur långt är det?", by=Actor(person_id=asker.pk), now=NOW)
    answer_question(question, text="En timme.", by=host_of(open_one), now=NOW)
    found = documents(body.region.path, BEGINNING, THEN + DAY, keys={"question"})
    pk = PublicQuestion.objects.get().pk
    assert [each.number for each in found] == [f"FRA-{pk}", f"FRA-{pk}-S"]
    assert not any("Frågesson" in each.record.who + each.text() for each in found)


# --- each once, none forgotten --------------------------------------------------------------------


def test_what_is_in_a_list_is_in_no_other(body):
    first = export(body)
    with pytest.raises(NothingNew):
        export(body, now=THEN + timedelta(minutes=1))
    other = make_open(unit=body.assignment.unit)
    second = export(body, until=THEN + DAY, now=THEN + DAY)
    assert numbers(second) == [f"BEH-{other.pk}"]
    assert not set(numbers(first)) & set(numbers(second))


def test_what_was_written_down_late_comes_in_the_next(body):
    made = export(body)
    late = make_open(unit=body.assignment.unit)
    Assignment.objects.filter(pk=late.pk).update(sent_at=made.until - 10 * DAY)
    assert numbers(export(body, until=THEN + DAY, now=THEN + DAY)) == [f"BEH-{late.pk}"]


def test_what_is_still_under_way_waits(body):
    assert until_day(None, now=THEN) == THEN - timedelta(minutes=5)
    assert until_day(timezone.localdate(THEN), now=THEN) == THEN - timedelta(minutes=5)
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(THEN), datetime.min.time()))
    assert until_day(timezone.localdate(THEN) - DAY, now=THEN) == midnight


def test_the_database_refuses_a_document_in_two_lists(body):
    made = export(body)
    row = made.rows.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        DiaryRow.objects.create(export=made, node=body.region, number=row.number)


def test_an_empty_list_is_not_made(body):
    with pytest.raises(NothingNew):
        export(body, until=BEGINNING + DAY)
    assert not DiaryExport.objects.exists()


def test_each_region_has_its_own(body):
    other = make_body("Bo Ek")
    assert not set(numbers(export(body))) & set(numbers(export(other)))


def test_a_request_to_read_is_registered_too_without_who_asks(body):
    asked = note_request(
        body.region, asked_on=THEN.date(), words="Hur valdes de?", answer_to="hemlig@example.se", assignment=None,
        since=None, until=None, kinds=["need"], containing="", by=body.by, now=THEN - DAY,
    )  # fmt: skip
    lines = {line.number: line for line in lines_of(export(body), now=THEN)}
    line = lines[f"UTL-{asked.pk}"]
    assert (line.who, line.about) == ("Den som frågade", "Begäran om allmänna handlingar")


# --- the trail, and forgetting --------------------------------------------------------------------


def test_whoever_is_in_it_finds_it_among_those_who_looked(body):
    made = export(body)
    entry = AuditEntry.objects.get(action="records.diary_exported")
    assert (entry.object_id, entry.person_id) == (str(made.pk), body.person.pk)
    assert entry.details == {"count": 5, "people": [body.agreement.application.person_id]}


def test_a_list_keeps_no_name_of_somebody_who_is_forgotten(body, client):
    made = export(body)
    person = body.agreement.application.person
    forget_person(person, by=Actor(person_id=person.pk), now=THEN)
    assert "Anna" not in as_csv(lines_of(made, now=THEN)).decode().replace("Annan", "")
    log_in(client, body.person, body.grant)
    assert (
        "Listan ser inte ut riktigt som när den gjordes"
        in client.get(f"/handlingar/diarium/{made.pk}/").content.decode()
    )


# --- how much it costs ----------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_list_costs_the_same_whatever_there_is(body, count):
    open_one = make_open(unit=body.assignment.unit)
    many_applications(open_one, count)
    assert Application.objects.filter(assignment=open_one).count() == count
    with CaptureQueriesContext(
        connection,
    ) as asked:
        _since, found = new_documents(body.region, until=THEN + DAY)
    assert len(found) == 6 + count
    assert len(asked) == QUERIES


#: The last export; then each kind that is registered, with what it fetches beside.
QUERIES = 17
