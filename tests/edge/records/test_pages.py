"""The pages: what a coordinator sees and does there, and what is said when something is wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samskapa.edge.records.models import DiaryExport, DisclosureRequest, DisposalDecision
from samskapa.edge.records.queries import kind_called
from samskapa.edge.records.services import note_decision, show_before
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.organisations.domain import Kind, Role
from tests.factories.applications import many_applications
from tests.factories.assignments import make_open
from tests.factories.organisations import log_in, make_grant, make_node

pytestmark = pytest.mark.django_db
HOME, DIARY, ASKED = "/handlingar/", "/handlingar/diarium/", "/handlingar/utlamnande/"
AGREEMENT = "/handlingar/gallring/agreement/"


@pytest.fixture
def maja(client, body):
    log_in(client, body.person, body.grant)
    return client


def says(answer, *words: str) -> str:
    text = answer.content.decode()
    for each in words:
        assert each in text, each
    return text


def test_every_kind_with_its_proposal(maja):
    says(
        maja.get(HOME),
        "Intresseanmälningar och nomineringar",
        "Diarieförs (OSL 5 kap. 1 §)",
        "Hålls ordnade här, utan att diarieföras",
        "OSL 25 och 26 kap.",
        "Juristen och arkivarien",
        "Inget än: handlingarna finns kvar.",
        "Inget inom 30 dagar.",
    )


def test_the_desk_leads_there(maja):
    says(maja.get("/oversikt/"), f'href="{HOME}"')


def test_the_coordinator_of_an_administration_has_no_diary(client, body):
    grant = make_grant(body.person, Role.COORDINATOR, make_node(Kind.ADMINISTRATION, parent=body.region))
    log_in(client, body.person, grant)
    assert [client.get(path).status_code for path in (HOME, DIARY, ASKED, AGREEMENT)] == [404] * 4


def test_a_kind_that_goes_by_other_rules_takes_no_decision(maja):
    assert maja.get("/handlingar/gallring/mail/").status_code == 404


def test_note_a_decision(maja, body):
    today = timezone.localdate().isoformat()
    wrong = maja.post(AGREEMENT, {"how": "dispose", "decided_on": today, "applies_from": today, "reference": "RS <1>"})
    assert wrong.status_code == 422
    says(wrong, "Skriv hur många månader det sparas.", "RS &lt;1&gt;")
    early = maja.post(
        AGREEMENT,
        {"how": "preserve", "decided_on": today, "applies_from": "2020-01-01", "reference": "RS 1"},
    )
    says(early, "Ett beslut kan inte gälla innan det är fattat.")
    assert not DisposalDecision.objects.exists()
    done = maja.post(
        AGREEMENT,
        {"how": "dispose", "keep_months": "120", "decided_on": today, "applies_from": today, "reference": "RS 1"},
    )
    assert (done.status_code, done["Location"]) == (302, HOME)
    decision = DisposalDecision.objects.get()
    assert (decision.node_id, decision.kind, decision.keep_months, decision.noted_by_id) == (
        body.region.pk, "agreement", 120, body.person.pk,
    )  # fmt: skip
    says(maja.get(HOME), "Gallras efter 120 månader. RS 1, beslutat")
    says(maja.get(AGREEMENT), "Tidigare antecknat")


def test_preserved_forgets_the_months_that_were_typed(maja):
    today = timezone.localdate().isoformat()
    maja.post(
        AGREEMENT,
        {"how": "preserve", "keep_months": "12", "decided_on": today, "applies_from": today, "reference": "RS 1"},
    )
    assert DisposalDecision.objects.get().keep_months is None


def test_what_goes_is_shown_before_on_the_page(maja, body):
    now = timezone.now()
    long_ago = (timezone.localdate(now) - timedelta(days=400)).isoformat()
    type(body.assignment).objects.filter(pk=body.assignment.pk).update(told_back_on=long_ago)
    type(body.agreement).objects.filter(pk=body.agreement.pk).update(settled_at=now - timedelta(days=400))
    note_decision(
        body.region, kind_called("agreement"), keep_months=12, decided_on=now.date(), applies_from=now.date(),
        reference="RS 9", by=body.by, now=now,
    )  # fmt: skip
    show_before(now=now)
    says(maja.get(HOME), "Gallras snart", f"<b>{body.assignment.title}</b>", "enligt beslut RS 9")


def test_make_a_list_and_fetch_it(maja, body):
    type(body.assignment).objects.filter(pk=body.assignment.pk).update(sent_at=timezone.now() - timedelta(days=1))
    says(maja.get(DIARY), "väntar", f"BEH-{body.assignment.pk}")
    made = maja.post(DIARY, {"until": ""})
    export = DiaryExport.objects.get()
    assert made["Location"] == f"{DIARY}{export.pk}/"
    text = says(maja.get(made["Location"]), "För kalkylblad (CSV)", f"BEH-{body.assignment.pk}")
    assert "inte ut riktigt" not in text
    file = maja.get(f"{DIARY}{export.pk}.csv")
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert file["Content-Disposition"] == f'attachment; filename="diarium-{export.pk}.csv"'
    assert file.content.startswith(b"\xef\xbb\xbfDatum;Nummer;")
    assert "no-store" in file["Cache-Control"]
    assert maja.get(f"{DIARY}{export.pk}.json").json()["format"] == 1
    assert AuditEntry.objects.filter(action="records.diary_read").count() == 2
    again = maja.post(DIARY, {"until": (timezone.localdate() - timedelta(days=2)).isoformat()})
    assert again.status_code == 422
    says(again, "Det finns inget nytt till och med den dagen.")


def test_a_request_from_note_to_answer(maja, body):
    type(body.assignment).objects.filter(pk=body.assignment.pk).update(sent_at=timezone.now() - timedelta(days=1))
    wrong = maja.post(f"{ASKED}ny/", {"asked_on": "2199-01-01", "words": "Vem <b>valdes</b>?", "kinds": ["need"]})
    assert wrong.status_code == 422
    says(wrong, "Den dagen har inte kommit än.", "Vem &lt;b&gt;valdes&lt;/b&gt;?")
    day = (timezone.localdate() - timedelta(days=3)).isoformat()
    noted = maja.post(f"{ASKED}ny/", {"asked_on": day, "words": "Vem valdes?", "kinds": ["need"]})
    asked = DisclosureRequest.objects.get()
    page = f"{ASKED}{asked.pk}/"
    assert noted["Location"] == page
    says(maja.get(page), "Begäran har väntat i 3 dagar", "1 handling är samlad", "Inte beslutat än")
    says(maja.get(ASKED), "Vem valdes?", "1 av 1 handling väntar på beslut.")
    assert maja.get(f"{page}att-lamna-ut.zip").status_code == 404
    says(maja.post(f"{page}svara/", follow=True), "Besluta först om varje handling.")

    document = f"{page}{asked.documents.get().pk}/"
    says(maja.get(document), "Sekretess att pröva", "Fyra av tio ringer")
    refused = maja.post(document, {"outcome": "refused", "rule": "", "reason": ""})
    assert refused.status_code == 422
    says(refused, "Skriv kapitel och paragraf", "Skriv varför den gäller")
    whole = asked.documents.get()
    uncut = maja.get(document).context["form"].initial["text_out"]
    part = {"outcome": "part", "rule": "OSL 21 kap. 1 §", "reason": "Hälsa", "text_out": uncut.replace("\n", "\r\n")}
    says(maja.post(document, part), "Inget är borttaget.")
    assert maja.post(document, {"outcome": "whole"}).status_code == 302
    whole.refresh_from_db()
    assert (whole.outcome, whole.decided_by_id) == ("whole", body.person.pk)

    says(maja.post(f"{page}svara/", follow=True), "Begäran är besvarad", "Hämta det som lämnas ut")
    archive = maja.get(f"{page}att-lamna-ut.zip")
    assert (archive.status_code, archive["Content-Type"]) == (200, "application/zip")
    late = maja.post(document, {"outcome": "refused", "rule": "OSL", "reason": "x"})
    assert late.status_code == 422
    whole.refresh_from_db()
    assert whole.outcome == "whole"


def test_nobody_is_asked_who_they_are(maja):
    text = says(maja.get(f"{ASKED}ny/"), "Fråga inte vem det är", "tryckfrihetsförordningen 2 kap. 18 §")
    for name in ('name="name"', 'name="email"', 'name="phone"'):
        assert name not in text


@pytest.mark.parametrize("path", [HOME, DIARY])
def test_a_page_costs_the_same_however_much_there_is(maja, body, path):

    open_one = make_open(unit=body.assignment.unit)
    counts = set()
    for more in (1, 2, 297):
        many_applications(open_one, more)
        maja.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert maja.get(path).status_code == 200
        counts.add(len(asked))
    assert len(counts) == 1
