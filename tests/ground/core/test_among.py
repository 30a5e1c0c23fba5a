"""Ids as one value of a question."""

from __future__ import annotations

import pytest

from samskapa.ground.core.queries.among import among
from samskapa.ground.people.models import Person
from tests.factories.people import make_person


@pytest.mark.django_db
def test_rows_are_found_by_ids_that_are_one_value_of_the_question_however_many():
    people = [make_person() for _each in range(3)]
    wanted = {people[0].pk, people[2].pk, *range(10**6, 10**6 + 40_000)}
    found = Person.objects.filter(pk__in=among(wanted))
    _sql, values = found.query.sql_with_params()
    assert len(values) == 1
    assert set(found) == {people[0], people[2]}
    assert set(Person.objects.exclude(pk__in=among(wanted))) >= {people[1]}


@pytest.mark.django_db
def test_among_nobody_nobody_is_found():
    make_person()
    assert not Person.objects.filter(pk__in=among([])).exists()
