"""Being forgotten in one window while one applies in another: neither waits for the other in a ring."""

from __future__ import annotations

from time import monotonic

import pytest
from django.db import connection, transaction

from samskapa.cocreate.assignments.domain import ApplicationState
from samskapa.cocreate.assignments.domain.applying import NotOpen
from samskapa.cocreate.assignments.models import Application
from samskapa.cocreate.assignments.services.applying import lock_assignment, withdraw
from samskapa.cocreate.assignments.services.informed import follow
from samskapa.edge.my_data.services import forget_person
from samskapa.ground.core.domain import Actor
from samskapa.ground.people.models import Person
from tests.factories.applications import make_application
from tests.factories.assignments import make_open
from tests.factories.organisations import NOW
from tests.factories.people import make_person
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_applies_while_being_forgotten_is_forgotten_and_takes_part_in_nothing():
    assignment = make_open()
    people = [make_person() for _ in range(5)]
    for person in people:
        oneself = Actor(person_id=person.pk)
        application = make_application(assignment, person, by=oneself, now=NOW)
        withdraw(application, by=oneself, now=NOW)  # so that both are about the same rows
        forgotten, applied = at_once(
            lambda who=person, by=oneself: forget_person(who, by=by, now=NOW),
            lambda who=person, by=oneself: make_application(assignment, who, by=by, now=NOW),
        )
        assert forgotten is None
        assert isinstance(applied, (Application, NotOpen)), applied
    assert Person.objects.filter(pk__in=[each.pk for each in people], forgotten_at=None).count() == 0
    states = Application.objects.filter(person__in=people).values_list("state", flat=True)
    assert list(states) == [ApplicationState.WITHDRAWN] * 5


def until_somebody_waits_for_a_lock() -> None:
    give_up_at = monotonic() + 30
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT EXISTS (SELECT 1 FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock')"
            )
            if cursor.fetchone()[0]:
                return
            assert monotonic() < give_up_at, "nobody came to wait"


@pytest.mark.postgres
def test_rows_that_point_at_who_is_being_forgotten_wait_for_nobody():
    """The moment that would be a ring: the one holds the person and waits for the assignment, the other the reverse."""
    assignment, person = make_open(), make_person()
    oneself = Actor(person_id=person.pk)
    make_application(assignment, person, by=oneself, now=NOW)

    def write() -> None:
        with transaction.atomic():
            lock_assignment(assignment.pk)
            until_somebody_waits_for_a_lock()
            follow(assignment, by=oneself, now=NOW)

    forgotten, wrote = at_once(lambda: forget_person(person, by=oneself, now=NOW), write)
    assert (forgotten, wrote) == (None, None)
    assert Person.objects.get(pk=person.pk).forgotten_at == NOW
