"""Logging in, seen from the outside: pages, mail, session and trail."""

from __future__ import annotations

import re

import pytest
from django.urls import NoReverseMatch, reverse

from samskapa.ground.core.domain import Strength
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.people.models import Person
from tests.factories.organisations import log_in, make_grant, make_node
from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db

LOG_IN = "/konto/logga-in/"
CODE = "/konto/kod/skriv/"


def ask_for_code(client, email, **more):
    return client.post(LOG_IN, {"login": email, "how": "code", **more})


def code_in(mail):
    return mail.params["code"]


def actions():
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


# --- code -----------------------------------------------------------------------------------------


def test_a_mailed_code_logs_in(client):
    person = make_person(email="anna@example.se")

    response = ask_for_code(client, "Anna@Example.se")
    assert (response.status_code, response["Location"]) == (302, CODE)
    page = client.get(CODE).content.decode()
    assert "anna@example.se" in page
    assert "15 minuter" in page
    assert 'inputmode="numeric"' in page
    assert 'autocomplete="one-time-code"' in page

    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.address, mail.recipient_id, mail.secret) == (
        "people/login_code",
        "anna@example.se",
        None,
        True,
    )
    assert re.fullmatch(r"[0-9]{6}", code_in(mail))

    code = code_in(mail)
    response = client.post(CODE, {"code": f"{code[:3]} {code[3:]}", "action": "verify"})
    assert (response.status_code, response["Location"]) == (302, "/mitt/")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.session["strength"] == Strength.CODE
    assert client.session["capacity"] == 0
    entry = AuditEntry.objects.get(action="people.logged_in")
    assert (entry.person_id, entry.object_id, entry.strength) == (person.pk, str(person.pk), Strength.CODE)


def test_one_comes_back_to_the_page_one_wanted(client):
    make_person(email="anna@example.se")
    response = ask_for_code(client, "anna@example.se", next="/konto/profil/")
    assert response["Location"] == f"{CODE}?next=%2Fkonto%2Fprofil%2F"
    code = code_in(OutboxMail.objects.get())
    response = client.post(CODE, {"code": code, "action": "verify", "next": "/konto/profil/"})
    assert response["Location"] == "/konto/profil/"


def test_next_never_leads_to_another_site(client):
    make_person(email="anna@example.se")
    ask_for_code(client, "anna@example.se")
    code = code_in(OutboxMail.objects.get())
    response = client.post(CODE, {"code": code, "action": "verify", "next": "https://evil.example/"})
    assert response["Location"] == "/mitt/"


def test_a_wrong_code_says_so_beside_the_field_and_keeps_the_page(client):
    make_person(email="anna@example.se")
    ask_for_code(client, "anna@example.se")
    response = client.post(CODE, {"code": "000000 1", "action": "verify"})
    assert response.status_code == 422
    assert "Det är inte koden vi skickade" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_after_five_wrong_codes_one_starts_over(client):
    make_person(email="anna@example.se")
    ask_for_code(client, "anna@example.se")
    right = code_in(OutboxMail.objects.get())
    for _ in range(5):
        response = client.post(CODE, {"code": "nej", "action": "verify"})
    assert response.status_code == 302
    assert client.post(CODE, {"code": right, "action": "verify"}).status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_code_that_is_too_old_leads_back_with_a_word(client):
    make_person(email="anna@example.se")
    ask_for_code(client, "anna@example.se")
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= 16 * 60
    session.save()
    response = client.post(CODE, {"code": code_in(OutboxMail.objects.get()), "action": "verify"}, follow=True)
    assert response.redirect_chain[-1][0] == LOG_IN
    assert "Koden är för gammal" in response.content.decode()


def test_a_new_code_replaces_the_old_one(client):
    make_person(email="anna@example.se")
    ask_for_code(client, "anna@example.se")
    first = code_in(OutboxMail.objects.get())
    client.post(CODE, {"action": "resend"})
    second = code_in(OutboxMail.objects.order_by("-pk").first())
    assert OutboxMail.objects.count() == 2
    if first != second:
        assert client.post(CODE, {"code": first, "action": "verify"}).status_code == 422
    assert client.post(CODE, {"code": second, "action": "verify"}).status_code == 302
    assert "_auth_user_id" in client.session


def test_an_address_without_account_sees_the_same_pages_and_gets_another_mail(client):
    make_person(email="anna@example.se")

    def walk(email):
        client.cookies.clear()
        answers = [
            ask_for_code(client, email),
            client.get(CODE),
            client.post(CODE, {"code": "1", "action": "verify"}),
        ]
        return [
            (
                a.status_code,
                re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", a.content.decode()).replace(email, "@"),
            )
            for a in answers
        ]

    assert walk("anna@example.se") == walk("nobody@example.se")
    assert list(OutboxMail.objects.order_by("pk").values_list("kind", flat=True)) == [
        "people/login_code", "people/unknown_account",
    ]  # fmt: skip
    assert Person.objects.count() == 1


def test_who_wrote_the_wrong_address_may_start_over(client):
    ask_for_code(client, "wrong@example.se")
    assert client.get(LOG_IN)["Location"] == CODE
    assert client.get(f"{LOG_IN}?igen=1").status_code == 200
    assert client.get(LOG_IN).status_code == 200


def test_a_closed_account_gets_no_code(client):
    make_person(email="anna@example.se", is_active=False)
    ask_for_code(client, "anna@example.se")
    assert OutboxMail.objects.get().kind == "people/unknown_account"


@pytest.mark.parametrize(
    "email", ["", "anna", "a" * 300 + "@example.se", "anna@example.se\r\nBcc: x@example.se", "\x00"]
)
def test_a_wrong_address_is_told_beside_the_field(client, email):
    response = ask_for_code(client, email)
    assert response.status_code == 422
    assert not OutboxMail.objects.exists()


# --- password -------------------------------------------------------------------------------------


def test_the_button_for_a_password_shows_its_field_and_keeps_the_address(client):
    page = client.post(LOG_IN, {"login": "anna@example.se", "how": "password"})
    assert page.status_code == 200
    assert 'value="anna@example.se"' in page.content.decode()
    assert 'autocomplete="current-password"' in page.content.decode()
    assert 'role="alert"' not in page.content.decode()


def test_a_password_logs_in(client):
    person = make_person(email="anna@example.se", password=PASSWORD)
    response = client.post(LOG_IN, {"login": "anna@example.se", "password": PASSWORD, "how": "password"})
    assert (response.status_code, response["Location"]) == (302, "/mitt/")
    assert client.session["strength"] == Strength.PASSWORD
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(("email", "password"), [("anna@example.se", "fel"), ("nobody@example.se", PASSWORD)])
def test_a_wrong_password_and_a_wrong_address_sound_the_same(client, email, password):
    make_person(email="anna@example.se", password=PASSWORD)
    response = client.post(LOG_IN, {"login": email, "password": password, "how": "password"})
    assert response.status_code == 422
    assert "hör inte ihop" in response.content.decode()
    assert email in response.content.decode()


def test_nobody_logs_in_with_an_empty_password(client):
    make_person(email="anna@example.se")
    response = client.post(LOG_IN, {"login": "anna@example.se", "password": "", "how": "password"})
    assert response.status_code == 422
    assert not OutboxMail.objects.exists()


def test_a_forgotten_password_is_chosen_anew_with_a_link(client, settings):
    settings.SITE_URL = "https://samskapa.example.se"
    person = make_person(email="anna@example.se", password=PASSWORD)
    response = client.post("/konto/losenord/glomt/", {"email": "anna@example.se"})
    assert response["Location"] == "/konto/losenord/glomt/skickat/"
    assert client.get(response["Location"]).status_code == 200
    mail = OutboxMail.objects.get()
    url = mail.params["url"]
    assert url.startswith("https://samskapa.example.se/konto/losenord/nytt/")
    form = client.get(url.removeprefix("https://samskapa.example.se"), follow=True)
    address = form.redirect_chain[-1][0]
    too_short = client.post(address, {"password1": "kort"})
    assert too_short.status_code == 422
    response = client.post(address, {"password1": "fyra lugna hästar"})
    assert response["Location"] == "/konto/losenord/nytt/klart/"
    assert client.get(response["Location"]).status_code == 200
    person.refresh_from_db()
    assert person.check_password("fyra lugna hästar")
    assert "people.password_set" in actions()
    again = client.get(url.removeprefix("https://samskapa.example.se"), follow=True)
    assert "Länken fungerar inte längre" in again.content.decode()


def test_choosing_and_changing_a_password(client):
    person = make_person()
    log_in(client, person)
    assert client.get("/konto/losenord/")["Location"] == "/konto/losenord/valj/"
    assert client.get("/konto/losenord/valj/").status_code == 200
    assert client.post("/konto/losenord/valj/", {"password1": "password1234"}).status_code == 422
    response = client.post("/konto/losenord/valj/", {"password1": PASSWORD})
    assert response["Location"] == "/konto/profil/"
    assert client.get("/konto/losenord/").status_code == 200
    wrong = client.post("/konto/losenord/", {"oldpassword": "fel", "password1": "fyra lugna hästar"})
    assert wrong.status_code == 422
    response = client.post("/konto/losenord/", {"oldpassword": PASSWORD, "password1": "fyra lugna hästar"})
    assert response["Location"] == "/konto/profil/"
    assert client.get("/konto/profil/").status_code == 200  # still logged in
    assert actions().count("people.password_set") == 2
    entry = AuditEntry.objects.filter(action="people.password_set").first()
    assert (entry.person_id, entry.strength) == (person.pk, Strength.PASSKEY)


# --- capacity -------------------------------------------------------------------------------------


def test_who_holds_one_role_acts_in_it_at_once(client):
    person = make_person(email="anna@example.se", password=PASSWORD)
    grant = make_grant(person, "coordinator", make_node("region", "Region Ekliden"))
    client.post(LOG_IN, {"login": "anna@example.se", "password": PASSWORD, "how": "password"})
    assert client.session["capacity"] == grant.pk


def test_who_holds_several_roles_chooses(client):
    person = make_person(email="anna@example.se", password=PASSWORD)
    region = make_node("region", "Region Ekliden")
    coordinator = make_grant(person, "coordinator", region)
    make_grant(person, "member", region)
    response = client.post(
        LOG_IN,
        {"login": "anna@example.se", "password": PASSWORD, "how": "password", "next": "/konto/profil/"},
    )
    assert response["Location"] == "/konto/roll/?next=%2Fkonto%2Fprofil%2F"
    page = client.get(response["Location"]).content.decode()
    assert "Samordnare, Region Ekliden" in page
    assert "Medlem i resursgruppen, Region Ekliden" in page
    assert "Som mig själv" in page
    response = client.post("/konto/roll/", {"capacity": coordinator.pk, "next": "/konto/profil/"})
    assert response["Location"] == "/konto/visa-vem-du-ar/?next=%2Fkonto%2Fprofil%2F"
    assert client.session["capacity"] == coordinator.pk
    entry = AuditEntry.objects.get(action="people.capacity_chosen")
    assert entry.details == {"grant_id": coordinator.pk}
    client.post("/konto/roll/", {"capacity": "0"})
    assert client.session["capacity"] == 0
    assert AuditEntry.objects.filter(action="people.capacity_chosen").last().role == ""


@pytest.mark.parametrize("capacity", ["", "x", "-1", str(2**70), "other"])
def test_one_cannot_choose_what_one_does_not_hold(client, capacity):
    if capacity == "other":
        capacity = str(make_grant(make_person()).pk)
    log_in(client, make_person())
    assert client.post("/konto/roll/", {"capacity": capacity}).status_code == 422
    assert client.session["capacity"] == 0


def test_the_capacity_page_leads_to_no_other_site(client):
    log_in(client, make_person())
    response = client.post("/konto/roll/", {"capacity": "0", "next": "//evil.example/"})
    assert response["Location"] == "/mitt/"


# --- the rest -------------------------------------------------------------------------------------


def test_logging_out_asks_first_and_is_in_the_trail(client):
    person = make_person()
    log_in(client, person)
    assert client.get("/konto/logga-ut/").status_code == 200
    assert "_auth_user_id" in client.session
    response = client.post("/konto/logga-ut/")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert "_auth_user_id" not in client.session
    assert AuditEntry.objects.get(action="people.logged_out").person_id == person.pk


def test_a_rejected_log_in_stays_out_of_the_trail(client):
    ask_for_code(client, "nobody@example.se")
    assert [e.action for e in AuditEntry.objects.all()] == ["people.mail_asked_for"]
    assert "example" not in str(AuditEntry.objects.values_list("details", flat=True))


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_reauthenticate",
        "account_email_verification_sent",
        "account_signup_by_passkey",
        "mfa_authenticate",
        "mfa_edit_webauthn",
        "account_confirm_email",
    ],
)
def test_addresses_of_allauth_that_we_do_not_use_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path", ["/konto/signup/", "/konto/email/", "/konto/login/", "/konto/password/reset/", "/konto/2fa/"]
)
def test_paths_of_allauth_that_we_do_not_use_are_missing(client, path):
    assert client.get(path).status_code == 404


def test_the_page_about_accounts_does_not_sign_up(client):
    assert "Du blir inbjuden" in client.get("/konto/nytt/").content.decode()
    assert client.post("/konto/nytt/", {"email": "new@example.se"}).status_code == 405
    assert not Person.objects.exists()
    assert client.get("/konto/avslutat/").status_code == 200
