"""What a group measures beside age, sex and municipality."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from samskapa.cocreate.pool.models import Group
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain import MEASURABLE, ChangedMeanwhile
from ..models import Measured
from ..queries.measured import DEFAULT


@transaction.atomic
def choose_measured(group: Group, features: Iterable[str], *, based_on: int, by: Actor, now: datetime) -> Measured:
    """Choose the features; the same again changes nothing. based_on: the version that the page showed, 0 where nobody
    had chosen. Raises ChangedMeanwhile."""
    Group.objects.select_for_update(of=("self",)).get(pk=group.pk)  # the lock: two who choose first make one row
    wanted = [feature for feature in MEASURABLE if feature in set(features)]
    kept = Measured.objects.filter(group=group).first()
    if kept is not None and kept.features == wanted:
        return kept
    if (kept.version if kept else 0) != based_on:
        raise ChangedMeanwhile
    kept = kept or Measured(group=group, features=list(DEFAULT), version=0)
    kept.features, kept.changed_at = wanted, now
    kept.version += 1
    kept.save()
    record("coverage.measured_chosen", by=by, at=now, on=kept, group=group.pk, features=wanted)
    return kept
