"""The pages of a standing assignment: choosing deputies, the term, the hand-over, telling back, desks and my page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.models import Agreement, Application, Choice, HandOver, Term, ToldBack
from samskapa.cocreate.assignments.services import standing
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from tests.factories.applications import make_application, make_choosing
from tests.factories.assignments import STANDING, coordinator_for, host_of, make_agreement, make_open
from tests.factories.organisations import log_in, make_grant
from tests.factories.standing import LAST, council, grow, name_successor

pytestmark = pytest.mark.django_db


def as_host(client, assignment) -> None:
    grant = RoleGrant.objects.get(person_id=assignment.created_by_id, role=Role.HOST)
    log_in(client, grant.person, grant)


def as_coordinator(client, assignment) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator_for(assignment).person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


def as_representative(client, agreement) -> None:
    log_in(client, agreement.application.person)


def page(name: str, thing) -> str:
    return reverse(f"assignments:{name}", args=[thing.pk])


def ends_in(agreement: Agreement, days: int) -> None:
    """Move the term so that it ends so many days from the real today, which the pages go by."""
    today = timezone.localdate()
    Term.objects.filter(agreement=agreement).update(
        starts_on=today - timedelta(days=500), ends_on=today + timedelta(days=days)
    )


# --- choosing -------------------------------------------------------------------------------------


@pytest.fixture
def choosing(client):
    assignment = make_open(standing=STANDING)
    rows = [make_application(assignment) for _ in range(3)]
    make_choosing(assignment)
    as_coordinator(client, assignment)
    return assignment, rows


def test_a_tick_as_deputy_is_enough_and_the_answer_page_says_deputy(client, choosing):
    assignment, (one, two, _) = choosing
    answer = client.post(
        page("choose", assignment),
        {"chosen": [one.pk], "deputies": [two.pk], "reason": "De täcker båda.", "method": "by_hand"},
    )
    assert answer.status_code == 302
    choice = Choice.objects.get()
    assert (set(choice.chosen.all()), set(choice.deputies.all())) == ({one, two}, {two})
    shown = client.get(page("choose", assignment)).content.decode()
    assert f'name="deputies" value="{two.pk}" id="id_deputies_1" checked' in shown
    assert f'name="chosen" value="{two.pk}" id="id_chosen_1">' in shown
    url = reverse("assignments:answer_applicant", args=[assignment.pk, two.pk])
    assert "Svaret är: vald som ersättare." in client.get(url).content.decode()
    said = {"reason": "Du är vald för att du kan nätter.", "version": two.version, "outcome": "chosen"}
    assert client.post(url, said | {"as_deputy": ""}).status_code == 422
    assert client.post(url, said | {"as_deputy": "1"}).status_code == 302
    assert Application.objects.get(pk=two.pk).is_deputy
    log_in(client, two.person)
    assert "Du är vald som ersättare" in client.get(page("my_application", two)).content.decode()
    assert "Du är vald som ersättare" in client.get(reverse("pages:my_page")).content.decode()


@pytest.mark.parametrize(
    ("chosen", "deputies", "said"),
    [
        ([0], [1, 2], "1 ersättare söks. Välj inte fler än så."),
        ([], [1], "Välj minst en ordinarie."),
        ([], [], "minst"),
    ],
)
def test_too_many_deputies_only_deputies_and_nobody_are_told_beside_the_list(client, choosing, chosen, deputies, said):
    assignment, rows = choosing
    data = {
        "chosen": [rows[n].pk for n in chosen],
        "deputies": [rows[n].pk for n in deputies],
        "reason": "Mitt skäl",
        "method": "by_hand",
    }
    answer = client.post(page("choose", assignment), data)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert said in shown
    assert "Mitt skäl" in shown
    assert shown.count("checked") == len(chosen) + len(deputies)
    assert Choice.objects.count() == 0


# --- the term -------------------------------------------------------------------------------------


def test_both_and_the_coordinator_see_the_term_and_each_may_propose_another(client):
    (agreement,) = council()
    for log in (as_representative, lambda c, a: as_host(c, a.root), lambda c, a: as_coordinator(c, a.root)):
        log(client, agreement)
        shown = client.get(page("agreement", agreement)).content.decode()
        assert "Sista dagen" in shown
        assert page("agreement_term", agreement) in shown
        assert client.get(page("agreement_term", agreement)).status_code == 200


def test_the_coordinator_renews_in_one_form_and_sees_that_both_must_confirm(client):
    (agreement,) = council()
    as_coordinator(client, agreement.root)
    form = client.get(page("agreement_term", agreement)).context["form"]
    assert form.initial["starts_on"] == LAST + timedelta(days=1)
    assert form.initial["takes_part"] == "ordinary"
    data = {name: str(value) for name, value in form.initial.items()} | {"reason": "Alla vill."}
    assert client.post(page("agreement_term", agreement), data).status_code == 302
    assert Term.objects.filter(confirmed_at=None, starts_on=LAST + timedelta(days=1)).count() == 1
    shown = client.get(page("agreement", agreement)).content.decode()
    assert "En ny period är föreslagen" in shown
    again = client.post(page("agreement_term", agreement), data | {"ends_on": str(LAST + timedelta(days=90))})
    assert again.status_code == 422
    assert "Punkten ändrades medan du skrev" in again.content.decode()
    assert str(LAST + timedelta(days=90)) in again.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ends_on": "2020-01-01"}, "Sista dagen kommer före den första."),
        ({"starts_on": "2019-01-01", "ends_on": "2020-01-01"}, "Sista dagen måste ligga framåt i tiden"),
        ({"ends_on": "snart"}, "Skriv datumet"),
    ],
)
def test_days_that_cannot_be_are_told_beside_the_field_and_what_was_typed_is_kept(client, changes, said):
    (agreement,) = council()
    as_host(client, agreement.root)
    initial = client.get(page("agreement_term", agreement)).context["form"].initial
    data = {name: str(value) for name, value in initial.items()} | {"reason": "Skälet"} | changes
    answer = client.post(page("agreement_term", agreement), data)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert said in shown
    assert changes["ends_on"] in shown
    assert "Skälet" in shown


def test_letting_it_end_is_asked_once_and_stands_on_the_page(client):
    (agreement,) = council()
    as_representative(client, agreement)
    assert "Ska perioden ta slut?" in client.get(page("agreement_term_end", agreement)).content.decode()
    client.post(page("agreement_term_end", agreement))
    assert "Perioden förlängs inte" in client.get(page("agreement", agreement)).content.decode()
    assert client.get(page("agreement_term_end", agreement)).status_code == 302


def test_an_agreement_that_ended_with_its_term_says_so_and_not_that_somebody_withdrew(client):
    (agreement,) = council()
    ends_in(agreement, 3)
    standing.let_term_end(agreement, by=host_of(agreement.root), now=timezone.now())
    standing.end_term(Term.objects.get().pk, now=timezone.now() + timedelta(days=4))
    for log in (as_representative, lambda c, a: as_host(c, a.root)):
        log(client, agreement)
        shown = client.get(page("agreement", agreement)).content.decode()
        assert "Perioden är slut. Det ni kom överens om" in shown
        assert "drog" not in shown
    assert "Perioden är slut." in client.get(page("agreements", agreement.root)).content.decode()
    as_representative(client, agreement)
    assert "Din period är slut." in client.get(reverse("pages:my_page")).content.decode()
    assert client.get(page("agreement_term", agreement)).status_code == 200


def test_an_ordinary_assignment_has_none_of_these_pages(client):
    agreement = make_agreement()
    as_host(client, agreement.root)
    for name in ("agreement_term", "agreement_term_end", "agreement_hand_over"):
        assert client.get(page(name, agreement)).status_code == 404
    assert client.get(page("tell_back", agreement.root)).status_code == 404
    assert "Perioden" not in client.get(page("agreement", agreement)).content.decode()


# --- hand-over ------------------------------------------------------------------------------------


def test_the_host_names_the_successor_and_the_successor_says_that_it_is_done(client):
    (one, two) = council(2, names=["Amina Ett", "Bertil Två"])
    as_host(client, one.root)
    form = client.get(page("agreement_hand_over", one)).context["form"]
    assert form.initial == {"successor": None, "by_day": LAST, "what": STANDING["hand_over"]}
    assert [label for _, label in form.fields["successor"].choices] == ["Bertil Två"]
    refused = client.post(page("agreement_hand_over", one), {"by_day": "2027-13-01", "what": "Pärmen"})
    assert refused.status_code == 422
    assert "Välj vem som tar över." in refused.content.decode()
    assert "Pärmen" in refused.content.decode()
    data = {"successor": two.pk, "by_day": "2027-12-01", "what": "Pärmen"}
    assert client.post(page("agreement_hand_over", one), data).status_code == 302
    for agreement in (one, two):
        as_representative(client, agreement)
        shown = client.get(page("agreement", agreement)).content.decode()
        assert "Från Amina Ett till Bertil Två" in shown
        assert client.get(page("agreement_hand_over", agreement)).status_code == 404
    answer = client.post(page("hand_over_done", HandOver.objects.get()))
    assert answer.url == page("agreement", two)
    assert HandOver.objects.get().done_by == two.application.person
    as_coordinator(client, one.root)
    assert "Det är överlämnat" not in client.get(page("agreement", one)).content.decode()


def test_another_representative_neither_sees_nor_touches_the_hand_over(client):
    (one, two, three) = council(3)
    name_successor(one, two)
    as_representative(client, three)
    assert "Från " not in client.get(page("agreement", three)).content.decode()
    assert client.post(page("hand_over_done", HandOver.objects.get())).status_code == 404


# --- telling back ---------------------------------------------------------------------------------


def test_the_host_tells_and_everybody_reads_it_on_the_assignments_page(client):
    (agreement,) = council()
    assignment = agreement.root
    as_host(client, assignment)
    assert "Det är inte dags än" in client.get(page("tell_back", assignment)).content.decode()
    ends_in(agreement, 200)
    assert page("tell_back", assignment) in client.get(page("agreements", assignment)).content.decode()
    assert client.post(page("tell_back", assignment), {"text": " "}).status_code == 422
    assert client.post(page("tell_back", assignment), {"text": "Vi har öppet på kvällen."}).status_code == 302
    again = client.post(page("tell_back", assignment), {"text": "En annan text"})
    assert again.status_code == 422
    assert "En annan text" in again.content.decode()
    assert ToldBack.objects.count() == 1
    client.logout()
    shown = client.get(page("assignment", assignment)).content.decode()
    assert "Vad det har lett till" in shown
    assert "Vi har öppet på kvällen." in shown


# --- lists and desks ------------------------------------------------------------------------------


def test_the_desks_show_the_term_that_ends_and_the_telling_that_waits(client):
    (agreement,) = council()
    ends_in(agreement, 30)
    as_coordinator(client, agreement.root)
    desk = reverse("pages:desk")
    assert "Förläng eller låt den ta slut" in client.get(desk).content.decode()
    listed = client.get(page("agreements", agreement.root)).content.decode()
    assert "Tar snart slut: förläng eller låt den ta slut." in listed
    standing.let_term_end(agreement, by=host_of(agreement.root), now=timezone.now())
    shown = client.get(desk).content.decode()
    assert "Förläng eller" not in shown
    assert "väntar de på att få höra vad det har lett till" in shown
    as_host(client, agreement.root)
    assert page("tell_back", agreement.root) in client.get(reverse("pages:host")).content.decode()


def test_the_list_says_deputy_and_until_when(client):
    council_ = council(2, deputies=1)
    as_host(client, council_[0].root)
    rows = client.get(page("agreements", council_[0].root)).context["rows"]
    assert [(row.is_deputy, row.term.ends_on) for row in rows] == [(False, LAST), (True, LAST)]


def test_the_list_of_a_council_costs_the_same_with_1_3_and_300(client):
    (agreement,) = council()
    as_host(client, agreement.root)
    costs = []
    for more in (0, 2, 297):
        grow(agreement, more)
        with CaptureQueriesContext(connection) as spent:
            assert client.get(page("agreements", agreement.root)).status_code == 200
        costs.append(len(spent))
    assert len(set(costs)) == 1, costs


def test_others_do_not_come_near(client):
    (agreement,) = council()
    grant = make_grant(role=Role.LEADERSHIP, node=agreement.root.area)
    log_in(client, grant.person, grant)
    for name in ("agreement_term", "agreement_term_end", "agreement_hand_over"):
        assert client.get(page(name, agreement)).status_code == 404
    assert client.get(page("tell_back", agreement.root)).status_code == 404
