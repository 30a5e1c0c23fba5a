"""Somebody asks to read: gathered for a person to decide of, and nothing leaves before."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from samskapa.edge.records.domain import AnsweredAlready, NotDecided, Outcome
from samskapa.edge.records.models import DisclosureDocument, DisclosureRequest
from samskapa.edge.records.queries import document_of, documents_of
from samskapa.edge.records.services import (
    answer_request,
    decide_document,
    note_request,
    pack_for_assessment,
    pack_to_hand_out,
)
from samskapa.ground.core.models import AuditEntry, AuditSubject
from tests.factories.applications import many_applications
from tests.factories.assignments import make_open
from tests.factories.organisations import log_in

from .conftest import THEN, make_body

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def ask(body, **changes) -> DisclosureRequest:
    wanted = {
        "asked_on": THEN.date(),
        "words": "Allt om höftoperationer",
        "answer_to": "",
        "assignment": None,
        "since": None,
        "until": None,
        "kinds": [],
        "containing": "",
    } | changes
    return note_request(body.region, **wanted, by=body.by, now=THEN)


def kinds_of(asked) -> list[str]:
    return sorted(asked.documents.values_list("kind", flat=True))


def decide(document, outcome=Outcome.WHOLE, by=None, **said):
    text = {"rule": "", "reason": "", "text_out": ""} | said
    decide_document(document, outcome=outcome, **text, by=by, now=THEN)


def files(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        return {name: file.read(name) for name in file.namelist()}


# --- gathering ------------------------------------------------------------------------------------


def test_everything_is_gathered_where_nothing_holds_back(body):
    asked = ask(body)
    assert kinds_of(asked) == ["agreement", "answer", "application", "choice", "need", "talk"]
    assert set(asked.documents.values_list("outcome", flat=True)) == {""}


def test_kinds_assignment_period_and_a_word_hold_back(body):
    other = make_open(unit=body.assignment.unit)
    assert kinds_of(ask(body, kinds=["need"])) == ["need", "need"]
    assert kinds_of(ask(body, kinds=["need"], assignment=other)) == ["need"]
    assert kinds_of(ask(body, until=(THEN - 4000 * DAY).date())) == []
    assert kinds_of(ask(body, since=(THEN + 10 * DAY).date())) == []
    assert kinds_of(ask(body, containing="HÖGER ÖRA")) == ["talk"]
    assert set(kinds_of(ask(body, containing="anna björk"))) == {"agreement", "answer", "application", "talk"}


def test_a_word_is_found_in_an_agreement_too(body):
    assert "agreement" in kinds_of(ask(body, containing="hörselslinga"))


def test_another_regions_documents_are_never_gathered(body):
    other = make_body("Bo Ek")
    mine = set(ask(body).documents.values_list("number", flat=True))
    assert not mine & set(ask(other).documents.values_list("number", flat=True))
    assert ask(body, containing="Bo Ek").documents.count() == 0


# --- deciding -------------------------------------------------------------------------------------


def test_nothing_can_be_packed_to_hand_out_before_all_is_decided(body):
    asked = ask(body, kinds=["need", "application"])
    first, second = asked.documents.order_by("pk")
    with pytest.raises(NotDecided):
        pack_to_hand_out(asked, by=body.by, now=THEN)
    decide(first, by=body.by)
    with pytest.raises(NotDecided) as refused:
        answer_request(asked, by=body.by, now=THEN)
    assert refused.value.args == (1,)
    decide(second, by=body.by)
    asked.refresh_from_db()
    with pytest.raises(NotDecided):
        pack_to_hand_out(asked, by=body.by, now=THEN)  # decided, but not answered
    answer_request(asked, by=body.by, now=THEN)
    asked.refresh_from_db()
    assert set(files(pack_to_hand_out(asked, by=body.by, now=THEN))) == {
        "00-svar.html",
        f"{first.number}.html",
        f"{second.number}.html",
    }


def test_only_what_may_be_handed_out_is_packed_with_the_refusal_and_how_to_appeal(body):
    asked = ask(body, kinds=["need", "application", "agreement", "talk"])
    said = {"rule": "OSL 25 kap. 1 §", "reason": "Det handlar om hennes hörsel"}
    for document in asked.documents.all():
        outcome = {"need": Outcome.WHOLE, "application": Outcome.PART, "agreement": Outcome.WHOLE}.get(
            document.kind, Outcome.REFUSED
        )
        text = {"text_out": "Egen erfarenhet: [maskat]"} if outcome == Outcome.PART else {}
        decide(document, outcome, by=body.by, **(said if outcome != Outcome.WHOLE else {}), **text)
    answer_request(asked, by=body.by, now=THEN)
    asked.refresh_from_db()
    packed = files(pack_to_hand_out(asked, by=body.by, now=THEN))
    by_kind = {document.kind: document.number for document in asked.documents.all()}
    assert set(packed) == {
        "00-svar.html",
        "00-beslut.html",
        f"{by_kind['need']}.html",
        f"{by_kind['application']}-delvis.txt",
        f"{by_kind['agreement']}.pdf",
    }
    assert packed[f"{by_kind['application']}-delvis.txt"].decode() == "Egen erfarenhet: [maskat]"
    assert packed[f"{by_kind['agreement']}.pdf"].startswith(b"%PDF-")
    decision = packed["00-beslut.html"].decode()
    for words in ("OSL 25 kap. 1 §", "Det handlar om hennes hörsel", "kammarrätten", "tre veckor", by_kind["talk"]):
        assert words in decision
    texts = b"".join(content for name, content in packed.items() if not name.endswith(".pdf")).decode()
    assert "höger öra" not in texts
    assert "Jag har fått kallelsen två gånger" not in texts


def test_for_whoever_assesses_all_of_it_with_where_to_look(body):
    asked = ask(body, kinds=["application", "agreement"])
    packed = files(pack_for_assessment(asked, by=body.by, now=THEN))
    by_kind = {document.kind: document.number for document in asked.documents.all()}
    assert set(packed) == {"00-lista.html", f"{by_kind['application']}.html", f"{by_kind['agreement']}.pdf"}
    cover = packed["00-lista.html"].decode()
    for words in ("Inget av det här har lämnats ut", "OSL 25 och 26 kap.", "Egen erfarenhet", "Leta efter namn"):
        assert words in cover
    assert "Jag har fått kallelsen två gånger" in packed[f"{by_kind['application']}.html"].decode()


def test_a_decision_can_be_changed_until_the_answer_and_not_after(body):
    asked = ask(body, kinds=["need"])
    document = asked.documents.get()
    decide(document, Outcome.REFUSED, by=body.by, rule="OSL 21 kap. 1 §", reason="Hälsa")
    decide(document, Outcome.WHOLE, by=body.by, rule="OSL 21 kap. 1 §", reason="Hälsa")
    document.refresh_from_db()
    assert (document.outcome, document.rule, document.reason) == ("whole", "", "")
    answer_request(asked, by=body.by, now=THEN)
    answer_request(asked, by=body.by, now=THEN + DAY)
    asked.refresh_from_db()
    assert asked.answered_at == THEN
    with pytest.raises(AnsweredAlready):
        decide(document, Outcome.REFUSED, by=body.by, rule="x", reason="y")


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "refused", "rule": "", "reason": "x"},
        {"outcome": "refused", "rule": "x", "reason": ""},
        {"outcome": "part", "rule": "x", "reason": "x", "text_out": ""},
        {"outcome": "whole", "text_out": "x"},
        {"outcome": "whole", "decided_by": None},
    ],
)
def test_the_database_refuses_to_withhold_without_saying_why(body, fields):
    document = ask(body, kinds=["need"]).documents.get()
    decide(document, by=body.by)
    with pytest.raises(IntegrityError), transaction.atomic():
        DisclosureDocument.objects.filter(pk=document.pk).update(**fields)


# --- the trail ------------------------------------------------------------------------------------


def test_whoever_it_is_about_finds_the_reading_among_those_who_looked(body):
    asked = ask(body, kinds=["application"])
    pack_for_assessment(asked, by=body.by, now=THEN)
    entry = AuditEntry.objects.get(action="records.gathered_read")
    assert AuditSubject.objects.get(entry=entry).person_id == body.agreement.application.person_id
    actions = AuditEntry.objects.filter(action__startswith="records.").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["records.request_noted", "records.gathered_read", "records.packed_for_assessment"]


def test_the_trail_holds_no_words(body):
    asked = ask(body, containing="höger öra", answer_to="hemlig@example.se")
    decide(asked.documents.get(), Outcome.REFUSED, by=body.by, rule="OSL 25 kap. 1 §", reason="Hälsa om Anna")
    told = str(list(AuditEntry.objects.values_list("details", flat=True)))
    for words in ("höger", "hemlig", "Hälsa", "Anna", "OSL"):
        assert words not in told


# --- how much it costs ----------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_gathered_cost_the_same_however_many(body, count):
    open_one = make_open(unit=body.assignment.unit)
    many_applications(open_one, count)
    asked = ask(body, kinds=["application"], assignment=open_one)
    assert asked.documents.count() == count
    asked = DisclosureRequest.objects.select_related("node").get(pk=asked.pk)
    with CaptureQueriesContext(connection) as queries:
        assert len(documents_of(asked)) == count
    assert len(queries) == 5  # the rows; applications, their answers, whom they answer; nominations


def test_what_was_blanked_meanwhile_says_so(body):
    asked = ask(body, kinds=["application"])
    body.agreement.application.__class__.objects.filter(pk=body.agreement.application_id).update(experience="")
    gathered = document_of(asked.documents.select_related("request__node").get())
    assert gathered.found is not None
    assert "Jag har fått kallelsen" not in gathered.found.text()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_nobody_can_mean_is_said_beside_the_field(day, body, client):
    log_in(client, body.person, body.grant)
    sent = {"asked_on": "2026-11-25", "words": "Allt.", "since": day, "until": day}
    page = client.post("/handlingar/utlamnande/ny/", sent)
    assert page.status_code == 422
    assert page.content.decode().count("Skriv ett årtal mellan 1900 och 2200.") == 4, "each beside its field and above"
