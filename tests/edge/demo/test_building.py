"""The demo's region: made once, kept, and never without something to apply to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.assignments.queries.open import open_assignments
from samskapa.cocreate.assignments.services.closing import close_if_due
from samskapa.edge.demo.domain import STORIES
from samskapa.edge.demo.services import build_demo
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.figures.models import Snapshot
from samskapa.ground.figures.queries import snapshots, tables_of
from samskapa.ground.organisations.domain import Kind
from samskapa.ground.organisations.models import Node
from samskapa.ground.organisations.services.reference import load_reference

pytestmark = pytest.mark.django_db


def titles_open(now) -> list[str]:
    return sorted(open_assignments(timezone.localdate(now)).values_list("title", flat=True))


def test_a_month_later_three_are_open_again_and_everything_is_kept():
    made = timezone.now()
    load_reference(by=SYSTEM, now=made)
    assert build_demo(now=made) == len(STORIES)
    assert len(titles_open(made)) == 4
    assert build_demo(now=made) == len(STORIES)

    later = made + timedelta(days=31)
    for pk in open_assignments(timezone.localdate(made)).values_list("pk", flat=True):
        close_if_due(pk, now=later)
    before = set(Assignment.objects.values_list("pk", "state"))
    still = titles_open(later)
    assert len(still) < 3
    assert build_demo(now=later) == len(STORIES) + 3 - len(still)
    assert len(titles_open(later)) == len(set(titles_open(later))) == 3
    assert before <= set(Assignment.objects.values_list("pk", "state"))


def test_there_is_a_year_of_figures_and_everybody_sees_some_of_it():
    made = timezone.now()
    load_reference(by=SYSTEM, now=made)
    build_demo(now=made)
    assert Snapshot.objects.count() == 12
    nation = Node.objects.get(kind=Kind.NATION)
    public = snapshots(timezone.localdate(made), also_before=False)
    assert 10 <= public.count() <= 11  # the newest is the units' own; the one before too, early in a month
    said = set()
    for snapshot in public:
        shown = tables_of(snapshot, nation.pk, is_own=False)
        said |= {one.measure.key for one in shown if one.total.shown.count}
        published = shown[0]
        assert published.total.shown.count > 20
        assert any(line.shown.count for line in published.tables[0].lines)
    assert {"contributions", "experienced", "results", "confirmed"} <= said
    build_demo(now=made)
    assert Snapshot.objects.count() == 12
