"""Two at the same moment: the later one is told, and nothing is there twice."""

from __future__ import annotations

import pytest

from samskapa.cocreate.coverage.domain import Band, ChangedMeanwhile, Fact, Sex
from samskapa.cocreate.coverage.models import Measured, PopulationFact, PopulationTable, Snapshot, Told
from samskapa.cocreate.coverage.services import choose_measured, freeze_group, remove_table, take_in
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.models import AuditEntry
from tests.factories.coverage import COUNTY, make_places, many_members
from tests.factories.organisations import NOW
from tests.factories.pool import make_group
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)

MONTH = NOW.date().replace(day=1)


def test_two_coordinators_choose_at_once_and_one_is_told():
    group, by = make_group(make_places()[0])
    results = at_once(
        lambda: choose_measured(group, ["care"], based_on=0, by=by, now=NOW),
        lambda: choose_measured(group, ["need"], based_on=0, by=by, now=NOW),
    )
    assert sorted(type(each).__name__ for each in results) == ["ChangedMeanwhile", "Measured"]
    assert any(isinstance(each, ChangedMeanwhile) for each in results)
    assert Measured.objects.get().version == 1


def test_a_month_is_frozen_once():
    group, _by = make_group(make_places()[0])
    many_members(group, 12)
    at_once(*[lambda: freeze_group(group, MONTH, by=SYSTEM, now=NOW)] * 2)
    assert Snapshot.objects.count() == 1
    assert Told.objects.filter(column="members", feature="", fives=2).count() == 1
    assert AuditEntry.objects.filter(action="coverage.frozen").count() == 1


def test_the_same_table_comes_in_once_and_goes_once():
    facts = [Fact(COUNTY, Band(0, None), Sex.ALL, 1000)]
    at_once(*[lambda: take_in({2025: facts}, source="SCB", by=SYSTEM, now=NOW)] * 2)
    table = PopulationTable.objects.get()
    assert PopulationFact.objects.count() == 1
    at_once(*[lambda: remove_table(table, by=SYSTEM, now=NOW)] * 2)
    assert PopulationTable.objects.count() == 0
    assert AuditEntry.objects.filter(action="coverage.population_removed").count() == 1
