"""One's own facts, the language, and the recipient of mail."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from samskapa.ground.core.domain import SYSTEM, Recipient
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.people.domain import AddressTaken
from samskapa.ground.people.models import Person, display_name
from samskapa.ground.people.queries import mail_recipient
from samskapa.ground.people.services import create_person, fill_in_name
from tests.factories.organisations import log_in
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_the_profile_is_only_for_who_is_logged_in(client):
    assert client.get("/konto/profil/")["Location"] == "/konto/logga-in/?next=/konto/profil/"
    assert client.post("/konto/profil/", {"name": "X"}).status_code == 302
    assert client.get("/konto/roll/")["Location"] == "/konto/logga-in/?next=/konto/roll/"


def test_saving_the_profile_keeps_the_facts_and_leaves_a_trail_without_names(client):
    person = make_person("Anna", email="anna@example.se")
    log_in(client, person)
    assert "anna@example.se" in client.get("/konto/profil/").content.decode()
    response = client.post("/konto/profil/", {"name": " Åsa   Öberg ", "phone": "070-123 45 67", "language": "en"})
    assert (response.status_code, response["Location"]) == (302, "/konto/profil/")
    assert response.cookies["django_language"].value == "en"
    person.refresh_from_db()
    assert (person.name, person.phone, person.language, person.sort_key) == (
        "Åsa Öberg",
        "070-123 45 67",
        "en",
        "{asa {cberg",
    )
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.person_id, entry.details) == (
        "people.profile_changed",
        person.pk,
        {"fields": ["name", "phone", "language"]},
    )
    assert "Saved." in client.get("/konto/profil/").content.decode()


def test_saving_what_was_there_already_writes_nothing(client):
    person = make_person("Anna")
    log_in(client, person)
    client.post("/konto/profil/", {"name": "Anna", "phone": "", "language": "sv"})
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("name", "", ""),
        ("name", "\u200b", "Det här behöver vi svar på"),
        ("name", "x" * 151, "högst 150 tecken"),
        ("name", "Anna 811228-9874", "personnummer"),
        ("phone", "ring mig", "Skriv telefonnumret med siffror"),
        ("phone", "1" * 40, "Skriv telefonnumret med siffror"),
        ("phone", "198112289874", "personnummer"),
        ("language", "xx", "xx"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(client, field, value, word):
    person = make_person("Anna")
    log_in(client, person)
    typed = {"name": "Berta", "phone": "08-123 456", "language": "sv", field: value}
    response = client.post("/konto/profil/", typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert word in page
    assert 'role="alert"' in page
    if field != "name":
        assert 'value="Berta"' in page
    person.refresh_from_db()
    assert person.name == "Anna"


def test_a_visitor_may_change_the_language(client):
    response = client.post("/konto/sprak/", {"language": "en", "next": "/konto/logga-in/"})
    assert response["Location"] == "/konto/logga-in/"
    assert "Send a code" in client.get("/konto/logga-in/").content.decode()
    assert not AuditEntry.objects.exists()


def test_a_person_keeps_the_language(client):
    person = make_person()
    log_in(client, person)
    client.post("/konto/sprak/", {"language": "en"})
    person.refresh_from_db()
    assert person.language == "en"
    assert AuditEntry.objects.get().details == {"fields": ["language"]}


@pytest.mark.parametrize("sent", [{"language": "xx"}, {}, {"language": "en", "next": "https://evil.example/"}])
def test_a_language_we_do_not_have_and_another_site_change_nothing_bad(client, sent):
    response = client.post("/konto/sprak/", sent)
    assert (response.status_code, response["Location"]) == (302, "/")


def test_the_language_is_changed_by_a_button_only(client):
    assert client.get("/konto/sprak/").status_code == 405


def test_mail_goes_to_who_is_active_and_has_an_address():
    anna = make_person("Anna", email="anna@example.se", language="en")
    assert mail_recipient(anna.pk) == Recipient(address="anna@example.se", name="Anna", language="en")
    assert mail_recipient(make_person(is_active=False).pk) is None
    assert mail_recipient(Person.objects.create_user(name="Utan adress").pk) is None
    assert mail_recipient(0) is None


def test_an_address_has_one_account_whatever_its_case():
    person = create_person(email=" Anna@Example.se ", name="Anna", by=SYSTEM, now=NOW)
    assert person.email == "anna@example.se"
    assert not person.has_usable_password()
    assert AuditEntry.objects.get().action == "people.person_created"
    with pytest.raises(AddressTaken):
        create_person(email="ANNA@example.se", by=SYSTEM, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(email="ANNA@EXAMPLE.SE")


def test_many_may_lack_an_address():
    for name in ("A", "B"):
        create_person(email=None, name=name, by=SYSTEM, now=NOW)
    assert Person.objects.filter(email=None).count() == 2


def test_a_name_is_filled_in_but_never_overwritten():
    nameless, anna = make_person(""), make_person("Anna")
    for person in (nameless, anna):
        fill_in_name(person, "Berta", by=SYSTEM, now=NOW)
    assert (nameless.name, nameless.sort_key, anna.name) == ("Berta", "berta", "Anna")


def test_who_has_no_name_yet_is_shown_by_the_address():
    assert display_name(make_person("", email="anna.berg@example.se")) == "anna.berg"
    assert str(make_person("Anna")).startswith("Person ")


def test_a_place_to_go_on_to_that_is_no_path_leads_to_the_start_page(client, db):
    """Found by the hostile soak: a bare word was looked up as the name of an address."""
    answer = client.post("/konto/sprak/", {"language": "en", "next": "1970-01-01"})

    assert (answer.status_code, answer["Location"]) == (302, "/")
