"""Passkeys, an app with codes, reserve codes: what makes a log-in strong, and what strength opens."""

from __future__ import annotations

import json
import re
import time
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from samskapa.ground.core.domain import Strength
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.people.domain import FRESH, is_fresh
from tests.factories.organisations import log_in, make_grant, make_node
from tests.factories.passkeys import SoftPasskey, make_passkey
from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db

DESK = "/oversikt/"
STRENGTHEN = "/konto/visa-vem-du-ar/"


@pytest.fixture
def coordinator():
    person = make_person("Kerstin Holm", email="kerstin@example.se", password=PASSWORD)
    make_grant(person, "coordinator", make_node("region", "Region Ekliden"))
    return person


def log_in_weakly(client, person):
    return client.post("/konto/logga-in/", {"login": person.email, "password": PASSWORD, "how": "password"})


def options_on(page) -> dict:
    """What a page asks the device for."""
    return json.loads(re.search(r'id="passkey-options"[^>]*>(.*?)</script>', page.content.decode(), re.S)[1])


def register(client, soft, address="/konto/nyckel/ny/", **more):
    credential = soft.create(options_on(client.get(address)))
    return client.post("/konto/nyckel/ny/", {"name": "Telefonen", "credential": json.dumps(credential), **more})


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def add_app(client) -> str:
    """Add an app as its owner does; returns the secret that it keeps."""
    page = client.get("/konto/app/").content.decode()
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert client.post("/konto/app/", {"code": code_of(secret)}).status_code == 302
    return secret


# --- from weak to strong --------------------------------------------------------------------------


def test_a_coordinator_makes_a_passkey_at_first_log_in_and_comes_to_where_she_was_going(client, coordinator):
    response = log_in_weakly(client, coordinator)
    assert response["Location"] == f"{STRENGTHEN}?next=%2Fmitt%2F"
    # Until then she is there as herself, and led to strengthen where the role alone gets in.
    assert client.get("/mitt/").status_code == 200
    assert "Samordnare, Region Ekliden" in client.get("/mitt/").content.decode()
    assert client.get(DESK)["Location"] == f"{STRENGTHEN}?next=%2Foversikt%2F"
    guide = client.get(client.get(DESK)["Location"]).content.decode()
    assert "/konto/nyckel/ny/?next=/oversikt/" in guide
    assert "/konto/app/?next=/oversikt/" in guide

    response = register(client, SoftPasskey(), next=DESK)
    assert response["Location"] == "/konto/reservkoder/?next=%2Foversikt%2F"
    codes = client.get(response["Location"]).content.decode()
    assert len(re.findall(r"<li>[0-9]{8}</li>", codes)) == 10
    assert 'href="/oversikt/"' in codes
    assert client.session["strength"] == Strength.PASSKEY
    assert client.get(DESK).status_code == 200
    mail = OutboxMail.objects.get(kind="people/way_in_added")
    assert (mail.recipient_id, mail.params["way"]) == (coordinator.pk, "passkey")
    entry = AuditEntry.objects.get(action="people.way_in_added")
    assert (entry.person_id, entry.strength, entry.details) == (
        coordinator.pk,
        Strength.PASSWORD,
        {"way": "passkey"},
    )


def test_a_passkey_logs_in_strongly_and_at_once_in_the_role(client, coordinator):
    soft = SoftPasskey()
    log_in(client, coordinator)
    register(client, soft)

    other = Client()
    options = other.get("/konto/nyckel/logga-in/", headers={"Accept": "application/json"}).json()
    answer = {"credential": json.dumps(soft.get(options)), "next": DESK}
    assert other.post("/konto/nyckel/logga-in/", answer)["Location"] == DESK
    assert other.session["strength"] == Strength.PASSKEY
    assert other.get(DESK).status_code == 200
    # The same answer once more is worth nothing, in another browser or in this one.
    assert Client().post("/konto/nyckel/logga-in/", answer)["Location"] == "/konto/logga-in/"


@pytest.mark.parametrize("fault", ["not verified", "another site", "another key"])
def test_a_passkey_that_is_not_right_does_not_log_in(client, coordinator, fault):
    soft = SoftPasskey()
    log_in(client, coordinator)
    register(client, soft)
    if fault == "not verified":
        soft.flags = SoftPasskey(verified=False).flags
    elif fault == "another site":
        soft.origin = "https://samskapa.evil.example"
    else:
        soft.key = SoftPasskey().key
    other = Client()
    options = other.get("/konto/nyckel/logga-in/").json()
    response = other.post("/konto/nyckel/logga-in/", {"credential": json.dumps(soft.get(options))})
    assert response["Location"] == "/konto/logga-in/"
    assert "_auth_user_id" not in other.session


def test_a_passkey_without_the_devices_own_check_is_not_kept(client, coordinator):
    log_in(client, coordinator)
    assert register(client, SoftPasskey(verified=False)).status_code == 422
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "credential",
    ["", "{", "[]", "{}", '{"response": 1}', '{"response": {"userHandle": 7}}', "9" * 5000, "[" * 100_000],
    ids=lambda text: text[:32],
)
def test_nonsense_from_a_browser_is_refused_and_nothing_breaks(client, coordinator, credential):
    client.get("/konto/nyckel/logga-in/")
    response = client.post("/konto/nyckel/logga-in/", {"credential": credential})
    assert response["Location"] == "/konto/logga-in/"
    log_in(client, coordinator)
    client.get("/konto/nyckel/ny/")
    assert client.post("/konto/nyckel/ny/", {"name": "x", "credential": credential}).status_code == 422
    assert client.post("/konto/visa-vem-du-ar/", {"credential": credential}).status_code == 422


def test_a_code_from_the_app_strengthens_and_works_once(client, coordinator):
    log_in(client, coordinator)
    secret = add_app(client)
    assert OutboxMail.objects.get(kind="people/way_in_added").params["way"] == "app"

    weak = Client()
    assert log_in_weakly(weak, coordinator)["Location"] == f"{STRENGTHEN}?next=%2Fmitt%2F"
    assert weak.post(STRENGTHEN, {"code": "000000", "next": DESK}).status_code == 422
    code = code_of(secret)
    assert weak.post(STRENGTHEN, {"code": f"{code[:3]} {code[3:]}", "next": DESK})["Location"] == DESK
    assert weak.session["strength"] == Strength.TWO_FACTOR
    assert weak.get(DESK).status_code == 200
    entry = AuditEntry.objects.get(action="people.strengthened")
    assert (entry.person_id, entry.strength) == (coordinator.pk, Strength.TWO_FACTOR)

    again = Client()
    log_in_weakly(again, coordinator)
    assert again.post(STRENGTHEN, {"code": code, "next": DESK}).status_code == 422


def test_a_reserve_code_strengthens_once(client, coordinator):
    log_in(client, coordinator)
    register(client, SoftPasskey())
    code = re.search(r"<li>([0-9]{8})</li>", client.get("/konto/reservkoder/").content.decode())[1]
    for attempt, status in ((1, 302), (2, 422)):
        weak = Client()
        log_in_weakly(weak, coordinator)
        assert weak.post(STRENGTHEN, {"code": code, "next": DESK}).status_code == status, attempt


def test_a_passkey_strengthens_a_weak_log_in(client, coordinator):
    soft = SoftPasskey()
    log_in(client, coordinator)
    register(client, soft)
    weak = Client()
    log_in_weakly(weak, coordinator)
    answer = soft.get(options_on(weak.get(f"{STRENGTHEN}?next={DESK}")))
    assert weak.post(STRENGTHEN, {"credential": json.dumps(answer), "next": DESK})["Location"] == DESK
    assert weak.session["strength"] == Strength.PASSKEY


def test_another_persons_passkey_does_not_strengthen(client, coordinator):
    soft = SoftPasskey()
    log_in(client, make_person())
    register(client, soft)
    weak = Client()
    make_passkey(coordinator)
    log_in_weakly(weak, coordinator)
    answer = soft.get(options_on(weak.get(STRENGTHEN)))
    assert weak.post(STRENGTHEN, {"credential": json.dumps(answer)}).status_code == 422
    assert weak.session["strength"] == Strength.PASSWORD


def test_not_now_goes_on_as_oneself(client, coordinator):
    log_in_weakly(client, coordinator)
    assert client.post("/konto/roll/", {"capacity": "0"})["Location"] == "/mitt/"
    assert client.get(DESK).status_code == 404


def test_strengthening_leads_to_no_other_site(client, coordinator):
    log_in(client, coordinator)
    secret = add_app(client)
    assert client.post(STRENGTHEN, {"code": code_of(secret), "next": "//evil.example/"})["Location"] == "/mitt/"


def test_what_was_typed_in_a_stale_form_is_not_lost_to_strengthening(coordinator):
    client = Client(enforce_csrf_checks=True)
    log_in(client, coordinator, coordinator.role_grants.get(), strength=Strength.PASSWORD)
    response = client.post(reverse("assignments:need_new"), {"why": "Vi vill"}, headers={"Origin": "http://testserver"})
    assert response.status_code == 403
    assert "Vi vill" in response.content.decode()


# --- changing the ways in -------------------------------------------------------------------------

CHANGES = ["/konto/nyckel/ny/", "/konto/app/", "/konto/app/ta-bort/", "/konto/reservkoder/"]


@pytest.mark.parametrize("path", CHANGES)
def test_who_has_a_strong_way_in_shows_it_before_changing_any(client, path):
    person = make_person()
    make_passkey(person)
    log_in(client, person, strength=Strength.PASSWORD)
    assert client.get(path)["Location"].startswith(STRENGTHEN)
    assert client.post(path)["Location"].startswith(STRENGTHEN)
    log_in(client, person)
    assert client.get(path).status_code in (200, 302)
    assert not client.get(path).headers.get("Location", "").startswith(STRENGTHEN)


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/konto/profil/?fran=mitt", "%2Fkonto%2Fprofil%2F%3Ffran%3Dmitt"),
        ("http://evil.example/konto/profil/", "%2F"),
        ("http://testserver//evil.example/", "%2F"),
        ("http://[bad", "%2F"),
        ("", "%2F"),
    ],
)
def test_who_sent_a_form_comes_back_to_the_page_where_it_stood(client, referer, back):
    person = make_person()
    make_passkey(person)
    log_in(client, person, strength=Strength.PASSWORD)
    answer = client.post("/konto/reservkoder/", headers={"Referer": referer})
    assert answer["Location"] == f"{STRENGTHEN}?next={back}"


def test_a_strong_step_is_fresh_for_fifteen_minutes():
    step = {"method": "mfa", "type": "webauthn", "at": 1000.0}
    assert is_fresh([step], now=1000.0 + FRESH - 1)
    assert not is_fresh([step], now=1000.0 + FRESH)
    assert not is_fresh([step | {"type": "?"}, {"method": "password", "at": 1000.0}], now=1000.0)


def test_with_the_last_way_in_the_reserve_codes_go(client):
    person = make_person()
    log_in(client, person)
    register(client, SoftPasskey())
    add_app(client)
    passkey = Authenticator.objects.get(type="webauthn")
    assert "den sista" not in client.get(f"/konto/nyckel/{passkey.pk}/ta-bort/").content.decode()
    client.post(f"/konto/nyckel/{passkey.pk}/ta-bort/")
    assert sorted(Authenticator.objects.values_list("type", flat=True)) == ["recovery_codes", "totp"]
    client.post("/konto/app/ta-bort/")
    assert not Authenticator.objects.exists()
    told = OutboxMail.objects.filter(kind="people/way_in_removed").order_by("pk")
    assert [mail.params["way"] for mail in told] == ["passkey", "app"]


def test_new_reserve_codes_replace_the_old(client):
    log_in(client, make_person())
    register(client, SoftPasskey())
    codes = re.findall(r"<li>([0-9]{8})</li>", client.get("/konto/reservkoder/").content.decode())
    assert client.post("/konto/reservkoder/nya/").status_code == 302
    new = re.findall(r"<li>([0-9]{8})</li>", client.get("/konto/reservkoder/").content.decode())
    assert len(new) == 10
    assert set(new) != set(codes)


def test_the_page_of_ways_in_shows_what_one_has(client):
    person = make_person()
    log_in(client, person)
    assert "Lägg till en nyckel" in client.get("/konto/sa-loggar-du-in/").content.decode()
    make_passkey(person, "Min telefon")
    assert "Min telefon" in client.get("/konto/sa-loggar-du-in/").content.decode()


def test_who_has_lost_everything_is_helped_by_the_one_who_runs_the_service(client, coordinator):
    log_in(client, coordinator)
    register(client, SoftPasskey())
    call_command("resetwaysin", "Kerstin@Example.se", stdout=StringIO())
    assert not Authenticator.objects.exists()
    assert client.get("/mitt/").status_code == 302
    assert OutboxMail.objects.get(kind="people/way_in_removed").params["way"] == "all"
    entry = AuditEntry.objects.get(action="people.way_in_removed")
    assert (entry.role, entry.object_id) == ("system", str(coordinator.pk))
    log_in_weakly(client, coordinator)
    assert client.get("/konto/nyckel/ny/").status_code == 200
    with pytest.raises(CommandError):
        call_command("resetwaysin", "nobody@example.se")
