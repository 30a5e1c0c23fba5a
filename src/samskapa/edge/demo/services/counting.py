"""The population of the made-up region, and what is told of its group."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from samskapa.cocreate.coverage.services import freeze_group, load_shipped, take_in
from samskapa.cocreate.pool.models import Group
from samskapa.ground.core.domain import SYSTEM

from ..domain.population import POPULATION_SOURCE, POPULATION_YEAR, made_up_population
from .cast import Cast


def make_demo_population(cast: Cast, *, now: datetime) -> None:
    """Take in the shipped figures and the region's own, and freeze this month of its group. A second time changes
    nothing."""
    load_shipped(by=SYSTEM, now=now)
    take_in({POPULATION_YEAR: made_up_population()}, source=POPULATION_SOURCE, by=SYSTEM, now=now)
    for group in Group.objects.filter(node=cast.places["region"]):
        freeze_group(group, timezone.localdate(now).replace(day=1), by=SYSTEM, now=now)
