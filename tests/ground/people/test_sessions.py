"""Where one is logged in: seen, and ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.people import services
from samskapa.ground.people.domain import device_of
from samskapa.ground.people.models import Session
from tests.factories.organisations import log_in
from tests.factories.people import PASSWORD, make_person, make_place

pytestmark = pytest.mark.django_db

PLACES = "/konto/platser/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        (SAFARI, ("Safari", "iPhone")),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36", ("Chrome", "Linux")),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0", ("Edge", "Windows")),
        ("curl/8.5", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_device_in_words(user_agent, words):
    assert device_of(user_agent) == words


def enter(person, user_agent):
    client = Client(headers={"User-Agent": user_agent})
    client.post("/konto/logga-in/", {"login": person.email, "password": PASSWORD, "how": "password"})
    return client


def test_one_sees_where_one_is_logged_in_and_ends_another_place_at_once():
    person = make_person(password=PASSWORD)
    here, there = enter(person, FIREFOX), enter(person, SAFARI)
    page = here.get(PLACES).content.decode()
    assert "Firefox på Windows" in page
    assert "Safari på iPhone" in page
    assert page.count("<b>Du är här</b>") == 1
    assert "Mozilla" not in page
    other = Session.objects.get(person=person, system="iPhone")
    assert other.session_key not in page

    response = here.post(f"{PLACES}{other.handle}/logga-ut/")
    assert response["Location"] == PLACES
    assert there.get("/mitt/")["Location"].startswith("/konto/logga-in/")
    assert here.get("/mitt/").status_code == 200
    entry = AuditEntry.objects.get(action="people.session_ended")
    assert (entry.person_id, entry.details) == (person.pk, {"handle": str(other.handle)})


def test_ending_this_place_logs_out():
    person = make_person(password=PASSWORD)
    here = enter(person, FIREFOX)
    assert here.post(f"{PLACES}{Session.objects.get(person=person).handle}/logga-ut/")["Location"] == "/"
    assert here.get("/mitt/").status_code == 302
    assert not Session.objects.filter(person=person).exists()


def test_one_logs_out_everywhere_else():
    person, stranger = make_person(password=PASSWORD), make_person(password=PASSWORD)
    here, there, elsewhere = enter(person, FIREFOX), enter(person, SAFARI), enter(stranger, SAFARI)
    here.post(f"{PLACES}andra/logga-ut/")
    assert [c.get("/mitt/").status_code for c in (here, there, elsewhere)] == [200, 302, 200]
    assert AuditEntry.objects.get(action="people.other_sessions_ended").details == {"count": 1}


def test_a_new_password_keeps_the_list_true():
    """Django gives the session a new key: it is still one place."""
    person = make_person(password=PASSWORD)
    here, there = enter(person, FIREFOX), enter(person, SAFARI)
    here.post("/konto/losenord/", {"oldpassword": PASSWORD, "password1": "fyra lugna hästar"})
    assert here.get(PLACES).status_code == 200
    assert there.get("/mitt/").status_code == 302
    assert Session.objects.filter(person=person, system="Windows").count() == 1


def test_last_used_is_noted_every_ten_minutes():
    person = make_person(password=PASSWORD)
    here = enter(person, FIREFOX)
    seen = Session.objects.get(person=person).seen_at
    here.get("/mitt/")
    assert Session.objects.get(person=person).seen_at == seen
    session = here.session
    session["place"] = session["place"] | {"seen": session["place"]["seen"] - 601}
    session.save()
    here.get("/mitt/")
    assert Session.objects.get(person=person).seen_at > seen


def test_the_list_costs_the_same_with_one_and_with_forty(client, django_assert_num_queries):
    person = make_person()
    log_in(client, person)
    make_place(person, timezone.now())
    with django_assert_num_queries(3):
        client.get(PLACES)
    for _ in range(40):
        make_place(person, timezone.now())
    with django_assert_num_queries(3):
        client.get(PLACES)


def test_sessions_that_have_run_out_are_forgotten():
    now = timezone.now()
    person = make_person()
    make_place(person, now - timedelta(days=15))
    kept = make_place(person, now)
    assert services.forget_old_sessions(now=now) == 1
    assert list(Session.objects.all()) == [kept]


def test_ending_twice_changes_nothing():
    place = make_place(make_person(), timezone.now())
    for _ in range(2):
        services.end_session(place, by=SYSTEM, now=timezone.now())
    assert AuditEntry.objects.filter(action="people.session_ended").count() == 1
