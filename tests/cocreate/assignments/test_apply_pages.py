"""The pages of asking, applying and nominating."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.models import ApplicantQuestion, Application, Assignment, PublicQuestion
from samskapa.cocreate.assignments.services import asking
from samskapa.ground.organisations.domain import Kind, Role
from tests.factories.applications import make_application
from tests.factories.assignments import make_open
from tests.factories.organisations import actor_for, log_in, make_grant, make_node
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def assignment(now) -> Assignment:
    return make_open(now=now)


@pytest.fixture
def person():
    return make_person("Lo Ek", email="lo@example.se")


def url(name: str, *args) -> str:
    return reverse(f"assignments:{name}", args=args)


def filled(assignment, **changes) -> dict:
    question = ApplicantQuestion.objects.filter(assignment=assignment).first()
    values = {
        "experience": "Två kallelser",
        "present": "wait",
        "access_needs": "Tolk",
        f"question_{question.pk}": "Svar",
    }
    return values | changes


def test_a_visitor_is_led_to_log_in_and_back(client, assignment):
    response = client.get(url("apply", assignment.pk))
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={url('apply', assignment.pk)}"


def test_nothing_counts_before_it_has_been_looked_through(client, assignment, person):
    log_in(client, person)
    page = client.get(url("apply", assignment.pk)).content.decode()
    assert "No diagnosis is needed" in page
    assert "public document" in page
    checked = client.post(url("apply", assignment.pk), filled(assignment))
    assert checked.status_code == 200
    assert "Look through before you send" in checked.content.decode()
    assert not Application.objects.exists()
    back = client.post(url("apply", assignment.pk), filled(assignment, step="edit"))
    assert "Två kallelser" in back.content.decode()
    sent = client.post(url("apply", assignment.pk), filled(assignment, step="send"))
    application = Application.objects.get()
    assert sent["Location"] == url("applied", application.pk)
    assert (application.experience, application.presented_at) == ("Två kallelser", None)
    assert "You get an answer by" in client.get(sent["Location"]).content.decode()


def test_a_second_submit_leads_to_the_first(client, assignment, person):
    log_in(client, person)
    for _ in range(2):
        response = client.post(url("apply", assignment.pk), filled(assignment, step="send"))
    assert response["Location"] == url("my_application", Application.objects.get().pk)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"experience": ""}, "experience"),
        ({"experience": "x" * 4001}, "experience"),
        ({"experience": "a\x00b"}, "experience"),
        ({"access_needs": "x" * 2001}, "access_needs"),
        ({"present": "sure"}, "present"),
        ({"present": ""}, "present"),
        ({"organisation": "999999"}, "organisation"),
        ({"organisation": "<script>"}, "organisation"),
    ],
)
@pytest.mark.parametrize("step", ["check", "send"])
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    client, assignment, person, changes, field, step
):
    log_in(client, person)
    response = client.post(url("apply", assignment.pk), filled(assignment, step=step) | changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "There is something to put right" in page
    assert ">Tolk<" in page.replace("\n", "") or "access_needs" in changes
    assert "<script>" not in page.replace("<script src", "")
    assert not Application.objects.exists()


def test_a_conflict_of_interest_is_asked_where_it_matters_and_yes_needs_words(client, person, now):
    assignment = make_open(now=now, conflict={"conflict_matter": "jury"})
    log_in(client, person)
    response = client.post(url("apply", assignment.pk), filled(assignment))
    assert list(response.context["form"].errors) == ["has_conflict"]
    response = client.post(url("apply", assignment.pk), filled(assignment, has_conflict="yes"))
    assert list(response.context["form"].errors) == ["conflict_text"]
    client.post(url("apply", assignment.pk), filled(assignment, has_conflict="no", step="send"))
    assert Application.objects.get().conflict.has_conflict is False


def test_what_was_typed_stays_when_it_closed_meanwhile(client, assignment, person, now):
    log_in(client, person)
    Assignment.objects.filter(pk=assignment.pk).update(closes_on=timezone.localdate(now) - timedelta(days=1))
    response = client.post(url("apply", assignment.pk), filled(assignment, step="send"))
    assert response.status_code == 422
    assert "Your text is still here." in response.content.decode()
    assert "Två kallelser" in response.content.decode()
    assert client.get(url("apply", assignment.pk))["Location"] == url("assignment", assignment.pk)


def test_offices_do_not_apply(client, assignment, person):
    log_in(client, person, make_grant(person, Role.HOST, assignment.unit))
    response = client.post(url("apply", assignment.pk), filled(assignment, step="send"))
    assert response.status_code == 403
    assert "You apply as yourself" in response.content.decode()
    log_in(client, person, make_grant(person, Role.MEMBER, assignment.area))
    assert client.post(url("apply", assignment.pk), filled(assignment, step="send")).status_code == 302


@pytest.mark.parametrize("name", ["my_application", "applied", "change_application", "withdraw"])
def test_an_application_is_for_its_own_person_only(client, assignment, person, name, now):
    application = make_application(assignment, person, now=now)
    log_in(client, person)
    assert client.get(url(name, application.pk)).status_code == 200
    log_in(client, make_person())
    assert client.get(url(name, application.pk)).status_code == 404
    log_in(client, person := make_person(), make_grant(person, Role.COORDINATOR, assignment.area))
    assert client.get(url(name, application.pk)).status_code == 404
    for post_only in ("present", "withdraw", "change_application"):
        assert client.post(url(post_only, application.pk)).status_code == 404
    client.logout()
    assert client.get(url(name, application.pk)).status_code == 302


def test_ones_page_says_what_happens_next_and_when(client, assignment, person, now):
    application = make_application(assignment, person, now=now)
    log_in(client, person)
    page = client.get(url("my_application", application.pk)).content.decode()
    assert "Your application has arrived." in page
    assert "You get an answer by" in page
    assert "You applied." in page
    listed = client.get(url("my_applications")).content.decode()
    assert url("my_application", application.pk) in listed


def test_a_change_is_saved_and_a_stale_one_shows_both(client, assignment, person, now):
    application = make_application(assignment, person, now=now)
    log_in(client, person)
    target = url("change_application", application.pk)
    assert client.post(target, filled(assignment, experience="Första", version="1"))["Location"] == url(
        "my_application", application.pk
    )
    stale = client.post(target, filled(assignment, experience="Andra", version="1"))
    page = stale.content.decode()
    assert stale.status_code == 422
    assert "Första" in page
    assert "Andra" in page
    assert 'name="version" value="2"' in page
    assert Application.objects.get().experience == "Första"
    again = client.post(target, filled(assignment, experience="Andra", version="2"))
    assert again.status_code == 302
    assert Application.objects.get().experience == "Andra"


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999999999999"])
def test_a_version_that_means_nothing_saves_nothing(client, assignment, person, now, version):
    application = make_application(assignment, person, now=now)
    log_in(client, person)
    response = client.post(url("change_application", application.pk), filled(assignment, version=version))
    assert response.status_code == 422
    assert Application.objects.get().version == 1


def test_withdrawing_is_one_button_and_a_second_click_does_no_harm(client, assignment, person, now):
    application = make_application(assignment, person, now=now)
    log_in(client, person)
    assert "without saying why" in client.get(url("withdraw", application.pk)).content.decode()
    for _ in range(2):
        assert client.post(url("withdraw", application.pk))["Location"] == url("my_application", application.pk)
    assert Application.objects.get().state == "withdrawn"
    assert "You have withdrawn" in client.get(url("my_application", application.pk)).content.decode()


def test_saying_yes_to_being_presented_is_a_button(client, assignment, person, now):
    application = make_application(assignment, person, now=now)
    log_in(client, person)
    assert client.get(url("present", application.pk)).status_code == 405
    client.post(url("present", application.pk))
    assert Application.objects.get().presented_at is not None


# --- nominations ----------------------------------------------------------------------------------


@pytest.fixture
def organisation(db):
    node = make_node(Kind.PATIENT_ORGANISATION)
    speaker = make_person()
    return node, speaker, make_grant(speaker, Role.ORGANISATION, node)


NOMINEE = {"name": "Lo Ek", "email": "lo@example.se", "reason": "Kan mycket"}


def test_an_organisation_nominates_and_the_person_says_yes(client, assignment, organisation, person):
    node, speaker, grant = organisation
    log_in(client, speaker, grant)
    assert client.get(url("nominate", assignment.pk)).status_code == 200
    assert client.post(url("nominate", assignment.pk), NOMINEE)["Location"] == url("nominations")
    assert "Has not answered yet" in client.get(url("nominations")).content.decode()
    nomination = Application.objects.get()
    log_in(client, person)
    page = client.get(url("nomination", nomination.pk)).content.decode()
    assert node.name in page
    assert "Kan mycket" in page
    assert client.get(url("accept_nomination", nomination.pk)).status_code == 200
    client.post(url("accept_nomination", nomination.pk), filled(assignment, step="send"))
    nomination.refresh_from_db()
    assert (nomination.state, nomination.person, nomination.organisation) == ("applied", person, node)
    log_in(client, speaker, grant)
    assert "Said yes and has applied" in client.get(url("nominations")).content.decode()


def test_the_person_says_no_and_the_name_goes(client, assignment, organisation, person):
    _, speaker, grant = organisation
    log_in(client, speaker, grant)
    client.post(url("nominate", assignment.pk), NOMINEE)
    nomination = Application.objects.get()
    log_in(client, person)
    client.post(url("decline_nomination", nomination.pk))
    log_in(client, speaker, grant)
    page = client.get(url("nominations")).content.decode()
    assert "Said no" in page
    assert "Lo Ek" not in page


def test_one_who_has_applied_already_gets_a_kind_message_and_no_second_application(
    client, assignment, organisation, person, now
):
    application = make_application(assignment, person, now=now)
    _, speaker, grant = organisation
    log_in(client, speaker, grant)
    client.post(url("nominate", assignment.pk), NOMINEE)
    nomination = Application.objects.exclude(pk=application.pk).get()
    log_in(client, person)
    assert "You have applied already" in client.get(url("nomination", nomination.pk)).content.decode()
    client.post(url("accept_nomination", nomination.pk))
    assert Application.objects.get().organisation is not None


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"email": "lo"}, {"email": "x" * 300 + "@example.se"}, {"reason": ""}, {"name": "x" * 151}],
)
def test_a_nomination_that_lacks_something_keeps_the_rest(client, assignment, organisation, changes):
    _, speaker, grant = organisation
    log_in(client, speaker, grant)
    response = client.post(url("nominate", assignment.pk), NOMINEE | changes)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(changes)
    assert not Application.objects.exists()


def test_nominations_are_for_their_own_organisation_and_the_nominated_person(client, assignment, organisation, person):
    _, speaker, grant = organisation
    log_in(client, speaker, grant)
    client.post(url("nominate", assignment.pk), NOMINEE)
    nomination = Application.objects.get()
    assert client.get(url("nomination", nomination.pk)).status_code == 404
    other = make_person()
    log_in(client, other)
    for name in ("nomination", "accept_nomination"):
        assert client.get(url(name, nomination.pk)).status_code == 404
    assert client.post(url("decline_nomination", nomination.pk)).status_code == 404
    assert client.get(url("nominate", assignment.pk)).status_code == 403
    assert client.get(url("nominations")).status_code == 403
    log_in(client, other, make_grant(other, Role.ORGANISATION, make_node(Kind.PATIENT_ORGANISATION)))
    assert "Lo Ek" not in client.get(url("nominations")).content.decode()


# --- questions in public --------------------------------------------------------------------------


def test_a_question_and_its_answer_are_public_without_the_askers_name(client, assignment, person):
    log_in(client, person)
    assert client.post(url("ask", assignment.pk), {"text": "Finns det fika?"}).status_code == 302
    question = PublicQuestion.objects.get()
    host = make_person()
    log_in(client, host, make_grant(host, Role.HOST, assignment.unit))
    assert client.post(url("answer_question", question.pk), {"text": "Ja, kaffe och te."}).status_code == 302
    client.logout()
    page = client.get(url("assignment", assignment.pk)).content.decode()
    assert "Finns det fika?" in page
    assert "Ja, kaffe och te." in page
    assert "Lo Ek" not in page


def test_a_hidden_question_is_gone_from_the_page(client, assignment, person, now):
    question = asking.ask_question(assignment, text="Min granne Kim", by=actor_for(person), now=now)
    coordinator = make_person()
    log_in(client, coordinator, make_grant(coordinator, Role.COORDINATOR, assignment.area))
    assert client.post(url("hide_question", question.pk), {"reason": ""}).status_code == 422
    assert client.post(url("hide_question", question.pk), {"reason": "Nämner någon"}).status_code == 302
    assert "Min granne Kim" not in client.get(url("assignment", assignment.pk)).content.decode()
    assert client.get(url("answer_question", question.pk)).status_code == 404


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001, "a\x00b"])
def test_a_question_that_cannot_be_is_refused(client, assignment, person, text):
    log_in(client, person)
    assert client.post(url("ask", assignment.pk), {"text": text}).status_code == 422
    assert not PublicQuestion.objects.exists()


def test_only_host_and_coordinator_answer_and_hide(client, assignment, person, now):
    question = asking.ask_question(assignment, text="?", by=actor_for(person), now=now)
    elsewhere = make_node(Kind.UNIT)
    other_host, other_coordinator = make_person(), make_person()
    for who, grant in (
        (person, None),
        (other_host, make_grant(other_host, Role.HOST, elsewhere)),
        (other_coordinator, make_grant(other_coordinator, Role.COORDINATOR, make_node(Kind.REGION))),
    ):
        log_in(client, who, grant)
        for name in ("answer_question", "hide_question"):
            assert client.get(url(name, question.pk)).status_code == 404
            assert client.post(url(name, question.pk), {"text": "x", "reason": "x"}).status_code == 404
    assert PublicQuestion.objects.get().answer == ""


def test_a_second_answer_is_refused_and_kept_on_the_page(client, assignment, person, now):
    question = asking.ask_question(assignment, text="?", by=actor_for(person), now=now)
    host = make_person()
    log_in(client, host, make_grant(host, Role.HOST, assignment.unit))
    client.post(url("answer_question", question.pk), {"text": "Första"})
    response = client.post(url("answer_question", question.pk), {"text": "Andra"})
    assert response.status_code == 422
    assert "Första" in response.content.decode()
    assert "Andra" in response.content.decode()


def test_ones_list_costs_the_same_however_long(client, person, now):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    log_in(client, person)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            make_application(make_open(now=now), person, now=now)
        client.get(url("my_applications"))
        with CaptureQueriesContext(connection) as made:
            client.get(url("my_applications"))
        counts.append(len(made))
    assert counts[0] == counts[1]
