"""Material as a public document: found by whoever asks, with its file beside its number; in the diary; disposed of by
decision, the file gone and the row there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from samskapa.cocreate.assignments.domain.material import Audience
from samskapa.cocreate.assignments.models import Material
from samskapa.cocreate.assignments.queries.material import material_rows_of
from samskapa.cocreate.assignments.queries.retention import work_over
from samskapa.cocreate.assignments.services.material import remove_material
from samskapa.edge.my_data.services import forget_person
from samskapa.edge.records.domain import Outcome
from samskapa.edge.records.queries import documents_of, line_of, new_documents
from samskapa.edge.records.services import answer_request, pack_for_assessment, pack_to_hand_out
from samskapa.ground.core.domain import BLANKED, SYSTEM
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.documents.queries import path_of
from samskapa.ground.people.models import Person
from tests.factories.assignments import host_of, make_need
from tests.factories.files import PDF
from tests.factories.material import TITLE, make_material
from tests.factories.organisations import log_in
from tests.factories.standing import LATER

from .conftest import THEN
from .test_disclosure import ask, decide, files
from .test_disposal import decide as decide_disposal
from .test_disposal import end_of, run

DAY = timedelta(days=1)


@pytest.fixture
def material(body) -> Material:
    return make_material(body.assignment, name="Kallelse åäö.pdf", now=LATER)


def the_file(body, **changes):
    asked = ask(body, kinds=["file"], **changes)
    return asked, asked.documents.first()


# --- somebody asks to read ------------------------------------------------------------------------


def test_it_is_gathered_by_what_it_is_called_and_says_for_whom(body, material):
    asked, document = the_file(body, containing="kallelsen ut i dag")
    assert (document.number, document.at) == (f"FIL-{material.pk}", LATER)
    (gathered,) = documents_of(asked)
    assert (gathered.found.record.who, gathered.found.record.way) == ("De som är valda", "out")
    assert [(str(passage.label), passage.text) for passage in gathered.found.passages] == [
        ("Titel", TITLE),
        ("Fil", "Kallelse åäö.pdf (PDF, 1\u00a0kB)"),
    ]
    assert the_file(body, containing="kallelse åäö.pdf")[1].number == document.number
    assert the_file(body, containing="något annat")[1] is None


def test_whoever_assesses_gets_the_file_and_the_page_beside_it(body, material):
    asked, document = the_file(body)
    packed = files(pack_for_assessment(asked, by=body.by, now=THEN))
    assert set(packed) == {"00-lista.html", f"{document.number}.html", f"{document.number}-Kallelse åäö.pdf"}
    assert packed[f"{document.number}-Kallelse åäö.pdf"] == PDF
    assert TITLE in packed[f"{document.number}.html"].decode()
    assert "Leta efter namn" in packed["00-lista.html"].decode()


def test_handed_out_whole_with_the_file_and_in_part_without(body, material):
    asked, document = the_file(body)
    decide(document, Outcome.WHOLE, by=body.by)
    answer_request(asked, by=body.by, now=THEN)
    asked.refresh_from_db()
    packed = files(pack_to_hand_out(asked, by=body.by, now=THEN))
    assert packed[f"{document.number}-Kallelse åäö.pdf"] == PDF
    asked, document = the_file(body)
    rule = {"rule": "OSL 25 kap. 1 §", "reason": "Hälsa"}
    decide(document, Outcome.PART, by=body.by, text_out="Kallelsen. [maskat]", **rule)
    answer_request(asked, by=body.by, now=THEN)
    asked.refresh_from_db()
    packed = files(pack_to_hand_out(asked, by=body.by, now=THEN))
    assert set(packed) == {"00-svar.html", "00-beslut.html", f"{document.number}-delvis.txt"}
    assert packed[f"{document.number}-delvis.txt"].decode() == "Kallelsen. [maskat]"


def test_the_page_says_where_the_file_is_and_that_nothing_in_it_is_masked(body, material, client):
    asked, document = the_file(body)
    log_in(client, body.person, body.grant)
    url = f"/handlingar/utlamnande/{asked.pk}/{document.pk}/"
    said = client.get(url).content.decode()
    assert "Här går det inte att maska i en fil" in said
    assert f"/handlingar/utlamnande/{asked.pk}/att-bedoma.zip" in said
    other = ask(body, kinds=["need"])
    said = client.get(f"/handlingar/utlamnande/{other.pk}/{other.documents.first().pk}/").content.decode()
    assert "maska i en fil" not in said


def test_taken_away_it_is_there_as_what_there_was(body, material):
    remove_material(material, reason="Fel version", by=host_of(body.assignment), now=LATER + DAY)
    asked, document = the_file(body)
    packed = files(pack_for_assessment(asked, by=body.by, now=THEN + DAY))
    assert set(packed) == {"00-lista.html", f"{document.number}.html"}
    page = packed[f"{document.number}.html"].decode()
    for words in (TITLE, "Kallelse åäö.pdf", f"Filen togs bort {timezone.localdate(LATER + DAY)}.", "Fel version"):
        assert words in page


def test_a_lost_file_does_not_stop_the_rest(body, material):
    path_of(material.upload.pk).unlink()
    asked, document = the_file(body)
    assert f"{document.number}.html" in files(pack_for_assessment(asked, by=body.by, now=THEN))


def test_what_is_only_worked_on_is_no_document(body):
    need = make_need(unit=body.assignment.unit)
    make_material(need)
    assert ask(body, kinds=["file"]).documents.count() == 0


def test_what_lay_there_before_it_was_published_is_one_from_then(body, material):
    Material.objects.update(added_at=body.assignment.published_at - DAY)
    _, document = the_file(body)
    assert document.at == body.assignment.published_at


# --- the diary ------------------------------------------------------------------------------------


def test_a_row_in_the_diary(body, material):
    Material.objects.update(audience=Audience.EVERYBODY)
    _since, found = new_documents(body.region, until=THEN)
    (line,) = [line_of(each) for each in found if each.kind.key == "file"]
    assert (line.number, line.way, line.who, line.about, line.kind) == (
        f"FIL-{material.pk}",
        "out",
        "Alla",
        body.assignment.title,
        "Material till uppdrag",
    )
    assert line.date == timezone.localdate(LATER).isoformat()


# --- disposal -------------------------------------------------------------------------------------


def test_by_a_decision_the_file_goes_and_the_row_stays(body, material, django_capture_on_commit_callbacks):
    removed = make_material(body.assignment, title="Bort", now=LATER)
    remove_material(removed, reason="Annas namn stod i den", by=host_of(body.assignment), now=LATER)
    decide_disposal(body, "file")
    end = end_of(body)
    run(end - 30 * DAY)
    assert run(end - timedelta(seconds=1)) == {}
    assert path_of(material.upload.pk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert run(end + DAY) == {"file": 1}
    assert not path_of(material.upload.pk).exists()
    material.refresh_from_db()
    removed.refresh_from_db()
    assert (material.title, material.removed_at, material.removed_by_id) == (TITLE, end + DAY, None)
    assert (material.upload.removed_at, removed.removed_reason) == (end + DAY, BLANKED)
    assert run(end + 900 * DAY) == {}
    assert AuditEntry.objects.filter(action="assignments.material_disposed_of").get().details == {"count": 1}


def test_without_a_decision_and_while_the_work_goes_on_it_stays(body, material):
    assert run(THEN + 9999 * DAY) == {}
    decide_disposal(body, "file", months=1)
    type(body.assignment).objects.update(told_back_on=(THEN + 9000 * DAY).date())
    body.assignment.refresh_from_db()
    assert work_over(body.assignment) > THEN
    assert run(THEN + 300 * DAY) == {}
    assert path_of(material.upload.pk).exists()


# --- whoever added it -----------------------------------------------------------------------------


def test_whoever_added_it_takes_it_along_and_is_forgotten_without_it(body, material):
    person = Person.objects.get(pk=material.added_by_id)
    (row,) = material_rows_of(person.pk)
    facts = {fact.key: fact.value for fact in row.facts}
    assert (row.title, facts["assignment"], facts["added_at"]) == (TITLE, body.assignment.title, LATER)
    forget_person(person, by=SYSTEM, now=THEN)
    material.refresh_from_db()
    assert (material.title, material.upload.name, material.upload.person_id) == (TITLE, "fil.pdf", None)
    assert path_of(material.upload.pk).read_bytes() == PDF
    assert Person.objects.get(pk=person.pk).name == ""
