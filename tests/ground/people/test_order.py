"""Names in the order of the reader's language, whatever language the database was made for."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import translation

from samskapa.ground.people.domain import sort_key_in, swedish_sort_key
from samskapa.ground.people.models import Person
from samskapa.ground.people.queries import in_reader_order
from tests.factories.people import make_person

NAMES = ["Östen", "Åke", "Ärlig", "Anna", "Zara", "Oskar", "Älva", "Bo"]
SWEDISH = ["Anna", "Bo", "Oskar", "Zara", "Åke", "Älva", "Ärlig", "Östen"]
ENGLISH = ["Åke", "Älva", "Anna", "Ärlig", "Bo", "Oskar", "Östen", "Zara"]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "order"), [("sv", SWEDISH), ("en", ENGLISH)])
def test_a_list_from_the_database_is_in_the_readers_order(language, order):
    for name in NAMES:
        make_person(name)
    with translation.override(language):
        found = Person.objects.order_by(in_reader_order(), "pk").values_list("name", flat=True)
        assert list(found) == order
    assert sorted(NAMES, key=lambda name: sort_key_in(language, swedish_sort_key(name))) == order


@pytest.mark.django_db
@pytest.mark.postgres
def test_a_database_made_for_english_orders_as_one_made_for_none():
    with connection.cursor() as cursor:
        cursor.execute('ALTER TABLE people_person ALTER COLUMN sort_key TYPE varchar(300) COLLATE "en-x-icu"')
    for name in NAMES:
        make_person(name)
    with translation.override("sv"):
        found = Person.objects.order_by(in_reader_order(), "pk").values_list("name", flat=True)
        assert list(found) == SWEDISH
