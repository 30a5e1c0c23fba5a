"""Material from two windows at the same moment: the limit holds, and a button pressed twice is pressed once."""

from __future__ import annotations

import pytest

from samskapa.cocreate.assignments.domain.material import MOST, SITTING, TooMany
from samskapa.cocreate.assignments.models import Material
from samskapa.cocreate.assignments.queries.material import material_of
from samskapa.cocreate.assignments.services.material import move_up, remove_material, tell_of_material
from samskapa.ground.core.models import OutboxMail
from tests.factories.assignments import coordinator_for, host_of, make_agreeing, make_open
from tests.factories.material import make_material
from tests.factories.standing import LATER
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_FOLDER = str(tmp_path / "files")


def test_for_the_last_place_one_gets_it_and_the_other_is_told():
    assignment = make_open()
    host, coordinator = host_of(assignment), coordinator_for(assignment)
    for number in range(MOST - 1):
        make_material(assignment, title=f"{number}")
    found = at_once(
        lambda: make_material(assignment, title="Den enas", by=host, now=LATER),
        lambda: make_material(assignment, title="Den andras", by=coordinator, now=LATER),
    )
    assert sorted(type(each).__name__ for each in found) == ["Material", "TooMany"]
    assert material_of(assignment).count() == MOST
    assert not any(isinstance(each, Exception) and not isinstance(each, TooMany) for each in found)


def test_the_same_file_sent_twice_at_once_is_there_once():
    assignment = make_open()
    by = host_of(assignment)
    one, two = at_once(*[lambda: make_material(assignment, by=by, now=LATER)] * 2)
    assert one == two
    assert Material.objects.count() == 1


def test_moving_and_taking_away_at_once_leaves_places_counted_from_the_front():
    assignment = make_open()
    by = host_of(assignment)
    first, second, third = (make_material(assignment, title=title) for title in "abc")
    at_once(
        lambda: move_up(third, past=second.pk, by=by, now=LATER),
        lambda: remove_material(first, reason="Fel", by=by, now=LATER),
    )
    assert [(each.title, each.position) for each in material_of(assignment)] == [("c", 0), ("b", 1)]


def test_two_workers_tell_once():
    assignment = make_agreeing(representatives=2)
    make_material(assignment)
    found = at_once(*[lambda: tell_of_material(assignment.pk, now=LATER + SITTING)] * 2)
    assert sorted(found) == [False, True]
    assert OutboxMail.objects.filter(kind="assignments/material").count() == 2
