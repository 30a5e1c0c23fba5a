"""Protect, change, lift: what moves where, who may, and what the trail says of it."""

from __future__ import annotations

import base64

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import translation

from samskapa.config.in_clear import IN_CLEAR
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.keys.holder import index_ring
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.core.queries import trail_of
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.services import end_role, invite
from samskapa.ground.people.domain import AddressTaken, AlreadyProtected, NobodyNamed, NotProtected, swedish_sort_key
from samskapa.ground.people.models import Person, ProtectedDetails, display_name
from samskapa.ground.people.queries import account_at, mail_recipient
from samskapa.ground.people.services import (
    change_hidden_details,
    change_profile,
    create_person,
    name_coordinators,
    renew_address_tags,
)
from samskapa.ground.protection import queries
from samskapa.ground.protection.queries import text_columns, written_in_clear
from samskapa.ground.protection.services import lift, protect
from tests.factories.applications import make_application
from tests.factories.assignments import make_need, make_open
from tests.factories.organisations import NOW, actor_for, make_grant, make_region_tree
from tests.factories.people import make_person
from tests.factories.protection import make_protected

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return make_region_tree()


@pytest.fixture
def coordinator(tree):
    return make_grant(make_person("Kerstin"), Role.COORDINATOR, tree.region).person


@pytest.fixture
def anna():
    return make_person("Anna Alm", email="anna@example.se", phone="070-1234567")


def as_coordinator(person, tree) -> Actor:
    return Actor(person_id=person.pk, role="coordinator", node_id=tree.region.pk, node_path=tree.region.path)


def test_the_row_keeps_a_neutral_name_and_no_way_to_reach_her(anna, coordinator):
    details = protect(anna, coordinators=[coordinator], place="Alvägen 1", by=SYSTEM, now=NOW)
    anna.refresh_from_db()
    assert len(anna.protected_tag) == 4
    assert (anna.name, anna.email, anna.phone) == (f"Skyddad person {anna.protected_tag}", None, "")
    assert anna.sort_key == swedish_sort_key(anna.name)
    assert not EmailAddress.objects.filter(user=anna).exists()
    assert (details.name, details.email, details.phone, details.place, details.address_confirmed, details.since) == (
        "Anna Alm",
        "anna@example.se",
        "070-1234567",
        "Alvägen 1",
        True,
        NOW,
    )
    assert [row.coordinator_id for row in details.named.all()] == [coordinator.pk]
    with translation.override("en"):
        assert display_name(anna) == f"Protected person {anna.protected_tag}"
    assert list(trail_of(anna).values_list("action", "details"))[-2:] == [
        ("people.protected", {}),
        ("people.coordinators_named", {"coordinators": [coordinator.pk]}),
    ]
    letter = OutboxMail.objects.get()
    assert (letter.kind, letter.recipient_id, letter.address) == ("protection/protected", anna.pk, "")


def test_lifting_moves_everything_back_and_leaves_nothing_hidden(anna, coordinator):
    details = protect(anna, coordinators=[coordinator], by=SYSTEM, now=NOW)
    lift(details, by=SYSTEM, now=NOW)
    anna.refresh_from_db()
    assert (anna.name, anna.email, anna.phone, anna.protected_tag) == (
        "Anna Alm",
        "anna@example.se",
        "070-1234567",
        None,
    )
    assert anna.sort_key == swedish_sort_key("Anna Alm")
    assert list(EmailAddress.objects.filter(user=anna).values_list("user", "email", "verified", "primary")) == [
        (anna.pk, "anna@example.se", True, True)
    ]
    assert not ProtectedDetails.objects.exists()
    with pytest.raises(NotProtected):
        lift(details, by=SYSTEM, now=NOW)
    assert AuditEntry.objects.filter(action="people.protection_lifted").count() == 1


def test_nobody_is_protected_without_a_coordinator_or_twice(anna, coordinator):
    with pytest.raises(NobodyNamed):
        protect(anna, coordinators=[], by=SYSTEM, now=NOW)
    anna.refresh_from_db()
    assert anna.name == "Anna Alm"  # the transaction took all of it back
    details = protect(anna, coordinators=[coordinator], by=SYSTEM, now=NOW)
    with pytest.raises(AlreadyProtected):
        protect(anna, coordinators=[coordinator], by=SYSTEM, now=NOW)
    with pytest.raises(NobodyNamed):
        name_coordinators(details, [], by=SYSTEM, now=NOW)
    assert details.named.count() == 1


@pytest.mark.parametrize("column", [{"email": "anna@example.se"}, {"phone": "070-1"}, {"name": ""}])
def test_the_database_refuses_contact_in_a_protected_row(anna, coordinator, column):
    protect(anna, coordinators=[coordinator], by=SYSTEM, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=anna.pk).update(**column)


def test_a_person_without_address_can_be_protected(coordinator):
    person = create_person(email=None, name="Bo", by=SYSTEM, now=NOW)
    details = protect(person, coordinators=[coordinator], by=SYSTEM, now=NOW)
    assert (details.email, details.address_tag) == ("", None)
    assert mail_recipient(person.pk) is None
    assert lift(details, by=SYSTEM, now=NOW).email is None


def test_the_address_is_taken_whatever_its_case_and_leads_to_the_same_account(anna, coordinator):
    protect(anna, coordinators=[coordinator], by=SYSTEM, now=NOW)
    assert account_at(" ANNA@example.se") == anna
    with pytest.raises(AddressTaken):
        create_person(email="Anna@Example.se", by=SYSTEM, now=NOW)
    invitation = invite("anna@example.se", name="Anna Alm", by=SYSTEM, now=NOW, key="k")
    assert (invitation.email, invitation.name) == (f"person:{anna.pk}", "")
    assert invite("ANNA@example.se", by=SYSTEM, now=NOW, key="k") == invitation


def test_a_letter_has_the_address_no_name_and_a_subject_that_says_nothing(anna, coordinator):
    protect(anna, coordinators=[coordinator], by=SYSTEM, now=NOW)
    recipient = mail_recipient(anna.pk)
    assert (recipient.address, recipient.name, recipient.is_discreet) == ("anna@example.se", "", True)


def test_the_profile_changes_the_language_alone(anna, coordinator):
    protect(anna, coordinators=[coordinator], by=SYSTEM, now=NOW)
    anna.refresh_from_db()
    neutral = anna.name
    change_profile(anna, name="Anna Alm", phone="070-1234567", language="en", by=SYSTEM, now=NOW)
    anna.refresh_from_db()
    assert (anna.name, anna.phone, anna.language) == (neutral, "", "en")


def test_changing_the_details_says_which_and_never_what(anna, coordinator):
    details = protect(anna, coordinators=[coordinator], by=SYSTEM, now=NOW)
    change_hidden_details(details, name="Anna Ek", phone="", place="Ekvägen", by=SYSTEM, now=NOW)
    change_hidden_details(details, name="Anna Ek", phone="", place="Ekvägen", by=SYSTEM, now=NOW)
    details = ProtectedDetails.objects.get()
    assert (details.name, details.phone, details.place) == ("Anna Ek", "", "Ekvägen")
    entries = AuditEntry.objects.filter(action="people.protected_details_changed")
    assert [entry.details for entry in entries] == [{"fields": ["name", "phone", "place"]}]


def test_only_a_named_coordinator_who_still_is_one_opens_the_details(anna, coordinator, tree):
    protect(anna, coordinators=[coordinator], by=SYSTEM, now=NOW)
    other = make_grant(None, Role.COORDINATOR, tree.region).person
    assert queries.details_named_for(as_coordinator(coordinator, tree)).count() == 1
    assert queries.details_named_for(as_coordinator(other, tree)).count() == 0
    assert queries.details_named_for(Actor(person_id=coordinator.pk)).count() == 0
    host = Actor(person_id=coordinator.pk, role="host", node_id=tree.unit.pk, node_path=tree.unit.path)
    assert queries.details_named_for(host).count() == 0


def test_the_area_of_a_coordinator_is_those_with_roles_and_those_who_applied(tree):
    coordinator = actor_for(make_person("Kerstin"), Role.COORDINATOR, tree.region)
    host = actor_for(make_person("Hans"), Role.HOST, tree.unit)
    elsewhere = make_grant(None, Role.HOST, tree.unit_elsewhere)
    ended = make_grant(None, Role.HOST, tree.unit)
    end_role(ended, by=SYSTEM, now=NOW)
    applicant = make_person("Anna")
    make_application(make_open(unit=tree.unit, by=host, coordinator=coordinator, now=NOW), applicant)
    found = set(queries.people_in_area(tree.region.path))
    assert found == set(Person.objects.filter(pk__in=[coordinator.person_id, host.person_id, applicant.pk]))
    assert elsewhere.person not in found
    assert list(queries.people_in_area("")) == []


def test_a_search_finds_a_protected_person_by_the_neutral_name_only(tree, coordinator):
    hidden = make_protected(tree.region, coordinator=coordinator, name="Anna Alm")
    actor = as_coordinator(coordinator, tree)
    assert list(queries.people_of(actor, "Anna")) == []
    assert list(queries.people_of(actor, f"skyddad {hidden.protected_tag.lower()}")) == [hidden]
    assert list(queries.people_of(actor, "kers")) == [coordinator]


# --- in clear -------------------------------------------------------------------------------------


def test_every_table_of_ours_with_text_is_in_the_table():
    ours = {model._meta.label for model in apps.get_models() if text_columns(model)}
    assert ours == set(IN_CLEAR)


def test_what_was_written_in_clear_is_found_wherever_it_stands(tree, coordinator):
    host = actor_for(make_person("Hans"), Role.HOST, tree.unit)
    need = make_need(unit=tree.unit, by=host, now=NOW)
    type(need).objects.filter(pk=need.pk).update(why="Ring ÅSA@example.se om det", contact_name="Åsa Öberg")
    person = make_person("Åsa Öberg", email="åsa@example.se")
    details = protect(person, coordinators=[coordinator], by=SYSTEM, now=NOW)
    found = written_in_clear(details)
    assert [(each.what, each.count, each.pages) for each in found] == [
        ("Ett behov eller ett uppdrag", 1, [("assignments:need", need.pk)])
    ]
    assert written_in_clear(make_protected(tree.region, coordinator=coordinator).protected_details) == []


# --- keys -----------------------------------------------------------------------------------------


def test_tags_follow_the_newest_index_key(anna, coordinator, settings):
    keys = [f"i{n}:{base64.b64encode(bytes([n]) * 32).decode()}" for n in (1, 2)]
    settings.INDEX_KEYS = keys[0]
    protect(anna, coordinators=[coordinator], by=SYSTEM, now=NOW)
    assert ProtectedDetails.objects.get().address_tag.startswith("i1:")
    settings.INDEX_KEYS = f"{keys[1]},{keys[0]}"
    assert index_ring().newest.id == "i2"
    assert account_at("anna@example.se") == anna
    assert renew_address_tags(by=SYSTEM, now=NOW) == 1
    assert ProtectedDetails.objects.get().address_tag.startswith("i2:")
    assert renew_address_tags(by=SYSTEM, now=NOW) == 0
    assert account_at("anna@example.se") == anna
