"""What nobody may do or learn, whichever door they try."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samskapa.cocreate.assignments.domain.choosing import OwnMatter
from samskapa.cocreate.assignments.models import Choice
from samskapa.cocreate.assignments.queries.applications import applicant
from samskapa.cocreate.assignments.services.applying import say_yes_to_being_presented, withdraw
from samskapa.cocreate.assignments.services.choosing import answer_applicant, assess_conflict, make_choice
from samskapa.cocreate.assignments.services.need import assign_unit, save_part
from samskapa.cocreate.assignments.services.publishing import publish, send_need
from samskapa.cocreate.assignments.services.telling import hosts_of
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import AuditEntry, Event
from samskapa.ground.organisations.domain import Kind
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.organisations.services import end_role
from samskapa.ground.people.models import Person
from tests.factories import assignments as make
from tests.factories.applications import make_application, make_choosing
from tests.factories.organisations import NOW, actor_for, log_in, make_node

pytestmark = pytest.mark.django_db


def go_in(client, actor):
    """Log the actor in, in the capacity they act in."""
    grant = RoleGrant.objects.filter(person_id=actor.person_id, role=actor.role, ended_at=None).first()
    log_in(client, Person.objects.get(pk=actor.person_id), grant if actor.role else None)


def test_who_raised_a_need_cannot_post_other_facts_to_it_once_it_is_published(client):
    region = make_node(Kind.REGION)
    unit = make_node(Kind.UNIT, parent=region)
    raiser, coordinator = actor_for(), make.make_coordinator(region)
    need = make.make_need(by=raiser, area=region)
    assign_unit(need, unit, by=coordinator, now=NOW)
    for key, values in make.ANSWERS.items():
        save_part(need, key, values, based_on=need.parts.get(key=key).version, by=coordinator, now=NOW)
    send_need(need, by=raiser, now=NOW)
    publish(need, by=coordinator, now=NOW)
    go_in(client, raiser)
    version = need.parts.get(key="contact").version
    answer = client.post(
        reverse("assignments:need_part", args=[need.pk, "contact"]),
        {"contact_name": "Någon Annan", "contact_phone": "070-123 45 67", "version": version},
    )
    need.refresh_from_db()
    assert (answer.status_code, need.contact_name) == (409, make.ANSWERS["contact"]["contact_name"])


def test_a_host_whose_role_has_ended_gets_no_more_mail_about_the_assignment():
    unit = make_node(Kind.UNIT)
    wrote, other = make.make_host(unit), make.make_host(unit)
    assignment = make.make_open(unit=unit, by=wrote)
    assert hosts_of(assignment) == [wrote.person_id]
    end_role(RoleGrant.objects.get(person_id=wrote.person_id), by=SYSTEM, now=NOW)
    assert hosts_of(assignment) == [other.person_id]


def test_the_host_of_a_unit_that_the_need_has_left_gets_no_more_mail_about_it():
    region = make_node(Kind.REGION)
    unit, right_unit = make_node(Kind.UNIT, parent=region), make_node(Kind.UNIT, parent=region)
    wrote, coordinator = make.make_host(unit), make.make_coordinator(region)
    need = make.make_need(unit=unit, by=wrote)
    need = assign_unit(need, right_unit, by=coordinator, now=NOW)
    assert hosts_of(need) == []


def test_who_withdraws_before_a_version_is_nameless_to_the_host_before_the_worker_has_run(client):
    agreement = make.make_agreement(names=["Anna Andersson"])
    withdraw(agreement.application, by=make.representative_of(agreement), now=NOW)
    go_in(client, make.host_of(agreement.root))
    pages = [
        client.get(reverse("assignments:agreement", args=[agreement.pk])),
        client.get(reverse("assignments:agreements", args=[agreement.root_id])),
        client.get(reverse("assignments:agreement_history", args=[agreement.pk])),
        client.get(reverse("assignments:agreement_pdf", args=[agreement.pk])),
    ]
    assert [page.status_code for page in pages] == [200, 200, 404, 404]
    assert not [page for page in pages if "Anna" in page.content.decode()]


def test_every_look_at_the_list_leaves_a_trace_the_one_after_a_wrong_answer_too(client):
    assignment = make.make_open()
    make_application(assignment, present_now=True)
    make_choosing(assignment)
    go_in(client, make.host_of(assignment))
    client.post(reverse("assignments:choose", args=[assignment.pk]), {"reason": ""})
    assert AuditEntry.objects.filter(action="assignments.applicants_read").count() == 1


def test_a_yes_said_anew_after_a_withdrawal_is_news_again():
    assignment = make.make_open()
    me = actor_for()
    application = make_application(assignment, by=me)
    say_yes_to_being_presented(application, by=me, now=NOW)
    withdraw(application, by=me, now=NOW)
    application = make_application(assignment, by=me)
    assert application.presented_at is None
    say_yes_to_being_presented(application, by=me, now=NOW)
    assert Event.objects.filter(name="assignments.presented").count() == 2


def test_the_answer_to_one_who_withdrew_is_closed_with_the_rest():
    agreement = make.make_agreement()
    withdraw(agreement.application, by=make.representative_of(agreement), now=NOW)
    seen = applicant(agreement.root, make.host_of(agreement.root), agreement.application_id)
    assert (seen.name, seen.experience, seen.answer_reason) == ("", "", "")


def test_who_has_applied_chooses_nobody_and_answers_nobody(client):
    assignment = make.make_open(conflict={"conflict_matter": "research"})
    coordinator = make.coordinator_for(assignment)
    mine = make_application(
        assignment, by=Actor(person_id=coordinator.person_id), has_conflict=True, conflict_text="Jag"
    )
    other = make_application(assignment)
    make_choosing(assignment)
    with pytest.raises(OwnMatter):
        make_choice(assignment, chosen=[other.pk], reason="Bra.", method="by_hand", by=coordinator, now=NOW)
    with pytest.raises(OwnMatter):
        assess_conflict(mine, assessment="none", text="Det går bra.", by=coordinator, now=NOW)
    make_choice(assignment, chosen=[other.pk], reason="Bra.", method="by_hand", by=make.host_of(assignment), now=NOW)
    with pytest.raises(OwnMatter):
        answer_applicant(
            other, outcome="chosen", reason="Du är vald.", expected_version=other.version, by=coordinator, now=NOW
        )
    go_in(client, coordinator)
    page = client.post(
        reverse("assignments:choose", args=[assignment.pk]),
        {"chosen": [other.pk], "reason": "Bra.", "method": "by_hand"},
    )
    assert page.status_code == 422
    assert Choice.objects.get(assignment=assignment).chosen_by_id != coordinator.person_id
