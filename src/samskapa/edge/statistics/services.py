"""The mail that a month's figures are ready, to those who see them first."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from samskapa.ground.core.services import queue_mail
from samskapa.ground.figures.models import Snapshot

from .queries import who_sees_first


def tell_who_sees_first(snapshot_id: int, *, now: datetime) -> int:
    """Tell host and coordinator of each place in which something was counted, while only they see it. Returns how many
    mails there are.

    Each is a row of its own with a key: run again, after a kill half-way too, it forgets nobody and tells nobody twice.
    Nobody is told once everybody sees the month.
    """
    snapshot = Snapshot.objects.get(pk=snapshot_id)
    if timezone.localdate(now) >= snapshot.shown_on:
        return 0
    month, told = f"{snapshot.month:%Y-%m}", set()
    for person_id, node_id, name in who_sees_first(snapshot):
        if (person_id, node_id) in told:
            continue  # both host and coordinator there
        told.add((person_id, node_id))
        queue_mail(
            "statistics/ready",
            to=person_id,
            key=f"statistics.ready:{month}:{node_id}",
            now=now,
            title=name,
            month=snapshot.month.isoformat(),
            shown_on=snapshot.shown_on.isoformat(),
            path=reverse("statistics:month", args=[node_id, month]),
        )
    return len(told)
