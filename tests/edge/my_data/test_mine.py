"""The page of everything about oneself, the archive one takes along, and taking back a yes."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.utils.translation import override

from samskapa.cocreate.assignments.domain import ApplicationState, Mandate
from samskapa.cocreate.assignments.models import Application, ApplicationRevision
from samskapa.cocreate.assignments.services.nominating import accept_nomination, nominate
from samskapa.edge.my_data import queries
from samskapa.edge.my_data.services import take_along, take_back_consent
from samskapa.ground.core.domain import Actor, Strength
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.people.domain.my_data import NotGiven
from tests.factories.applications import given, make_application
from tests.factories.assignments import STANDING, make_open
from tests.factories.organisations import NOW, actor_for, log_in, make_grant, make_node
from tests.factories.people import make_person
from tests.factories.protection import make_protected
from tests.factories.whole_person import ADDRESS, GOES, NAME, STAYS, make_whole_person

pytestmark = pytest.mark.django_db
PAGE = "/konto/mina-uppgifter/"
LATER = NOW + timedelta(days=1)


def opened(archive: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        assert file.testzip() is None
        return {name: file.read(name).decode() for name in file.namelist()}


def told(archive: bytes) -> dict[str, dict]:
    """Key of a kind -> what uppgifter.json says of it."""
    return {kind["key"]: kind for kind in json.loads(opened(archive)["uppgifter.json"])["kinds"]}


# --- the page -------------------------------------------------------------------------------------


def test_the_page_shows_each_kind_with_how_long_and_what_stays(client):
    whole = make_whole_person()
    log_in(client, whole.person)
    page = client.get(PAGE).content.decode()
    for kind in django_settings.PERSONAL_DATA:
        with override("sv"):
            assert f"<summary>{kind.title}</summary>" in page
            assert queries.how_long(kind) in page
            assert str(kind.kept) in page
    assert "24 månader efter att du fick svar" in page


def test_the_page_costs_the_same_whatever_is_held(client, django_assert_num_queries):
    """1, 3 and 300 applications."""
    person = make_person()
    log_in(client, person)
    client.get(PAGE)
    pattern = make_application(make_open(), person)
    for count in (1, 3, 300):
        Application.objects.exclude(pk=pattern.pk).delete()
        for number in range(count - 1):
            assignment = pattern.assignment
            assignment.pk = None
            assignment._state.adding = True
            assignment.form_key = None
            assignment.save()
            Application.objects.create(
                assignment=assignment, person=person, number=number + 1, applied_at=NOW, experience="ord"
            )
        with django_assert_num_queries(9):
            assert client.get(PAGE).content.decode().count('name="thing"') == count


# --- taking along ---------------------------------------------------------------------------------


def test_the_archive_holds_everything_as_data_and_as_a_page(client):
    whole = make_whole_person()
    log_in(client, whole.person)
    answer = client.post(f"{PAGE}ta-med/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert answer["Content-Disposition"].startswith('attachment; filename="mina-uppgifter-')
    files = opened(answer.content)
    assert list(files) == ["uppgifter.json", "uppgifter.html", "uppgifter.css"]
    kinds = told(answer.content)
    assert list(kinds) == [kind.key for kind in django_settings.PERSONAL_DATA]
    assert kinds["account"]["rows"][0] | {"joined_at": "", "last_login": ""} == {
        "title": "Ditt konto",
        "name": NAME,
        "email": ADDRESS,
        "phone": "070-555 66 77",
        "language": "Svenska",
        "joined_at": "",
        "last_login": "",
        "has_password": False,
    }
    application = next(row for row in kinds["applications"]["rows"] if row.get("experience") == f"{GOES} erfarenhet")
    assert application["access_needs"] == f"{GOES} ramp"
    assert application["conflict_text"] == f"{GOES} jäv"
    assert application["answers"] == [f"Vad vill du berätta om dig själv? {GOES} svar"]
    assert any(f"{STAYS} ord" in text for text in kinds["agreements"]["rows"][0]["comments"])
    assert any(f"{STAYS} hörselslinga" in text for text in kinds["agreements"]["rows"][0]["points"])
    assert [row["text"] for row in kinds["questions"]["rows"]] == [f"{STAYS} fråga?", f"{GOES} fråga?"]
    looks = [row for row in kinds["trail"]["rows"] if row["title"] == "Någon tittade"]
    assert [row["what"] for row in looks] == ["Din intresseanmälan"]
    # The page says the same, stands alone, and asks for nothing elsewhere.
    html = files["uppgifter.html"]
    for text in (f"{GOES} erfarenhet", f"{STAYS} ord", NAME, "Din intresseanmälan"):
        assert text in html
    assert "http" not in html.replace("http-equiv", "")
    assert "<script" not in html
    assert "<style" not in html


def test_every_kind_of_which_something_is_held_is_in_the_archive():
    """A person of whom everything is held finds rows of every kind but those that the table says are nobody's own."""
    whole = make_whole_person()
    kinds = told(take_along(whole.person, by=Actor(person_id=whole.person.pk), now=LATER))
    assert {key for key, kind in kinds.items() if not kind["rows"]} == {
        "choices",
        "machinery",
        "organisations",
        "protection",  # another person's: see test_a_protected_person_takes_everything_along
    }


def test_a_protected_person_takes_along_what_is_kept_apart():
    person = make_protected(
        make_node(Kind.REGION),
        coordinator=make_person(),
        name="Hemliga Hanna",
        email="hanna@example.se",
        phone="070-123",
    )
    kinds = told(take_along(person, by=Actor(person_id=person.pk), now=LATER))
    (row,) = kinds["protection"]["rows"]
    assert (row["name"], row["email"], row["phone"]) == ("Hemliga Hanna", "hanna@example.se", "070-123")
    assert len(row["named"]) == 1


def test_secrets_and_others_are_not_in_it():
    whole = make_whole_person()
    neighbour = make_person("Granne Grannsson")
    make_application(whole.waiting.assignment, neighbour, experience="Grannens ord")
    files = opened(take_along(whole.person, by=Actor(person_id=whole.person.pk), now=LATER))
    passkey = whole.person.authenticator_set.exclude(type="recovery_codes").first()
    for text in ("Grannens ord", "Granne", "123456", passkey.data["credential"]["id"]):
        assert text not in files["uppgifter.json"] + files["uppgifter.html"]


def test_it_is_in_the_trail_and_asks_for_a_fresh_strong_step(client):
    whole = make_whole_person()
    log_in(client, whole.person, strength=Strength.CODE)
    answer = client.post(f"{PAGE}ta-med/")
    assert answer["Location"] == "/konto/visa-vem-du-ar/?next=%2Fkonto%2Fmina-uppgifter%2F"
    assert not AuditEntry.objects.filter(action="my_data.taken_along").exists()
    log_in(client, whole.person)
    client.post(f"{PAGE}ta-med/")
    entry = AuditEntry.objects.get(action="my_data.taken_along")
    assert (entry.person_id, entry.object_id) == (whole.person.pk, str(whole.person.pk))


def test_what_somebody_wrote_is_text_in_the_page_and_no_markup():
    person = make_person("<b>Anna</b>")
    make_application(make_open(), person, experience="<script>alert(1)</script> & så")
    html = opened(take_along(person, by=Actor(person_id=person.pk), now=LATER))["uppgifter.html"]
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; så" in html


# --- taking back a yes ----------------------------------------------------------------------------


def consents(person) -> list[tuple[str, int]]:
    return [(consent.key, consent.thing_id) for _kind, consent in queries.consents_of(person.pk)]


def take_back(person, key, thing):
    take_back_consent("applications", person, key=key, thing_id=thing.pk, by=Actor(person_id=person.pk), now=LATER)
    thing.refresh_from_db()


def test_the_yes_to_being_presented_is_taken_back(client):
    person = make_person()
    application = make_application(make_open(), person, present_now=True)
    assert consents(person) == [("name", application.pk), ("words", application.pk)]
    log_in(client, person)
    data = {"kind": "applications", "key": "name", "thing": application.pk}
    page = client.post(f"{PAGE}ta-tillbaka/", data, follow=True)
    assert "Du har tagit tillbaka det." in page.content.decode()
    application.refresh_from_db()
    assert (application.presented_at, application.state) == (None, ApplicationState.APPLIED)
    assert AuditEntry.objects.filter(action="assignments.presented_taken_back").count() == 1
    assert "Det fanns inget att ta tillbaka" in client.post(f"{PAGE}ta-tillbaka/", data, follow=True).content.decode()


def test_told_words_are_taken_back_and_an_application_that_waits_is_withdrawn():
    person = make_person()
    application = make_application(make_open(), person, access_needs="ramp")
    take_back(person, "words", application)
    assert (application.state, application.experience, application.access_needs) == ("withdrawn", "", "")
    assert (application.blanked_at, ApplicationRevision.objects.count()) == (LATER, 0)
    # One may apply again, in the same row, and tells anew.
    again = make_application(application.assignment, person, experience="Ny berättelse")
    assert (again.pk, again.experience, again.blanked_at) == (application.pk, "Ny berättelse", None)


def test_one_who_is_chosen_takes_back_the_words_and_is_still_chosen():
    whole = make_whole_person()
    application = whole.agreement.application
    take_back(whole.person, "words", application)
    assert (application.state, application.experience, application.answer_reason) == ("chosen", "", "–")


def nominated(person, **fields):
    assignment = make_open(**fields)
    organisation = make_node(Kind.PATIENT_ORGANISATION)
    nominator = actor_for(role=Role.ORGANISATION, node=organisation)
    nomination = nominate(
        assignment, organisation=organisation, name="Anna", email=person.email, reason="Kunnig", by=nominator, now=NOW
    )
    return accept_nomination(nomination, given=given(), by=Actor(person_id=person.pk), now=NOW)


def test_a_nomination_is_taken_back_and_one_goes_on_as_oneself():
    person = make_person()
    application = nominated(person)
    take_back(person, "mandate", application)
    assert (application.state, application.mandate) == (ApplicationState.APPLIED, Mandate.INDIVIDUAL)
    assert (application.organisation_id, application.nominated_by_id, application.nomination_reason) == (None, None, "")
    answers = OutboxMail.objects.filter(kind="assignments/nomination_answered").order_by("pk")
    assert [mail.params["said_yes"] for mail in answers] == [True, False]


def test_where_only_organisations_nominate_the_application_is_withdrawn():
    person = make_person()
    application = nominated(person, standing=STANDING | {"by_nomination": True})
    take_back(person, "mandate", application)
    assert application.state == ApplicationState.WITHDRAWN


@pytest.mark.parametrize("key", ["name", "words", "mandate", "unheard-of"])
def test_nobody_takes_back_for_somebody_else(key):
    application = make_application(make_open(), make_person(), present_now=True)
    with pytest.raises(NotGiven):
        take_back(make_person(), key, application)
    application.refresh_from_db()
    assert (application.state, application.version) == (ApplicationState.APPLIED, 1)


@pytest.mark.parametrize("data", [{}, {"kind": "account", "key": "x", "thing": 1}, {"kind": "?", "thing": 2**70}])
def test_nonsense_is_told_kindly(client, data):
    log_in(client, make_person())
    answer = client.post(f"{PAGE}ta-tillbaka/", data, follow=True)
    assert "Det fanns inget att ta tillbaka" in answer.content.decode()


def test_a_coordinator_sees_her_own_and_nobody_elses(client):
    grant = make_grant(make_person("Kerstin"), Role.COORDINATOR)
    whole = make_whole_person()
    log_in(client, grant.person, grant)
    assert GOES not in client.get(PAGE).content.decode()
    assert GOES not in str(opened(client.post(f"{PAGE}ta-med/").content))
    assert whole.person.pk != grant.person_id
