"""The pages of the work, as each who reaches them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.services.applying import withdraw
from samskapa.cocreate.underway.models import CheckIn, Confirmation, Contribution, Credit, Outcome, Promise, Telling
from samskapa.cocreate.underway.queries.promises import promise_rows
from samskapa.ground.core.models import AuditEntry
from tests.factories.assignments import representative_of
from tests.factories.underway import BEGUN, answer, confirm, contribute, grow, tell, under_way
from tests.factories.underway_pages import as_coordinator, as_host, as_representative, page, shown

pytestmark = pytest.mark.django_db


def test_host_and_representatives_read_the_same_and_only_the_host_reads_names(client):
    one, two = under_way(2, names=("Anna Ek", "Bo Alm"))
    answer(contribute(one, "Skriv vem man ringer."), "partly", "Numret står där.")
    url = page("work", one.root_id)
    texts = ("Skriv vem man ringer.", "Togs med delvis", "Numret står där.", "Ulla Exempel")
    for log, named in ((as_representative, False), (as_host, True), (as_coordinator, True)):
        log(client, two)
        said = shown(client, url)
        assert all(text in said for text in texts)
        assert ("Anna Ek" in said) is named
    as_representative(client, two)
    assert "En annan företrädare" in shown(client, url)
    looks = AuditEntry.objects.filter(action="underway.read")
    assert {entry.role for entry in looks} == {"host", "coordinator"}


def test_a_contribution_comes_from_the_form_and_nothing_written_is_said_beside_the_field(client):
    (agreement,) = under_way()
    as_representative(client, agreement)
    url = page("contribute", agreement.root_id)
    refused = client.post(url, {"text": "  "})
    assert refused.status_code == 422
    assert "Skriv något här." in refused.content.decode()
    sent = client.post(url, {"text": "Skriv vem man ringer."})
    assert (sent.status_code, sent.headers["Location"]) == (302, page("work", agreement.root_id))
    assert Contribution.objects.get().text == "Skriv vem man ringer."


def test_a_personal_number_is_refused_where_it_was_typed_and_the_text_is_kept(client):
    """What it led to is read by everybody; a telephone number of ten digits may stand there."""
    (agreement,) = under_way()
    as_representative(client, agreement)
    url = page("contribute", agreement.root_id)
    refused = client.post(url, {"text": "Min mamma, 19121212-1212, fick vänta."})
    assert refused.status_code == 422
    assert "ser ut som ett personnummer" in refused.content.decode()
    assert "Min mamma, 19121212-1212, fick vänta." in refused.content.decode()
    assert not Contribution.objects.exists()
    assert client.post(url, {"text": "Ring 0701234567."}).status_code == 302


def test_the_host_says_whose_it_was(client):
    one, two = under_way(2, names=("Anna Ek", "Bo Alm"))
    as_host(client, one)
    url = page("contribute", one.root_id)
    assert "Bo Alm" in shown(client, url)
    assert client.post(url, {"text": "Sa emot.", "agreement": ""}).status_code == 422
    assert client.post(url, {"text": "Sa emot.", "agreement": two.pk}).status_code == 302
    noted = Contribution.objects.get()
    assert (noted.agreement_id, noted.added_side) == (two.pk, "host")


def test_who_did_not_see_the_newest_word_is_told_and_keeps_the_text(client):
    (agreement,) = under_way()
    contribution = contribute(agreement)
    first = answer(contribution, "not_taken_in", "Det ryms inte.")
    as_host(client, agreement)
    mine = {"became": "taken_in", "reason": "Det ryms ändå.", "based_on": ""}
    refused = client.post(page("outcome", contribution.pk), mine)
    assert refused.status_code == 422
    said = refused.content.decode()
    assert "Det ryms ändå." in said
    assert f'name="based_on" value="{first.pk}"' in said
    assert client.post(page("outcome", contribution.pk), mine | {"based_on": first.pk}).status_code == 302
    assert Outcome.objects.count() == 2


def test_a_reason_is_asked_for(client):
    (agreement,) = under_way()
    contribution = contribute(agreement)
    as_host(client, agreement)
    refused = client.post(page("outcome", contribution.pk), {"became": "", "reason": ""})
    assert refused.status_code == 422
    said = refused.content.decode()
    assert "Välj ett av svaren." in said
    assert "Skriv något här." in said


def test_what_was_contributed_is_taken_back_also_by_who_has_withdrawn(client):
    one, two = under_way(2)
    contribution = contribute(one)
    withdraw(one.application, by=representative_of(one), now=BEGUN)
    as_representative(client, one)
    assert client.get(page("work", one.root_id)).status_code == 404
    assert client.post(page("take_back", contribution.pk)).status_code == 302
    as_host(client, two)
    said = shown(client, page("work", two.root_id))
    assert "Har tagits tillbaka." in said
    assert "Skriv vem man ringer." not in said


def test_a_check_in_is_noted_by_each_and_read_by_both(client):
    (agreement,) = under_way()
    check_in = CheckIn.objects.get(moment="first")
    for log, text in ((as_representative, "Materialet kom sent."), (as_host, "Vi skickar det en vecka före.")):
        log(client, agreement)
        assert client.post(page("check_in", check_in.pk), {"goes_well": "partly", "text": text}).status_code == 302
    said = shown(client, page("check_in", check_in.pk))
    assert "Materialet kom sent." in said
    assert "Vi skickar det en vecka före." in said
    refused = client.post(page("check_in", check_in.pk), {"goes_well": "yes", "text": "Något annat."})
    assert refused.status_code == 422
    assert "Något annat." in refused.content.decode()
    assert check_in.notes.count() == 2


def test_the_coordinator_reads_check_ins_and_promises_and_writes_in_neither(client):
    (agreement,) = under_way()
    check_in = CheckIn.objects.get(moment="first")
    as_coordinator(client, agreement)
    for url in (page("check_in", check_in.pk), page("promises", agreement.pk)):
        assert "<textarea" not in shown(client, url)
        assert client.post(url, {"goes_well": "yes"}).status_code == 403


def test_a_day_that_cannot_be_is_said_beside_it(client):
    (agreement,) = under_way()
    as_representative(client, agreement)
    url = page("add_check_in", agreement.pk)
    yesterday = timezone.localdate() - timedelta(days=1)
    refused = client.post(url, {"day": yesterday.isoformat()})
    assert refused.status_code == 422
    assert "Välj en dag från i dag och inom två år" in refused.content.decode()
    assert client.post(url, {"day": (yesterday + timedelta(days=3)).isoformat()}).status_code == 302
    assert CheckIn.objects.filter(moment="extra").count() == 1


def test_promises_are_answered_on_one_page_and_a_word_without_an_answer_is_asked_about(client):
    (agreement,) = under_way()
    line = promise_rows(agreement)[2].line_id
    as_representative(client, agreement)
    url = page("promises", agreement.pk)
    refused = client.post(url, {f"line-{line}-word": "Ingen ringde."})
    assert refused.status_code == 422
    assert "Ingen ringde." in refused.content.decode()
    assert client.post(url, {f"line-{line}-kept": "no", f"line-{line}-word": "Ingen ringde."}).status_code == 302
    assert Promise.objects.get().line_id == line
    as_host(client, agreement)
    assert "Ingen ringde." in shown(client, url)


def test_closed_by_telling_confirmed_and_read_by_everybody(client):
    one, two = under_way(2, names=("Anna Ek", "Bo Alm"))
    as_host(client, one)
    url, questions = page("tell", one.root_id), page("questions", one.root_id)
    assert client.post(questions, {"q_heard": "4"}).headers["Location"] == url
    assert client.post(url, {"text": "", "kind": "closing"}).status_code == 422
    assert client.post(url, {"text": "Kallelsen är omskriven.", "kind": "closing"}).status_code == 302
    second = client.post(url, {"text": "Något annat.", "kind": "closing"})
    assert second.status_code == 422
    assert "Något annat." in second.content.decode()
    for agreement, said in ((one, "yes"), (two, "partly")):
        as_representative(client, agreement)
        asked = Confirmation.objects.get(agreement=agreement)
        assert client.post(questions, {"skip": "1"}).headers["Location"] == page("confirm", asked.pk)
        assert "Kallelsen är omskriven." in shown(client, page("confirm", asked.pk))
        assert client.post(page("confirm", asked.pk), {"answer": "", "word": "Nja"}).status_code == 422
        assert client.post(page("confirm", asked.pk), {"answer": said, "word": ""}).status_code == 302
    assert client.post(page("credit", two.pk), {"wants": "yes"}).status_code == 302
    client.logout()
    public = reverse("assignments:assignment", args=[one.root_id])
    said = shown(client, public)
    assert "Kallelsen är omskriven." in said
    assert "Ja: 1. Delvis: 1. Nej: 0. Inget svar: 0." in said
    assert "Bo Alm" in said
    assert "Anna Ek" not in said
    as_representative(client, two)
    client.post(page("credit", two.pk), {"wants": "no"})
    client.logout()
    assert "Bo Alm" not in shown(client, public)
    assert Telling.objects.count() == 1


def test_desk_and_my_page_say_what_waits(client):
    (agreement,) = under_way()
    contribute(agreement)
    as_host(client, agreement)
    assert "1 bidrag väntar på besked om vad det blev av det." in shown(client, reverse("pages:host"))
    as_representative(client, agreement)
    assert "Arbetet pågår." in shown(client, reverse("pages:my_page"))
    tell(agreement)
    asked = Confirmation.objects.get()
    assert page("confirm", asked.pk) in shown(client, reverse("pages:my_page"))
    confirm(agreement)
    as_coordinator(client, agreement)
    assert "Klart och återkopplat." in shown(client, reverse("pages:desk"))


def test_the_yes_to_ones_name_is_among_ones_own_data_and_taken_back_there(client):
    (agreement,) = under_way()
    as_representative(client, agreement)
    client.post(page("credit", agreement.pk), {"wants": "yes"})
    assert "Ditt namn får stå på den öppna sidan" in shown(client, reverse("my_data:mine"))
    assert Credit.objects.get().wants


@pytest.mark.parametrize("log", [as_host, as_representative])
def test_the_shared_page_costs_the_same_however_much_was_contributed(client, log):
    (agreement,) = under_way()
    contribute(agreement)
    log(client, agreement)
    url = page("work", agreement.root_id)
    counted = []
    for more in (0, 2, 297):
        grow(agreement, more)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            shown(client, url)
        counted.append(len(queries))
    assert Contribution.objects.count() == 300
    assert counted[0] == counted[1] == counted[2]
