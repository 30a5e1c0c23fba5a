"""The pages of host and coordinator: who applied, choosing, answering, and who may not see them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.models import Application, Assignment, Choice
from samskapa.cocreate.assignments.services import closing
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.organisations.domain import Kind, Role
from tests.factories.applications import make_application, many_applications
from tests.factories.assignments import make_open
from tests.factories.organisations import log_in, make_grant, make_node
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
WHY = "Hen har läst kallelsen med starr, och det saknas."


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def url(name: str, *args) -> str:
    return reverse(f"assignments:{name}", args=args)


class Desk:
    """An assignment in the stage of choosing, with a host, a coordinator, and two who applied."""

    def __init__(self, **changes):
        now = timezone.now()
        self.assignment = make_open(now=now, **changes)
        self.hidden = make_application(self.assignment, make_person("Kim Dold"), now=now, access_needs="Tolk")
        self.shown = make_application(self.assignment, make_person("Lo Visad"), now=now, present_now=True)
        self.host, self.coordinator = make_person("Värd"), make_person("Samordnare")
        self.as_host = make_grant(self.host, Role.HOST, self.assignment.unit)
        self.as_coordinator = make_grant(self.coordinator, Role.COORDINATOR, self.assignment.area)

    def close(self):
        closing.close_early(self.assignment, by=SYSTEM, now=timezone.now())
        self.assignment.refresh_from_db()
        return self

    def page(self, client, name, *args):
        return client.get(url(name, self.assignment.pk, *args)).content.decode()


@pytest.fixture
def desk() -> Desk:
    return Desk()


GETS = ["applicants", "choose", "call_off"]
ONLY_COORDINATOR = ["close_early", "extend"]


def test_the_host_sees_numbers_and_only_names_that_may_be_shown(client, desk):
    log_in(client, desk.host, desk.as_host)
    desk.close()
    for name in ("applicants", "choose"):
        page = desk.page(client, name)
        assert "Applicant 1" in page
        assert "Applicant 2" in page
        assert "Kim Dold" not in page
        assert "Tolk" not in page
        assert "Lo Visad" in page
    page = desk.page(client, "applicant", desk.hidden.pk)
    assert "Kim Dold" not in page
    assert desk.hidden.person.email not in page
    assert "Not shown before the person has said yes." in page


def test_the_coordinator_sees_who_they_are_and_the_look_is_traced(client, desk):
    log_in(client, desk.coordinator, desk.as_coordinator)
    assert "Kim Dold" in desk.page(client, "applicants")
    entry = AuditEntry.objects.filter(action="assignments.applicants_read").get()
    assert entry.details["applications"] == [desk.hidden.pk, desk.shown.pk]
    assert sorted(entry.details["people"]) == sorted([desk.hidden.person_id, desk.shown.person_id])
    assert desk.hidden.person.email in desk.page(client, "applicant", desk.hidden.pk)
    look = AuditEntry.objects.filter(action="people.looked").get()
    assert (look.object_id, look.person_id) == (str(desk.hidden.person_id), desk.coordinator.pk)


def test_nobody_else_may_know(client, desk):
    desk.close()
    elsewhere, far = make_node(Kind.UNIT), make_node(Kind.REGION)
    people = {
        "stranger": (make_person(), None, None),
        "applicant": (desk.hidden.person, None, None),
        "other applicant": (desk.shown.person, None, None),
        "host elsewhere": (make_person(), Role.HOST, elsewhere),
        "coordinator elsewhere": (make_person(), Role.COORDINATOR, far),
        "organisation": (make_person(), Role.ORGANISATION, make_node(Kind.PATIENT_ORGANISATION)),
        "leadership": (make_person(), Role.LEADERSHIP, desk.assignment.unit),
        "national": (make_person(), Role.NATIONAL, make_node(Kind.NATION)),
        "member": (make_person(), Role.MEMBER, desk.assignment.area),
    }
    for who, (person, role, node) in people.items():
        log_in(client, person, make_grant(person, role, node) if role else None)
        for name in GETS + ONLY_COORDINATOR:
            assert client.get(url(name, desk.assignment.pk)).status_code == 404, (who, name)
            if name != "applicants":
                assert client.post(url(name, desk.assignment.pk)).status_code == 404, (who, name)
        assert client.post(url("finish_choosing", desk.assignment.pk)).status_code == 404, who
        for name in ("applicant", "answer_applicant"):
            assert client.get(url(name, desk.assignment.pk, desk.hidden.pk)).status_code == 404, (who, name)
        for name in ("assess_conflict", "answer_applicant"):
            assert client.post(url(name, desk.assignment.pk, desk.hidden.pk)).status_code == 404, (who, name)
    client.logout()
    for name in GETS + ONLY_COORDINATOR:
        assert client.get(url(name, desk.assignment.pk)).status_code == 302
    assert AuditEntry.objects.filter(action="assignments.applicants_read").count() == 0


def test_the_coordinators_own_things_are_not_the_hosts(client, desk):
    log_in(client, desk.host, desk.as_host)
    for name in ONLY_COORDINATOR:
        assert client.get(url(name, desk.assignment.pk)).status_code == 403
        assert client.post(url(name, desk.assignment.pk)).status_code == 403
    assert client.post(url("assess_conflict", desk.assignment.pk, desk.hidden.pk)).status_code == 403


def test_an_applicant_of_another_assignment_is_not_found_here(client, desk):
    other = Desk()
    log_in(client, desk.coordinator, desk.as_coordinator)
    assert client.get(url("applicant", desk.assignment.pk, other.hidden.pk)).status_code == 404


def test_from_choice_to_agreements(client, desk):
    desk.close()
    log_in(client, desk.coordinator, desk.as_coordinator)
    assert "Say who is chosen and why" in desk.page(client, "choose")
    response = client.post(
        url("choose", desk.assignment.pk), {"chosen": [desk.shown.pk], "reason": "Erfarenhet", "method": "by_hand"}
    )
    assert response["Location"] == url("choose", desk.assignment.pk)
    assert client.post(url("finish_choosing", desk.assignment.pk)).status_code == 302
    assert Assignment.objects.get(pk=desk.assignment.pk).state == State.CHOOSING
    for row in (desk.shown, desk.hidden):
        form = client.get(url("answer_applicant", desk.assignment.pk, row.pk)).context["form"]
        suggestion = form["reason"].value()
        unchanged = client.post(
            url("answer_applicant", desk.assignment.pk, row.pk), {"reason": suggestion, "version": row.version}
        )
        assert unchanged.status_code == 422
        assert "only the suggestion" in unchanged.content.decode()
        sent = client.post(url("answer_applicant", desk.assignment.pk, row.pk), {"reason": WHY, "version": row.version})
        assert sent.status_code == 302
    assert sorted(Application.objects.values_list("state", flat=True)) == ["chosen", "not_chosen"]
    client.post(url("finish_choosing", desk.assignment.pk))
    assert Assignment.objects.get(pk=desk.assignment.pk).state == State.AGREEING


def choose(client, desk, *rows):
    return client.post(
        url("choose", desk.assignment.pk),
        {"chosen": [row.pk for row in rows], "reason": "Erfarenhet", "method": "by_hand"},
    )


def test_brackets_of_the_suggestion_must_be_replaced(client, desk):
    desk.close()
    log_in(client, desk.host, desk.as_host)
    choose(client, desk, desk.shown)
    text = "Tack. Vi valde andra, för att [what decided it]."
    response = client.post(url("answer_applicant", desk.assignment.pk, desk.hidden.pk), {"reason": text, "version": 1})
    assert response.status_code == 422
    assert not OutboxMail.objects.filter(kind="assignments/answered_not_chosen").exists()


def test_the_second_who_answers_reads_what_was_sent(client, desk):
    desk.close()
    log_in(client, desk.coordinator, desk.as_coordinator)
    choose(client, desk, desk.shown)
    target = url("answer_applicant", desk.assignment.pk, desk.hidden.pk)
    assert client.post(target, {"reason": WHY, "version": 1}).status_code == 302
    log_in(client, desk.host, desk.as_host)
    response = client.post(target, {"reason": "Något helt annat.", "version": 1})
    page = response.content.decode()
    assert response.status_code == 422
    assert WHY in page
    assert "Något helt annat." in page
    assert OutboxMail.objects.filter(kind="assignments/answered_not_chosen").count() == 1


def test_an_answer_that_was_begun_before_the_choice_was_changed_is_not_sent(client, desk):
    desk.close()
    log_in(client, desk.coordinator, desk.as_coordinator)
    choose(client, desk, desk.shown)
    choose(client, desk, desk.hidden)
    target = url("answer_applicant", desk.assignment.pk, desk.hidden.pk)
    response = client.post(target, {"reason": WHY, "version": 1, "outcome": "not_chosen"})
    assert response.status_code == 422
    assert "The choice was changed while you were writing" in response.content.decode()
    assert Application.objects.get(pk=desk.hidden.pk).state == "applied"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"chosen": []}, "chosen"),
        ({"chosen": ["999999"]}, "chosen"),
        ({"chosen": ["<script>"]}, "chosen"),
        ({"reason": ""}, "reason"),
        ({"reason": "x" * 2001}, "reason"),
        ({"method": "dice"}, "method"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_and_what_was_typed_stays(client, desk, changes, field):
    desk.close()
    log_in(client, desk.coordinator, desk.as_coordinator)
    values = {"chosen": [desk.shown.pk], "reason": "Erfarenhet", "method": "by_hand"} | changes
    response = client.post(url("choose", desk.assignment.pk), values)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "There is something to put right" in response.content.decode()
    if "reason" not in changes:
        assert "Erfarenhet" in response.content.decode()
    if "chosen" not in changes:
        assert f'value="{desk.shown.pk}" id="id_chosen_1"' in response.content.decode()
        assert "checked" in response.content.decode()
    assert not Choice.objects.exists()


@pytest.mark.parametrize("changes", [{"reason": ""}, {"reason": "x" * 2001}, {"version": "x"}, {"version": "0"}])
def test_an_answer_that_cannot_be_is_refused(client, desk, changes):
    desk.close()
    log_in(client, desk.coordinator, desk.as_coordinator)
    choose(client, desk, desk.shown)
    response = client.post(
        url("answer_applicant", desk.assignment.pk, desk.hidden.pk), {"reason": WHY, "version": 1} | changes
    )
    assert response.status_code == 422
    assert Application.objects.get(pk=desk.hidden.pk).state == "applied"


def test_a_conflict_is_shown_to_the_coordinator_and_its_outcome_to_the_host(client):
    desk = Desk(conflict={"conflict_matter": "procurement"})
    conflict = desk.hidden.conflict
    conflict.has_conflict, conflict.text = True, "Äger bolaget"
    conflict.save()
    log_in(client, desk.coordinator, desk.as_coordinator)
    assert "Äger bolaget" in desk.page(client, "applicant", desk.hidden.pk)
    target = url("assess_conflict", desk.assignment.pk, desk.hidden.pk)
    assert client.post(target, {"assessment": "excludes", "text": ""}).status_code == 422
    assert client.post(target, {"assessment": "excludes", "text": "Äger hela"}).status_code == 302
    desk.close()
    log_in(client, desk.host, desk.as_host)
    page = desk.page(client, "applicant", desk.hidden.pk)
    assert "A conflict of interest that makes it impossible to take part" in page
    assert "Äger bolaget" not in page
    assert "Äger hela" not in page
    response = choose(client, desk, desk.hidden)
    assert response.status_code == 422


def test_days_are_moved_and_wrong_ones_said_beside_the_field(client, desk):
    log_in(client, desk.coordinator, desk.as_coordinator)
    today = timezone.localdate()
    target = url("extend", desk.assignment.pk)
    for closes_on, answer_by, field in [
        (today - timedelta(days=1), today, "closes_on"),
        (today + timedelta(days=16), today, "answer_by"),
        ("2027-02-30", today, "closes_on"),
        ("", today, "closes_on"),
        ("9" * 400, today, "closes_on"),
    ]:
        response = client.post(target, {"closes_on": str(closes_on), "answer_by": str(answer_by)})
        assert response.status_code == 422
        assert list(response.context["form"].errors) == [field]
    response = client.post(
        target, {"closes_on": str(today + timedelta(days=20)), "answer_by": str(today + timedelta(days=30))}
    )
    assert response["Location"] == url("applicants", desk.assignment.pk)
    assert Assignment.objects.get(pk=desk.assignment.pk).closes_on == today + timedelta(days=20)


def test_calling_off_needs_a_reason_and_a_second_click_does_no_harm(client, desk):
    log_in(client, desk.host, desk.as_host)
    target = url("call_off", desk.assignment.pk)
    assert client.post(target, {"reason": " "}).status_code == 422
    assert client.post(target, {"reason": "Chefen slutar."}).status_code == 302
    assert client.post(target, {"reason": "Chefen slutar."}).status_code == 422
    assert Application.objects.filter(state="not_chosen").count() == 2


def test_closing_early_is_confirmed_first(client, desk):
    log_in(client, desk.coordinator, desk.as_coordinator)
    assert client.get(url("close_early", desk.assignment.pk)).status_code == 200
    assert Assignment.objects.get(pk=desk.assignment.pk).state == State.OPEN
    for _ in range(2):
        assert client.post(url("close_early", desk.assignment.pk)).status_code == 302
    assert Assignment.objects.get(pk=desk.assignment.pk).state == State.CHOOSING


@pytest.mark.parametrize("name", ["applicants", "choose"])
@pytest.mark.parametrize("who", ["host", "coordinator"])
def test_the_number_of_queries_does_not_grow_with_the_applicants(client, name, who):
    desk = Desk().close()
    log_in(client, getattr(desk, who), getattr(desk, f"as_{who}"))
    client.get(url(name, desk.assignment.pk))
    counts = []
    for more in (1, 2, 297):
        many_applications(desk.assignment, more)
        with CaptureQueriesContext(connection) as made:
            assert client.get(url(name, desk.assignment.pk)).status_code == 200
        counts.append(len(made))
    assert counts[0] == counts[1] == counts[2]
