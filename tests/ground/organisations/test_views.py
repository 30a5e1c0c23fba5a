"""The directory, invitations, and who holds which role: as seen in a browser."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM, Actor, Recipient, Strength
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.core.services.mail import written
from samskapa.ground.organisations import access, services
from samskapa.ground.organisations.domain import InvitationOver, MayNotInvite, Role
from samskapa.ground.organisations.models import Invitation, RoleGrant
from samskapa.ground.people.models import Person
from tests.factories.organisations import actor_for, log_in, make_grant, make_node, make_region_tree
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def page_of(response) -> str:
    return response.content.decode()


# --- directory ------------------------------------------------------------------------------------


def make_organisation(name, **fields):
    return make_node("patient_organisation", name, **fields)


def test_everybody_may_read_the_directory_in_swedish_order(client):
    for name in ("Östra", "Ångest", "Bröst"):
        make_organisation(name)
    make_node("region", "Region Ekliden")
    page = page_of(client.get("/organisationer/"))
    assert page.index("Bröst") < page.index("Ångest") < page.index("Östra")
    assert "Region Ekliden" not in page
    assert "3 organisationer" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=DIABETES", ["Sockret"]),
        ("q=hjärtat", ["Pumpen"]),
        ("q=sock diab", ["Sockret"]),
        ("q=åå", []),
        ("area=hjärta", ["Pumpen"]),
        ("area=no such", ["Pumpen", "Sockret"]),
        ("q=%25", []),
        ("q=_", []),
        ("q=" + "x" * 500, ["Pumpen", "Sockret"]),
        ("q=%00", ["Pumpen", "Sockret"]),
        ("q=lungor&area=hjärta", ["Pumpen"]),
    ],
)
def test_the_directory_is_searched_by_words_and_area(client, query, found):
    make_organisation("Sockret", area="diabetes")
    make_organisation("Pumpen", area="hjärta", about="Även lungorna.")
    page = page_of(client.get(f"/organisationer/?{query}"))
    assert [name for name in ("Pumpen", "Sockret") if f">{name}</a>" in page] == found
    assert ("Ingen organisation passar" in page) is (not found)


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999"])
def test_a_page_that_does_not_exist_shows_one_that_does(client, page):
    make_organisation("Sockret")
    assert "Sockret" in page_of(client.get("/organisationer/", {"page": page}))


def test_the_directory_costs_the_same_whatever_its_length(client, django_assert_num_queries):
    for number in range(1):
        make_organisation(f"A{number}", area=f"area {number}")
    for more in (2, 297):
        with django_assert_num_queries(3):
            client.get("/organisationer/")
        for number in range(more):
            make_organisation(f"B{more}-{number}", area=f"area {number % 40}")
    with django_assert_num_queries(3):
        client.get("/organisationer/?q=area")


def test_an_organisation_has_its_sections_and_a_way_to_get_in_touch(client):
    nsph = make_organisation("NSPH", website="nsph.se", area="psykisk hälsa", email="hej@nsph.example")
    make_node("section", "Sektion Ö", nsph)
    make_organisation("Medlemmen", parent=nsph)
    page = page_of(client.get(f"/organisationer/{nsph.pk}/"))
    assert 'href="https://nsph.se/"' in page
    assert 'href="mailto:hej@nsph.example"' in page
    assert "Sektion Ö" in page
    assert "Medlemmen" in page
    without = make_organisation("Okänd")
    assert "Vi vet inte än hur man når" in page_of(client.get(f"/organisationer/{without.pk}/"))


def test_an_organisations_page_costs_the_same_whatever_its_sections(client, django_assert_num_queries):
    above = make_organisation("Paraplyet")
    nsph = make_organisation("NSPH", parent=above)
    make_node("section", "S", nsph)
    with django_assert_num_queries(3):
        client.get(f"/organisationer/{nsph.pk}/")
    for number in range(20):
        make_node("section", f"S{number}", nsph)
    with django_assert_num_queries(3):
        client.get(f"/organisationer/{nsph.pk}/")


def test_only_open_patient_organisations_have_a_page(client):
    assert client.get(f"/organisationer/{make_node('region').pk}/").status_code == 404
    closed = make_organisation("Stängd")
    type(closed).objects.filter(pk=closed.pk).update(closed_at=timezone.now())
    assert client.get(f"/organisationer/{closed.pk}/").status_code == 404
    assert client.get("/organisationer/999999999999999999999999/").status_code == 404


# --- invitations ----------------------------------------------------------------------------------


def make_invitation(email="anna@example.se", **fields) -> tuple[Invitation, str]:
    """An invitation, and the path of the link as the mail says it."""
    invitation = services.invite(email, by=SYSTEM, now=fields.pop("now", timezone.now()), key=uuid4().hex, **fields)
    return invitation, OutboxMail.objects.get(key=f"organisations.invitation:{invitation.pk}").params["path"]


def test_opening_the_link_uses_nothing_up_and_says_what_one_is_invited_to(client):
    invitation, link = make_invitation(role="host", node=make_node("unit", "Ögonmottagningen"))
    for _ in range(2):
        response = client.get(link)
        assert response.status_code == 200
        assert "Ögonmottagningen" in page_of(response)
        assert "Verksamhet" in page_of(response)
    client.head(link)
    invitation.refresh_from_db()
    assert invitation.used_at is None
    assert not Person.objects.exists()


def test_accepting_makes_the_account_gives_the_role_and_logs_in(client):
    unit = make_node("unit")
    _, link = make_invitation("Anna@Example.se", role="host", node=unit, next_path="/konto/profil/")
    assert client.post(link, {"name": ""}).status_code == 422
    response = client.post(link, {"name": "Anna Berg"})
    # A link is no strong log-in: she is led to make a passkey, and from there to where the invitation leads.
    assert (response.status_code, response["Location"]) == (302, "/konto/visa-vem-du-ar/?next=%2Fkonto%2Fprofil%2F")
    person = Person.objects.get()
    grant = RoleGrant.objects.get()
    assert (person.email, person.name, grant.person, grant.role, grant.node) == (
        "anna@example.se",
        "Anna Berg",
        person,
        "host",
        unit,
    )
    assert client.session["strength"] == Strength.LINK
    assert client.session["capacity"] == grant.pk
    actions = list(AuditEntry.objects.filter(action__startswith="organisations.inv").values_list("action", "person_id"))
    assert actions == [("organisations.invitation_accepted", person.pk)]
    assert "Anna" not in str(list(AuditEntry.objects.values_list("details", flat=True)))


def test_who_has_an_account_keeps_name_and_roles_and_is_not_asked_for_a_name(client):
    person = make_person("Anna", email="anna@example.se")
    old = make_grant(person, "member", make_node("region"))
    _, link = make_invitation(name="Någon annan", role="host", node=make_node("unit"))
    assert 'name="name"' not in page_of(client.get(link))
    client.post(link, {"name": "Någon annan"})
    person.refresh_from_db()
    assert person.name == "Anna"
    new = RoleGrant.objects.exclude(pk=old.pk).get()
    assert (new.person, client.session["capacity"]) == (person, new.pk)
    assert Person.objects.count() == 1


def test_somebody_else_who_was_logged_in_here_is_logged_out(client):
    other = make_person("Berta")
    log_in(client, other)
    _, link = make_invitation(role="host", node=make_node("unit"))
    assert "Någon annan är inloggad här" in page_of(client.get(link))
    client.post(link, {"name": "Anna"})
    assert client.session["_auth_user_id"] == str(Person.objects.get(email="anna@example.se").pk)
    assert client.session["strength"] == Strength.LINK


def test_a_used_link_says_so_and_offers_a_code(client):
    _, link = make_invitation()
    client.post(link, {"name": "Anna"})
    client.logout()
    for response in (client.get(link), client.post(link, {"name": "Anna"})):
        assert response.status_code == 410
        assert "Länken är redan använd" in page_of(response)
        assert "/konto/logga-in/" in page_of(response)
    assert "_auth_user_id" not in client.session


def test_a_link_is_over_after_fourteen_days(client):
    _, link = make_invitation(now=timezone.now() - timedelta(days=14))
    response = client.post(link, {"name": "Anna"})
    assert (response.status_code, Person.objects.count()) == (410, 0)
    assert "Länken är för gammal" in page_of(response)


@pytest.mark.parametrize("token", ["x", "a" * 400, "%C3%A5", "..%2F..", "%00"])
def test_an_unknown_link_is_missing_and_says_what_to_do(client, token):
    response = client.get(f"/konto/inbjudan/{token}/")
    assert response.status_code == 404


def test_a_closed_account_is_not_opened_by_an_invitation(client):
    make_person(email="anna@example.se", is_active=False)
    invitation, link = make_invitation()
    assert client.post(link, {"name": "Anna"}).status_code == 410
    invitation.refresh_from_db()
    assert invitation.used_at is None


def test_the_link_is_not_in_the_database(client):
    invitation, link = make_invitation()
    token = link.split("/")[-2]
    assert token not in str(Invitation.objects.values())
    assert invitation.token_digest == services.digest(token)


def test_the_same_matter_invites_once():
    node = make_node("unit")
    now = timezone.now()
    one = services.invite("a@example.se", role="host", node=node, by=SYSTEM, now=now, key="k")
    assert services.invite("A@example.se", role="host", node=node, by=SYSTEM, now=now, key="k") == one
    assert OutboxMail.objects.count() == 1


def test_the_mail_says_what_why_and_where():
    _, link = make_invitation(role="host", node=make_node("unit", "Ögonmottagningen"))
    mail = OutboxMail.objects.get()
    letter = written(mail, Recipient("anna@example.se", "", "sv"), now=timezone.now())
    assert letter.subject == "Du är inbjuden till Samskapa"
    assert "Roll: Verksamhet\nVar: Ögonmottagningen" in letter.body
    assert f"http://localhost:8000{link}" in letter.body
    assert "Du får det här mejlet för att" in letter.body
    assert "Role: Host" in written(mail, Recipient("a@example.se", "", "en"), now=timezone.now()).body


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_account_and_one_role():
    unit = make_node("unit")
    _, link = make_invitation(role="host", node=unit)
    _, other = make_invitation(role="host", node=unit)
    tokens = [link.split("/")[-2]] * 3 + [other.split("/")[-2]] * 3
    gate, results = threading.Barrier(len(tokens)), []

    def accept(token):
        try:
            gate.wait()
            services.accept_invitation(token, name="Anna", by=Actor(strength=Strength.LINK), now=timezone.now())
            results.append("accepted")
        except InvitationOver as over:
            results.append(over.args[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=[token]) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["accepted", "accepted", "used", "used", "used", "used"]
    assert Person.objects.count() == 1
    assert RoleGrant.objects.count() == 1


# --- people and roles -----------------------------------------------------------------------------


@pytest.fixture
def tree():
    return make_region_tree()


@pytest.fixture
def coordinator(client, tree):
    grant = make_grant(make_person("Cecilia"), "coordinator", tree.region)
    log_in(client, grant.person, grant)
    return grant


PEOPLE, INVITE = "/organisationer/personer/", "/organisationer/personer/bjud-in/"


@pytest.mark.parametrize("role", [None, *[role for role in Role if role not in (Role.COORDINATOR, Role.OPERATOR)]])
def test_nobody_else_knows_that_the_pages_exist(client, tree, role):
    other = make_grant(role="host", node=tree.unit)
    grant = None
    if role:
        kind = {
            Role.ORGANISATION: "patient_organisation",
            Role.NATIONAL: "nation",
        }.get(role, "region")
        grant = make_grant(role=role, node=make_node(kind) if kind != "region" else tree.region)
    log_in(client, grant.person if grant else make_person(), grant)
    for path in (PEOPLE, INVITE, f"{PEOPLE}{other.pk}/avsluta/"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code in (404, 405)
    client.logout()
    assert client.get(PEOPLE)["Location"] == f"/konto/logga-in/?next={PEOPLE}"


def test_a_coordinator_sees_who_has_a_role_with_her_and_nobody_elsewhere(client, tree, coordinator):
    make_grant(make_person("Hedda"), "host", tree.unit)
    make_grant(make_person("Långt Bort"), "host", tree.unit_elsewhere)
    make_grant(make_person("Medlemmen"), "member", tree.region)
    make_grant(make_person("Operatören"), "operator", tree.nation)
    page = page_of(client.get(PEOPLE))
    assert "Hedda" in page
    assert "Cecilia" in page
    for hidden in ("Långt Bort", "Medlemmen", "Operatören"):
        assert hidden not in page


def test_the_list_costs_the_same_whatever_its_length(client, tree, coordinator, django_assert_num_queries):
    def fill(number):
        for _ in range(number):
            make_grant(role="host", node=tree.unit)
            make_invitation(email=f"{uuid4().hex}@example.se", role="host", node=tree.unit)

    for more in (1, 2, 297):
        fill(more)
        with django_assert_num_queries(6):
            assert client.get(PEOPLE).status_code == 200


def test_a_coordinator_invites_once_however_often_she_clicks(client, tree, coordinator):
    form = {
        "key": "a" * 32,
        "email": "Hedda@example.se",
        "name": "Hedda",
        "role": "host",
        "node": tree.unit.pk,
    }
    for _ in range(2):
        response = client.post(INVITE, form)
        assert (response.status_code, response["Location"]) == (302, PEOPLE)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.node, invitation.invited_by_id) == (
        "hedda@example.se",
        "host",
        tree.unit,
        coordinator.person_id,
    )
    assert OutboxMail.objects.count() == 1
    entry = AuditEntry.objects.get(action="organisations.person_invited")
    assert (entry.person_id, entry.role, entry.node_id) == (
        coordinator.person_id,
        "coordinator",
        tree.region.pk,
    )
    page = page_of(client.get(PEOPLE))
    assert "hedda@example.se" in page
    assert "Inbjudan är på väg" in page


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("email", "hedda", ""),
        ("email", "a" * 300 + "@example.se", "tecken"),
        ("name", "Hedda 811228-9874", "personnummer"),
        ("role", "operator", "operator"),
        ("role", "member", "member"),
        ("node", "elsewhere", ""),
        ("node", "9" * 30, ""),
        ("key", "x", ""),
    ],
)
def test_a_wrong_invitation_is_told_and_keeps_what_was_typed(client, tree, coordinator, field, value, word):
    value = str(tree.unit_elsewhere.pk) if value == "elsewhere" else value
    form = {
        "key": "a" * 32,
        "email": "h@example.se",
        "name": "Hedda",
        "role": "host",
        "node": tree.unit.pk,
        field: value,
    }
    response = client.post(INVITE, form)
    assert response.status_code == 422
    assert 'role="alert"' in page_of(response)
    assert word.lower() in page_of(response).lower()
    assert not Invitation.objects.exists()


def test_a_role_where_it_is_not_held_is_told_beside_the_place(client, tree, coordinator):
    form = {"key": "a" * 32, "email": "h@example.se", "name": "", "role": "coordinator", "node": tree.unit.pk}
    response = client.post(INVITE, form)
    assert response.status_code == 422
    assert "Den rollen finns inte här" in page_of(response)


def test_the_service_itself_refuses_what_the_form_does_not_offer(tree, coordinator):
    by = actor_for(role="coordinator", node=tree.region)
    for role, node in (
        (Role.HOST, tree.unit_elsewhere),
        (Role.MEMBER, tree.region),
        (Role.PAYROLL, tree.region),
    ):
        with pytest.raises(MayNotInvite):
            services.invite_colleague("x@example.se", role=role, node=node, by=by, now=timezone.now(), key="k")
    assert not access.nodes_to_invite_to(Actor(role="coordinator")).exists()
    assert not access.grants_seen_by(Actor(role="coordinator")).exists()


def test_the_operator_gives_the_first_roles_and_those_of_patient_organisations(client, tree):
    organisation = make_organisation("NSPH")
    grant = make_grant(role="operator", node=tree.nation)
    log_in(client, grant.person, grant)
    for role, node in (
        ("coordinator", tree.region),
        ("organisation", organisation),
        ("national", tree.nation),
    ):
        form = {"key": uuid4().hex, "email": f"{role}@example.se", "name": "", "role": role, "node": node.pk}
        assert client.post(INVITE, form).status_code == 302
    assert Invitation.objects.count() == 3


def test_a_role_is_ended_after_a_question(client, tree, coordinator):
    grant = make_grant(make_person("Hedda"), "host", tree.unit)
    path = f"{PEOPLE}{grant.pk}/avsluta/"
    assert "Hedda" in page_of(client.get(path))
    grant.refresh_from_db()
    assert grant.ended_at is None
    assert client.post(path)["Location"] == PEOPLE
    grant.refresh_from_db()
    assert (grant.ended_by_id, grant.ended_at is not None) == (coordinator.person_id, True)
    assert client.post(path).status_code == 404


def test_one_cannot_end_ones_own_role_nor_one_elsewhere(client, tree, coordinator):
    elsewhere = make_grant(role="host", node=tree.unit_elsewhere)
    member = make_grant(role="member", node=tree.region)
    for pk in (coordinator.pk, elsewhere.pk, member.pk, 10**30):
        assert client.post(f"{PEOPLE}{pk}/avsluta/").status_code == 404
    assert not RoleGrant.objects.exclude(ended_at=None).exists()


def test_a_role_that_has_ended_is_no_capacity_any_more(client, tree, coordinator):
    services.end_role(coordinator, by=SYSTEM, now=timezone.now())
    assert client.get(PEOPLE).status_code == 404


def test_who_is_invited_to_a_role_that_one_does_not_look_after_is_not_shown(client):
    region = make_node("region")
    coordinator = make_grant(role=Role.COORDINATOR, node=region)
    for role, email in ((Role.HOST, "vard@example.se"), (Role.PAYROLL, "lon@example.se")):
        services.invite(email, role=role, node=region, by=SYSTEM, now=timezone.now(), key=email)
    log_in(client, coordinator.person, coordinator)
    page = page_of(client.get("/organisationer/personer/"))
    assert ("vard@example.se" in page, "lon@example.se" in page) == (True, False)
