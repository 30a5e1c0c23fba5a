"""The pages: protect oneself, protect somebody, open and change, lift."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.core.queries import looks_at
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person, ProtectedDetails, Session
from samskapa.ground.people.queries import account_at, mail_recipient
from tests.factories.organisations import NOW, log_in, make_grant, make_region_tree
from tests.factories.people import make_person, make_place
from tests.factories.protection import make_protected

pytestmark = pytest.mark.django_db
OWN = "/konto/skydd/"


@pytest.fixture
def tree():
    return make_region_tree()


@pytest.fixture
def grant(tree):
    return make_grant(make_person("Kerstin Ko"), Role.COORDINATOR, tree.region)


@pytest.fixture
def desk(grant):
    client = Client()
    log_in(client, grant.person, grant)
    return client


def test_one_protects_oneself_and_is_logged_out(client, grant):
    anna = make_person("Anna Alm", email="anna@example.se")
    log_in(client, anna)
    make_place(anna, grant.granted_at)
    page = client.get(OWN).content.decode()
    assert "Kerstin Ko" in page
    assert 'href="/konto/skydd/"' in client.get("/konto/profil/").content.decode()
    refused = client.post(OWN, {"place": "Alvägen 1"})
    assert refused.status_code == 422
    assert "Välj minst en samordnare" in refused.content.decode()
    assert "Alvägen 1" in refused.content.decode()
    answer = client.post(OWN, {"place": "Alvägen 1", "coordinators": [grant.person_id]})
    assert (answer.status_code, answer["Location"]) == (302, "/konto/logga-in/")
    assert not Session.objects.filter(person=anna).exists()
    assert client.get("/mitt/").status_code == 302
    assert ProtectedDetails.objects.get().place == "Alvägen 1"


def test_ones_own_page_shows_the_details_and_changes_them(client, grant, tree):
    anna = make_protected(tree.region, coordinator=grant.person, name="Anna Alm", email="anna@example.se")
    log_in(client, anna)
    page = client.get(OWN).content.decode()
    assert "anna@example.se" in page
    assert 'value="Anna Alm"' in page
    assert "Att gå igenom" not in page
    profile = client.get("/konto/profil/").content.decode()
    assert "Dina personuppgifter är skyddade" in profile
    assert 'name="name"' not in profile
    answer = client.post(OWN, {"name": "Anna Ek", "phone": "", "place": "", "coordinators": [grant.person_id]})
    assert answer["Location"] == OWN
    assert ProtectedDetails.objects.get().name == "Anna Ek"
    assert client.post("/konto/skydd/ta-bort/")["Location"] == "/konto/profil/"
    assert Person.objects.get(pk=anna.pk).name == "Anna Ek"


def test_a_coordinator_protects_somebody_and_is_named_herself(desk, grant, tree):
    hans = make_grant(make_person("Hans Ek", email="hans@example.se"), Role.MEMBER, tree.region).person
    page = desk.get("/personer/?q=hans").content.decode()
    assert f"/personer/{hans.pk}/skydda/" in page
    assert "checked" in desk.get(f"/personer/{hans.pk}/skydda/").content.decode()
    answer = desk.post(f"/personer/{hans.pk}/skydda/", {"coordinators": [grant.person_id], "place": ""})
    assert answer["Location"] == f"/personer/{hans.pk}/skyddad/"
    assert desk.post(f"/personer/{hans.pk}/skydda/", {"coordinators": [grant.person_id]}).status_code == 404
    page = desk.get("/personer/").content.decode()
    assert "Hans Ek" not in page
    assert f"/personer/{hans.pk}/skyddad/" in page


def test_opening_the_details_leaves_a_look_that_the_person_sees(desk, grant, tree):
    anna = make_protected(tree.region, coordinator=grant.person, name="Anna Alm", email="anna@example.se")
    page = desk.get(f"/personer/{anna.pk}/skyddad/").content.decode()
    assert "Anna Alm" in page
    assert "anna@example.se" in page
    look = looks_at(anna.pk).get()
    assert (look.person_id, look.role, look.details) == (grant.person_id, "coordinator", {"what": "protection.details"})
    client = Client()
    log_in(client, anna)
    assert "Dina skyddade uppgifter" in client.get("/konto/vem-har-tittat/").content.decode()


def test_who_hands_over_to_another_coordinator_no_longer_gets_in(desk, grant, tree):
    anna = make_protected(tree.region, coordinator=grant.person, name="Anna Alm")
    other = make_grant(make_person("Kalle"), Role.COORDINATOR, tree.administration).person
    answer = desk.post(
        f"/personer/{anna.pk}/skyddad/", {"name": "Anna Alm", "phone": "", "place": "", "coordinators": [other.pk]}
    )
    assert answer["Location"] == "/personer/"
    assert desk.get(f"/personer/{anna.pk}/skyddad/").status_code == 404
    refused = desk.post(f"/personer/{anna.pk}/skyddad/ta-bort/")
    assert refused.status_code == 404
    assert AuditEntry.objects.filter(action="people.protection_lifted").count() == 0


def test_a_stranger_is_nobody_to_name(desk, tree):
    hans = make_grant(make_person("Hans Ek"), Role.MEMBER, tree.region).person
    stranger = make_person("Främling")
    answer = desk.post(f"/personer/{hans.pk}/skydda/", {"coordinators": [stranger.pk]})
    assert answer.status_code == 422
    assert Person.objects.get(pk=hans.pk).protected_tag is None


def test_a_personal_number_is_refused_as_place(client, grant):
    log_in(client, make_person("Anna"))
    answer = client.post(OWN, {"place": "19121212-1212", "coordinators": [grant.person_id]})
    assert answer.status_code == 422
    assert "ser ut som ett personnummer" in answer.content.decode()


def test_the_same_is_said_at_log_in_whether_an_address_is_protected_or_not(tree, grant):
    make_protected(tree.region, coordinator=grant.person, email="anna@example.se")
    make_person(email="bo@example.se")
    pages = []
    for email in ("anna@example.se", "bo@example.se", "ingen@example.se"):
        client = Client()
        client.post("/konto/logga-in/", {"login": email, "how": "code"})
        page = client.get("/konto/kod/skriv/").content.decode()
        token = client.cookies["csrftoken"].value
        pages.append(_without_csrf(page.replace(email, "ADRESS").replace(token, "")))
    assert pages[0] == pages[1] == pages[2]


def _without_csrf(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_list_costs_the_same_however_many(desk, tree, count, django_assert_num_queries):
    people = Person.objects.bulk_create(Person(name=f"Person {n}", sort_key=f"person {n}") for n in range(count))
    RoleGrant.objects.bulk_create(
        RoleGrant(person=person, role="member", node=tree.region, node_kind="region", granted_at=NOW)
        for person in people
    )
    with django_assert_num_queries(7):
        assert desk.get("/personer/").status_code == 200


def test_the_system_may_protect_too(tree, grant):
    """What the demo and the tests build with."""
    person = make_protected(tree.region, coordinator=grant.person)
    assert AuditEntry.objects.filter(action="people.protected", role=SYSTEM.role, object_id=str(person.pk)).exists()


@pytest.mark.parametrize("number", ["9" * 5000, str(-(2**63) - 1), str(2**63), "٣٤", "", " 1", "x"])
def test_what_is_nobodys_number_is_refused_and_what_was_typed_stays(client, grant, number):
    anna = make_person("Anna Alm", email="anna@example.se")
    log_in(client, anna)
    make_place(anna, grant.granted_at)
    answer = client.post(OWN, {"place": "Alvägen 1", "coordinators": [number]})
    assert answer.status_code == 422
    assert answer.context["form"].errors["coordinators"]
    assert "Alvägen 1" in answer.content.decode()
    assert not ProtectedDetails.objects.exists()


# --- the address, and coordinators who have gone --------------------------------------------------


def test_a_named_coordinator_changes_the_address_and_it_is_found_by_the_new_one(desk, grant, tree):
    anna = make_protected(tree.region, coordinator=grant.person, name="Anna Alm", email="anna@example.se")
    make_person("Bo", email="bo@example.se")
    page = f"/personer/{anna.pk}/skyddad/"
    sent = {"name": "Anna Alm", "phone": "", "place": "", "coordinators": [grant.person_id]}
    taken = desk.post(page, {**sent, "email": "Bo@example.se"})
    assert taken.status_code == 422
    assert "Ett annat konto har den adressen" in taken.content.decode()
    assert account_at("anna@example.se") == anna
    assert desk.post(page, {**sent, "email": "Ny@example.se"})["Location"] == page
    assert (account_at("ny@example.se"), account_at("anna@example.se")) == (anna, None)
    assert mail_recipient(anna.pk).address == "ny@example.se"
    mail = OutboxMail.objects.get(kind="people/address_changed")
    assert (mail.recipient_id, mail.address) == (anna.pk, "")
    entry = AuditEntry.objects.get(action="people.protected_details_changed")
    assert entry.details == {"fields": ["email"]}
    assert desk.post(page, {**sent, "email": ""})["Location"] == page
    assert account_at("ny@example.se") is None


def test_when_all_who_were_named_have_gone_another_names_new_ones_and_sees_nothing(desk, grant, tree):
    gone = make_grant(make_person("Gun Borta"), Role.COORDINATOR, tree.region)
    anna = make_protected(tree.region, coordinator=gone.person, name="Anna Alm", email="anna@example.se")
    page = f"/personer/{anna.pk}/skyddad/samordnare/"
    assert desk.get(page).status_code == 404, "she is reached by somebody"
    assert page not in desk.get("/personer/").content.decode()
    RoleGrant.objects.filter(pk=gone.pk).update(ended_at=NOW)
    assert page in desk.get("/personer/").content.decode()
    shown = desk.get(page).content.decode()
    assert f"Nya samordnare för Skyddad person {anna.protected_tag}" in shown
    assert "Anna Alm" not in shown
    assert "anna@example.se" not in shown
    assert desk.post(page, {"csrfmiddlewaretoken": "x"}).status_code == 422
    assert desk.post(page, {"coordinators": [grant.person_id]})["Location"] == "/personer/"
    assert list(anna.protected_details.named.values_list("coordinator_id", flat=True)) == [grant.person_id]
    assert OutboxMail.objects.get(kind="protection/named_anew").recipient_id == anna.pk
    assert desk.get(page).status_code == 404
    assert desk.get(f"/personer/{anna.pk}/skyddad/").status_code == 200


def test_nobody_outside_the_area_names_anybody(tree):
    elsewhere = make_grant(None, Role.COORDINATOR, make_region_tree("Region Granliden").region)
    gone = make_grant(None, Role.COORDINATOR, tree.region)
    anna = make_protected(tree.region, coordinator=gone.person)
    RoleGrant.objects.filter(pk=gone.pk).update(ended_at=NOW)
    client = Client()
    log_in(client, elsewhere.person, elsewhere)
    assert client.get(f"/personer/{anna.pk}/skyddad/samordnare/").status_code == 404


@pytest.mark.parametrize("number", ["9223372036854775807", "9223372036854775808", "9" * 40, "-1", "ett"])
def test_a_number_that_no_row_has_is_nobodys(number, desk, grant, tree):
    anna = make_protected(tree.region, coordinator=grant.person, name="Anna Alm")
    sent = {"name": "Anna Alm", "phone": "", "place": "", "email": "", "coordinators": [number]}
    page = desk.post(f"/personer/{anna.pk}/skyddad/", sent)
    assert page.status_code == 422
    assert ProtectedDetails.objects.get().named.count() == 1


@pytest.mark.parametrize("page", ["/personer/%s/skydda/", "/personer/%s/skyddad/", "/personer/%s/skyddad/ta-bort/"])
def test_an_address_with_such_a_number_leads_to_what_is_missing(page, desk):
    assert desk.get(page % ("9" * 40)).status_code == 404
