"""Change one's e-mail address: a code to the new one, the old one told, nothing told of who has an account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.people.domain import AddressTaken, HasAddress
from samskapa.ground.people.models import Person, Session
from samskapa.ground.people.queries import account_at
from samskapa.ground.people.services import change_address
from tests.factories.organisations import NOW, log_in, make_grant, make_region_tree
from tests.factories.people import make_person, make_place
from tests.factories.protection import make_protected

pytestmark = pytest.mark.django_db
ASK, CODE = "/konto/epost/", "/konto/epost/kod/"
NEW = "anna.ny@example.se"


@pytest.fixture
def anna(client):
    anna = make_person("Anna", email="anna@example.se")
    log_in(client, anna)
    return anna


def code_sent() -> str:
    return OutboxMail.objects.get(kind="people/new_address_code").params["code"]


def test_she_writes_the_code_and_mail_goes_to_the_new_address(client, anna):
    make_place(anna, NOW)  # logged in elsewhere
    assert 'href="/konto/epost/"' in client.get("/konto/profil/").content.decode()
    assert "anna@example.se" in client.get(ASK).content.decode()
    assert client.post(ASK, {"email": f" {NEW.upper()} "})["Location"] == CODE
    anna.refresh_from_db()
    assert anna.email == "anna@example.se"
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.address, mail.recipient_id, mail.secret) == ("people/new_address_code", NEW, None, True)
    assert NEW in client.get(CODE).content.decode()

    code = code_sent()
    assert client.post(CODE, {"code": f"{code[:3]} {code[3:]}"})["Location"] == "/konto/profil/"
    anna.refresh_from_db()
    assert anna.email == NEW
    assert list(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == [
        (anna.pk, NEW, True, True)
    ]
    told = OutboxMail.objects.get(kind="people/address_changed")
    assert (told.address, told.recipient_id) == ("anna@example.se", None)
    entry = AuditEntry.objects.get(action="people.address_changed")
    assert (entry.person_id, entry.object_id, entry.details) == (anna.pk, str(anna.pk), {})
    assert not Session.objects.filter(person=anna).exclude(session_key=client.session.session_key).exists()
    assert client.get("/konto/profil/").status_code == 200, "here she is still logged in"
    assert client.get(CODE)["Location"] == ASK, "the code is used"


def test_an_address_that_has_an_account_is_answered_alike_and_its_owner_told(client, anna):
    other = make_person("Bo", email=NEW)
    answer = client.post(ASK, {"email": NEW})
    page = client.get(CODE)
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.recipient_id, mail.params) == ("people/address_taken", other.pk, {})
    assert client.post(CODE, {"code": "000000"}).status_code == 422
    client.post(ASK, {"email": "ledig@example.se"})
    free = client.get(CODE)
    assert (answer.status_code, page.status_code, free.status_code) == (302, 200, 200)
    assert page.content.decode().count(NEW) == free.content.decode().count("ledig@example.se") == 1
    anna.refresh_from_db()
    assert anna.email == "anna@example.se"


def test_a_protected_persons_address_is_answered_alike_and_stands_nowhere_in_clear(client, anna):
    region = make_region_tree().region
    coordinator = make_grant(role="coordinator", node=region).person
    hidden = make_protected(region, coordinator=coordinator, email=NEW)
    OutboxMail.objects.all().delete()
    assert client.post(ASK, {"email": NEW})["Location"] == CODE
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.recipient_id, mail.address) == ("people/address_taken", hidden.pk, "")
    assert NEW not in str(dict(client.session))


@pytest.mark.parametrize(
    ("email", "word"),
    [
        ("", "behöver vi svar på"),
        ("anna", "e-postadress"),
        ("Anna@Example.se", "Det är den adress du redan har"),
        (f"{'a' * 60}@{'b' * 200}.se", "högst 254 tecken"),
    ],
)
def test_what_is_no_new_address_is_said_beside_the_field_and_kept(client, anna, email, word):
    page = client.post(ASK, {"email": email})
    assert page.status_code == 422
    assert word in page.content.decode()
    assert email in page.content.decode()
    assert not OutboxMail.objects.exists()


def test_a_wrong_code_five_times_and_it_no_longer_works(client, anna):
    client.post(ASK, {"email": NEW})
    right = code_sent()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        page = client.post(CODE, {"code": wrong})
        assert page.status_code == 422
        assert "Det är inte koden vi skickade" in page.content.decode()
    assert client.post(CODE, {"code": right})["Location"] == ASK
    anna.refresh_from_db()
    assert anna.email == "anna@example.se"


def test_a_code_that_is_too_old_and_one_taken_meanwhile(client, anna):
    client.post(ASK, {"email": NEW})
    session = client.session
    session["people.new_address"]["until"] = (timezone.now() - timedelta(seconds=1)).isoformat()
    session.save()
    assert client.post(CODE, {"code": code_sent()})["Location"] == ASK

    OutboxMail.objects.all().delete()
    client.post(ASK, {"email": NEW})
    make_person("Bo", email=NEW)
    assert client.post(CODE, {"code": code_sent()})["Location"] == ASK
    assert "har hunnit få ett annat konto" in client.get(ASK).content.decode()
    assert Person.objects.get(pk=anna.pk).email == "anna@example.se"


def test_ten_codes_an_hour_and_what_was_typed_is_kept(client, anna):
    for number in range(10):
        assert client.post(ASK, {"email": f"a{number}@example.se"}).status_code == 302
    page = client.post(ASK, {"email": "a10@example.se"})
    assert page.status_code == 422
    assert "Vänta en timme" in page.content.decode()
    assert 'value="a10@example.se"' in page.content.decode()


def test_a_protected_person_is_led_to_where_the_address_is_kept(client):
    region = make_region_tree().region
    coordinator = make_grant(role="coordinator", node=region).person
    hidden = make_protected(region, coordinator=coordinator, email="dold@example.se")
    log_in(client, hidden)
    assert client.get(ASK)["Location"] == "/konto/skydd/"
    with pytest.raises(HasAddress):
        change_address(hidden, NEW, by=SYSTEM, now=NOW)


def test_the_service_refuses_what_another_has_and_twice_is_once():
    anna, _ = make_person("Anna", email="anna@example.se"), make_person("Bo", email=NEW)
    with pytest.raises(AddressTaken):
        change_address(anna, NEW.upper(), by=SYSTEM, now=NOW)
    change_address(anna, "tredje@example.se", by=SYSTEM, now=NOW)
    change_address(anna, "Tredje@example.se", by=SYSTEM, now=NOW)
    assert OutboxMail.objects.filter(kind="people/address_changed").count() == 1
    assert account_at("anna@example.se") is None
