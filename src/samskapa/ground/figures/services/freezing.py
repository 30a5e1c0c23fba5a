"""A finished month is counted once and never again; a unit says what it wants said of its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import publish, record

from ..domain import (
    OWN_FIRST_DAYS,
    TOTAL,
    Counted,
    Family,
    NothingSaid,
    NotOver,
    Place,
    TooLate,
    family_of,
    month_after,
    protect,
)
from ..models import Comment, Figure, Snapshot
from ..queries import comment_on, measures, places, rows_in

#: Rows written at a time.
_MANY = 1000


def freeze_month(
    month: date, *, more: Mapping[str, Iterable[Counted]] | None = None, by: Actor, now: datetime
) -> Snapshot:
    """Count the month that begins `month`, decide what is told, and keep it. A second time changes nothing.

    All of it or nothing is written: whoever is killed halfway begins anew. It is counted before anything is written,
    for over a country it takes a while, and nobody else should wait. more: measure -> what a made-up region has done
    beside what is counted (the demo). Raises NotOver.
    """
    if timezone.localdate(now) < month_after(month):
        raise NotOver(month)
    found = Snapshot.objects.filter(month=month).first()
    if found is not None:
        return found
    tree = places()
    rows: list[Figure] = []
    for measure in measures():
        counted = [*rows_in(measure.key, month), *(more or {}).get(measure.key, ())]
        rows += _figures(measure.key, family_of(measure, counted, tree), tree)
    return _keep(month, rows, by=by, now=now)


@transaction.atomic
def _keep(month: date, rows: list[Figure], *, by: Actor, now: datetime) -> Snapshot:
    shown_on = timezone.localdate(now) + timedelta(days=OWN_FIRST_DAYS)
    counted = [measure.key for measure in measures()]
    snapshot, is_new = Snapshot.objects.get_or_create(
        month=month, defaults={"frozen_at": now, "shown_on": shown_on, "counted": counted}
    )
    if is_new:  # else somebody was quicker
        for row in rows:
            row.snapshot = snapshot
        Figure.objects.bulk_create(rows, batch_size=_MANY)
        record("figures.frozen", by=by, at=now, on=snapshot)
        publish("figures.frozen", now=now, key=f"{month:%Y-%m}", snapshot_id=snapshot.pk)
    return snapshot


def _figures(measure: str, family: Family, tree: Iterable[Place]) -> Iterator[Figure]:
    hidden, sums = protect(family), family.sums()
    cells = hidden.tables()
    for (node, feature, part), count in sorted(sums.items()):
        is_hidden = (node, feature, part) in cells
        yield Figure(
            measure=measure,
            node_id=node,
            feature=feature,
            part=part,
            count=count,
            is_hidden=is_hidden,
        )
    above = {place.id: place.parent_id for place in tree}
    silent = {node for node, is_own in hidden.silent if not is_own}
    for node in above:
        # Nothing at all there, but it stands below something of which nothing is told.
        if (node, *TOTAL) not in sums and not silent.isdisjoint(_all_above(node, above)):
            yield Figure(measure=measure, node_id=node, count=0, is_hidden=True)


def _all_above(node: int, above: dict[int, int | None]) -> Iterator[int]:
    at = above[node]
    while at is not None:
        yield at
        at = above[at]


@transaction.atomic
def say_of_figures(snapshot: Snapshot, node_id: int, *, text: str, by: Actor, now: datetime) -> Comment:
    """What the unit says of the month, in the place of what it said before. The same words again change nothing.

    Raises TooLate when everybody sees the figures, NothingSaid for no words.
    """
    Snapshot.objects.select_for_update().get(pk=snapshot.pk)
    if not text.strip():
        raise NothingSaid
    said = comment_on(snapshot, node_id)
    if said is not None and said.text == text.strip():
        return said
    if timezone.localdate(now) >= snapshot.shown_on:
        raise TooLate(snapshot.month)
    comment = Comment.objects.create(snapshot=snapshot, node_id=node_id, text=text.strip(), said_at=now)
    record("figures.commented", by=by, at=now, on=comment, node=node_id)
    return comment
