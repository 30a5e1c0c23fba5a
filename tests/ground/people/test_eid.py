"""e-ID against real OpenID providers: who gets in, what is kept, and each attack refused."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM, Strength
from samskapa.ground.core.keys.holder import INDEX
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.core.services.keys import add_key
from samskapa.ground.people.domain import EidTaken
from samskapa.ground.people.domain.eid import (
    LEEWAY,
    LOA3,
    PERSONAL_NUMBER,
    TOKEN_LASTS,
    Broker,
    EidRefused,
    check_claims,
    who,
)
from samskapa.ground.people.models import EidLink, Person
from samskapa.ground.people.services import link_eid, remove_eid, use_eid
from samskapa.ground.people.services.oidc import verified
from tests.factories.brokers import SITE, RunningBroker, installed
from tests.factories.organisations import log_in, make_grant, make_node
from tests.factories.passkeys import make_passkey
from tests.factories.people import make_person
from tests.ground.core.rings import write_ring

pytestmark = pytest.mark.django_db

NUMBER = "198507099805"
LOA2 = LOA3[:-1] + "2"
START, BACK = "/konto/e-legitimation/freja/", "/konto/e-legitimation/freja/tillbaka/"


@pytest.fixture(scope="module")
def running():
    folder = installed()
    brokers = {name: RunningBroker(name, folder) for name in ("freja", "siths")}
    yield brokers
    for broker in brokers.values():
        broker.stop()


@pytest.fixture
def brokers(running, settings):
    settings.SITE_URL = SITE
    settings.EID_BROKERS = {name: broker.settings for name, broker in running.items()}
    for broker in running.values():
        broker.play(who="anna", acr=LOA3, number=NUMBER)
    return running


def linked(person=None, who="number:" + NUMBER):
    person = person or make_person("Anna Ek")
    link_eid(person, who, broker="freja", by=SYSTEM, now=timezone.now())
    return person


def identify(client, broker, **fields):
    """From our button to the broker and back; returns our last answer."""
    address = client.post(f"/konto/e-legitimation/{broker.settings.name}/", fields)["Location"]
    return client.get(broker.walk(address).removeprefix(SITE))


def everything_in_the_database() -> str:
    rows = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            rows += [str(row) for row in cursor.fetchall()]
    return "\n".join(rows)


# --- who gets in ----------------------------------------------------------------------------------


def test_an_e_id_logs_in_strongly_and_keeps_no_personal_number(client, brokers):
    person = linked()
    grant = make_grant(person, "coordinator", make_node("region"))
    for browser in (client, Client()):  # the first time, and again
        assert identify(browser, brokers["freja"], next="/oversikt/")["Location"] == "/oversikt/"
        assert browser.session["strength"] == Strength.EID
        assert browser.session["capacity"] == grant.pk
        assert browser.get("/oversikt/").status_code == 200
    kept = everything_in_the_database()
    assert str(person.pk) in kept
    assert NUMBER not in kept
    assert NUMBER[2:] not in kept


def test_another_broker_of_the_same_person_opens_the_same_account(client, brokers):
    person = linked()
    identify(client, brokers["siths"])
    assert client.session["_auth_user_id"] == str(person.pk)


def test_an_unknown_e_id_makes_no_account_and_is_not_kept(client, brokers):
    page = identify(client, brokers["freja"])
    assert page.status_code == 422
    assert "Vi känner inte till den här e-legitimationen än" in page.content.decode()
    assert (Person.objects.count(), EidLink.objects.count()) == (0, 0)
    assert "_auth_user_id" not in client.session


def test_who_is_logged_in_links_it_and_is_strong_at_once(client, brokers):
    person = make_person()
    grant = make_grant(person, "coordinator", make_node("region"))
    log_in(client, person, grant, strength=Strength.LINK)
    assert "Freja" in client.get("/konto/visa-vem-du-ar/").content.decode()
    assert identify(client, brokers["freja"], next="/oversikt/")["Location"] == "/oversikt/"
    assert client.session["strength"] == Strength.EID
    assert client.get("/oversikt/").status_code == 200
    assert EidLink.objects.get().person_id == person.pk
    assert OutboxMail.objects.get(kind="people/way_in_added").params["way"] == "eid"
    assert AuditEntry.objects.get(action="people.strengthened").strength == Strength.EID


def test_an_e_id_that_opens_anothers_account_is_not_linked_to_mine(client, brokers):
    other, me = linked(), make_person()
    log_in(client, me, strength=Strength.CODE)
    page = identify(client, brokers["freja"])
    assert page.status_code == 422
    assert "öppnar ett annat konto" in page.content.decode()
    assert (EidLink.objects.get().person, client.session["strength"]) == (other, Strength.CODE)
    with pytest.raises(EidTaken):
        linked(me)


def test_who_has_a_strong_way_in_shows_it_before_linking_an_e_id(client, brokers):
    person = make_person()
    make_passkey(person)
    log_in(client, person, strength=Strength.CODE)
    assert identify(client, brokers["freja"])["Location"].startswith("/konto/visa-vem-du-ar/")
    assert not EidLink.objects.exists()
    assert client.session["strength"] == Strength.CODE


def test_an_e_id_is_removed_and_opens_nothing_more(client, brokers):
    person = linked()
    identify(client, brokers["freja"])
    link = EidLink.objects.get()
    assert client.get(f"/konto/e-legitimation/{link.pk}/ta-bort/").status_code == 200
    assert client.post(f"/konto/e-legitimation/{link.pk}/ta-bort/")["Location"] == "/konto/sa-loggar-du-in/"
    remove_eid(link, by=SYSTEM, now=timezone.now())
    assert not EidLink.objects.exists()
    assert AuditEntry.objects.filter(action="people.way_in_removed", person_id=person.pk).count() == 1
    assert identify(Client(), brokers["freja"]).status_code == 422


def test_a_tag_of_an_older_key_opens_the_account_and_is_made_anew(settings, tmp_path):
    settings.KEYS_FILE = str(write_ring(tmp_path / "keys.env"))
    person = linked()
    before = EidLink.objects.get().tag
    add_key(line=INDEX, by=SYSTEM, now=timezone.now())
    assert use_eid(f"number:{NUMBER}", now=timezone.now()) == person
    after = EidLink.objects.get().tag
    assert (before.partition(":")[0], after.partition(":")[0]) == ("i1", "i2")
    assert linked(person) == person
    assert EidLink.objects.count() == 1


def test_a_closed_account_is_not_opened(client, brokers):
    linked(make_person(is_active=False))
    assert identify(client, brokers["freja"])["Location"] == "/konto/avslutat/"


# --- what is refused ------------------------------------------------------------------------------


def assert_refused(client, page):
    assert page.status_code == 422
    assert "E-legitimationen fungerade inte" in page.content.decode()
    assert "_auth_user_id" not in client.session
    assert not AuditEntry.objects.filter(action="people.logged_in").exists()


def test_a_lower_level_of_assurance_is_refused(client, brokers):
    linked()
    brokers["freja"].play(acr=LOA2)
    assert_refused(client, identify(client, brokers["freja"]))


def test_nothing_in_the_request_lowers_what_is_asked_for(client, brokers):
    address = client.post(
        f"{START}?acr_values={LOA2}&auth_params=acr_values%3D{LOA2}", {"acr_values": LOA2, "auth_params": "scope=x"}
    )["Location"]
    asked = parse_qs(urlsplit(address).query)
    assert asked["acr_values"] == [LOA3]
    assert asked["redirect_uri"] == [f"{SITE}{BACK}"]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) >= 43
    assert len(asked["state"][0]) >= 43
    assert client.get(START).status_code == 405


def test_an_answer_is_worth_something_once_and_to_the_browser_that_asked(client, brokers):
    linked()
    answer = brokers["freja"].walk(client.post(START)["Location"]).removeprefix(SITE)
    assert_refused(Client(), Client().get(answer))
    other = Client()
    other.post(START)
    assert_refused(other, other.get(answer))
    client.get(answer)
    assert client.session["strength"] == Strength.EID
    client.post("/konto/logga-ut/")
    assert client.get(answer).status_code == 422
    assert "_auth_user_id" not in client.session


def test_one_brokers_answer_is_not_taken_for_anothers(client, brokers):
    linked()
    answer = brokers["freja"].walk(client.post(START)["Location"]).removeprefix(SITE)
    assert_refused(client, client.get(answer.replace("/freja/", "/siths/")))
    # Both asked, and the answer of the one put before the other's question.
    answer = brokers["freja"].walk(client.post(START)["Location"]).removeprefix(SITE)
    client.post("/konto/e-legitimation/siths/")
    state = client.session["eid"]["state"]
    swapped = answer.replace("/freja/", "/siths/")
    swapped = swapped.replace(parse_qs(urlsplit(answer).query)["state"][0], state)
    assert_refused(client, client.get(swapped))


@pytest.mark.parametrize("what", ["nonce", "verifier"])
def test_an_answer_to_another_question_is_refused(client, brokers, what):
    linked()
    answer = brokers["freja"].walk(client.post(START)["Location"]).removeprefix(SITE)
    session = client.session
    session["eid"] = session["eid"] | {what: "x" * 64}
    session.save()
    assert_refused(client, client.get(answer))


def test_a_broker_that_tells_no_number_is_refused_where_we_rely_on_it(client, brokers):
    brokers["freja"].play(number="")
    assert_refused(client, identify(client, brokers["freja"]))


def test_saying_no_at_the_broker_leads_back_with_a_word(client, brokers):
    client.post(START)
    state = client.session["eid"]["state"]
    assert_refused(client, client.get(f"{BACK}?error=access_denied&state={state}"))


def test_a_token_that_somebody_else_has_signed_is_refused(brokers):
    broker = brokers["freja"].settings
    claims = {"iss": broker.issuer, "sub": "anna"}
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for token in (
        jwt.encode(claims, key, algorithm="RS256", headers={"kid": "nobody"}),
        jwt.encode(claims, key, algorithm="RS256"),
        jwt.encode(claims, broker.secret * 2, algorithm="HS256"),
        jwt.encode(claims, None, algorithm="none"),
        "",
        "x.y.z",
    ):
        with pytest.raises(EidRefused):
            verified(token, broker)


def test_a_broker_that_does_not_answer_is_told_of(client, settings):
    settings.EID_BROKERS = {"freja": Broker("freja", "Freja", "http://127.0.0.1:1", "samskapa", "secret")}
    assert_refused(client, client.post(START))


def test_without_brokers_there_is_no_button_and_no_address(client):
    assert "e-legitimation" not in client.get("/konto/logga-in/").content.decode()
    assert client.post(START).status_code == 404


# --- the law of it --------------------------------------------------------------------------------

BROKER = Broker("freja", "Freja", "https://broker.example", "samskapa", "secret")
NOW = 1_800_000_000.0


def claims(**changed):
    right = {
        "iss": BROKER.issuer,
        "aud": "samskapa",
        "exp": NOW + 60,
        "iat": NOW,
        "nonce": "n",
        "acr": LOA3,
        "sub": "anna",
        PERSONAL_NUMBER: NUMBER,
    }
    return {name: value for name, value in (right | changed).items() if value is not None}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"iss": "https://other.example"}, "issuer"),
        ({"aud": "other"}, "audience"),
        ({"aud": ["samskapa", "other"]}, "audience"),
        ({"azp": "other"}, "audience"),
        ({"exp": NOW - LEEWAY - 1}, "time"),
        ({"iat": NOW + LEEWAY + 1}, "time"),
        ({"iat": NOW - TOKEN_LASTS - LEEWAY - 1}, "time"),
        ({"exp": None}, "time"),
        ({"nonce": None}, "nonce"),
        ({"nonce": "m"}, "nonce"),
        ({"acr": None}, "acr"),
        ({"acr": LOA2}, "acr"),
        ({"sub": ""}, "sub"),
    ],
)
def test_a_claim_that_is_not_right_is_refused(changed, why):
    with pytest.raises(EidRefused, match=why):
        check_claims(claims(**changed), BROKER, nonce="n", now=NOW)


def test_right_claims_are_believed():
    check_claims(claims(), BROKER, nonce="n", now=NOW)
    check_claims(claims(aud=["samskapa", "other"], azp="samskapa"), BROKER, nonce="n", now=NOW)
    assert who(claims(), BROKER) == f"number:{NUMBER}"
    assert who(claims(), Broker("s", "S", BROKER.issuer, "c", "s", number_claim="")) == f"sub:{BROKER.issuer}:anna"
    with pytest.raises(EidRefused):
        check_claims(claims(nonce=""), BROKER, nonce="", now=NOW)


def test_brokers_are_read_from_the_environment(monkeypatch):
    from samskapa.config import eid
    from samskapa.config.environment import MissingSetting

    for name, value in {
        "SAMSKAPA_EID": "freja, siths",
        "SAMSKAPA_EID_FREJA_URL": "https://freja.example",
        "SAMSKAPA_EID_FREJA_CLIENT": "one",
        "SAMSKAPA_EID_FREJA_SECRET": "s1",
        "SAMSKAPA_EID_SITHS_URL": "https://idp.example/oidc",
        "SAMSKAPA_EID_SITHS_CLIENT": "two",
        "SAMSKAPA_EID_SITHS_SECRET": "s2",
        "SAMSKAPA_EID_SITHS_LABEL": "SITHS",
        "SAMSKAPA_EID_SITHS_NUMBER": "",
        "SAMSKAPA_EID_SITHS_ACR": f"{LOA3},{LOA3[:-1]}4",
        "SAMSKAPA_EID_SITHS_ORIGINS": "https://login.example",
    }.items():
        monkeypatch.setenv(name, value)
    found = eid.brokers()
    assert list(found) == ["freja", "siths"]
    assert (found["freja"].acr, found["freja"].label, found["siths"].number_claim) == ((LOA3,), "Freja", "")
    assert eid.origins(found) == ["https://freja.example", "https://idp.example", "https://login.example"]
    assert "s1" not in repr(found)
    for name, value in (("SAMSKAPA_EID_FREJA_URL", "http://freja.example"), ("SAMSKAPA_EID", "Freja!")):
        with monkeypatch.context() as patched:
            patched.setenv(name, value)
            with pytest.raises(MissingSetting):
                eid.brokers()
    monkeypatch.delenv("SAMSKAPA_EID_SITHS_SECRET")
    with pytest.raises(MissingSetting, match="SAMSKAPA_EID_SITHS_SECRET"):
        eid.brokers()
