"""The starting text of a group's joining agreements: which words count, and what stood there before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Prefetch

from ..domain.agreement import Worded, in_order
from ..models import Group, StartingPoint, StartingText
from .agreement_words import house_text

#: So many versions are shown; older ones are kept.
SHOWN = 20


def newest(group: Group) -> StartingText | None:
    """The version that counts; None while the house's own words do."""
    return StartingText.objects.filter(group=group).order_by("-number").first()


def points_of(starting: StartingText | None) -> list[Worded]:
    """The points of a version in order; of None those of the house."""
    if starting is None:
        return house_text()
    rows = StartingPoint.objects.filter(starting=starting)
    return in_order(Worded(row.key, row.heading, row.text) for row in rows)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A version that counted once. number: 0 for the house's own words. until: when the next one came."""

    number: int
    since: datetime | None
    until: datetime | None
    points: list[Worded]


def earlier_versions(group: Group) -> list[Earlier]:
    """Those before the one that counts, the newest first and the house's own words last. Two queries."""
    rows = StartingText.objects.filter(group=group).order_by("-number")[: SHOWN + 1]
    versions = list(rows.prefetch_related(Prefetch("points", StartingPoint.objects.order_by("position"))))
    found = []
    for after, version in pairwise(versions):
        points = in_order(Worded(row.key, row.heading, row.text) for row in version.points.all())
        found.append(Earlier(version.number, version.saved_at, after.saved_at, points))
    if versions and versions[-1].number == 1:
        found.append(Earlier(0, None, versions[-1].saved_at, house_text()))
    return found
