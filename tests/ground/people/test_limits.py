"""How often one may try, counted in the database by every process together; and what a stranger learns."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.models import PublicQuestion
from samskapa.ground.core.models import OutboxMail
from tests.factories import assignments as make
from tests.factories.organisations import log_in
from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db
LOG_IN = "/konto/logga-in/"


def test_the_count_lies_in_the_database():
    cache.set("a", "b")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_remembered")
        assert cursor.fetchone()[0] == 1
    assert cache.add("a", "c") is False
    assert cache.get("a") == "b"


def test_an_address_gets_three_codes_a_minute_whoever_asks():
    make_person(email="anna@example.se")
    answers = [Client().post(LOG_IN, {"login": "anna@example.se", "how": "code"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 422]
    assert OutboxMail.objects.count() == 3


@pytest.mark.parametrize("email", ["anna@example.se", "nobody@example.se"])
def test_five_wrong_passwords_close_that_way_in_for_a_while_known_or_not(email):
    make_person(email="anna@example.se", password=PASSWORD)
    answers = [
        Client().post(LOG_IN, {"login": email, "password": "fel lösenord", "how": "password"}).content.decode()
        for _ in range(6)
    ]
    assert ["hör inte ihop" in answer for answer in answers] == [True] * 5 + [False]
    assert "många försök på kort tid" in answers[5]
    assert Client().post(LOG_IN, {"login": email, "how": "code"}).status_code == 302  # a code still lets one in


def test_one_address_with_many_people_behind_it_is_not_closed_soon():
    for number in range(40):
        answer = Client().post(LOG_IN, {"login": f"person{number}@example.org", "how": "code"})
        assert answer.status_code == 302, number


def test_one_asks_twenty_questions_an_hour_and_keeps_the_text(client, settings):
    settings.RATE_LIMITS = {"ask": "2/h/user"}
    assignment = make.make_open(now=timezone.now())
    log_in(client, make_person())
    path = reverse("assignments:ask", args=[assignment.pk])
    answers = [client.post(path, {"text": f"Fråga nummer {number}?"}) for number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 422]
    assert "Fråga nummer 2?" in answers[2].content.decode()
    assert PublicQuestion.objects.count() == 2


def test_a_process_that_was_killed_while_it_counted_makes_nobody_hasty(client, settings):
    """It leaves the library's lock behind; the count, which has room, decides."""
    settings.RATE_LIMITS = {"ask": "1/h/user"}
    assignment, person = make.make_open(now=timezone.now()), make_person()
    log_in(client, person)
    counted = f"allauth:rl:samskapa:ask:1/3600/user:user:{person.pk}"
    path = reverse("assignments:ask", args=[assignment.pk])
    assert client.post(path, {"text": "Är den första för mycket?"}).status_code == 302
    assert len(cache.get(counted)) == 1
    assert cache.add(f"{counted}:lock", True, 10)
    assert client.post(path, {"text": "Är den andra för mycket?"}).status_code == 422
    cache.delete(counted)
    assert client.post(path, {"text": "Och om jag inte har frågat?"}).status_code == 302
    assert PublicQuestion.objects.count() == 2


def test_a_known_and_an_unknown_address_cost_the_same_work():
    """Queries, not seconds, which no test can promise: benchmarks/guessing.py measures those."""
    make_person(email="anna@example.se")
    counts = []
    for email in ("anna@example.se", "nobody@example.se"):
        with connection.execute_wrapper(count := _Count()):
            Client().post(LOG_IN, {"login": email, "how": "code"})
        counts.append(count.number)
    assert abs(counts[0] - counts[1]) <= 2, counts


class _Count:
    def __init__(self):
        self.number = 0

    def __call__(self, execute, *args):
        self.number += 1
        return execute(*args)
