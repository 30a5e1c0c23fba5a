"""News: a row in the transaction of what happened, which the worker turns into jobs."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from ..domain import NobodyListens, OutsideTransaction
from ..models import Event

log = logging.getLogger("samskapa.news")

#: How many events one transaction turns into jobs.
BATCH = 100


def publish(name: str, *, now: datetime, key: str = "", **payload) -> Event:
    """Tell that something happened. config/reactions.py says which jobs follow; `payload` is what they get.

    key: with one, the same news (name and key) is told once, however often it is published.
    Raises OutsideTransaction, NobodyListens (no row for `name`: an empty row is a row).
    """
    if name not in settings.REACTIONS:
        raise NobodyListens(name)
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(name)
    if not key:
        return Event.objects.create(name=name, payload=payload, created_at=now)
    event, _ = Event.objects.get_or_create(name=name, key=key, defaults={"payload": payload, "created_at": now})
    return event


def relay(*, now: datetime) -> int:
    """Turn unhandled news into jobs, each exactly once; returns how many were handled."""
    unhandled = Event.objects.filter(handled_at=None)
    if not unhandled.exists():
        return 0
    handled = []
    with transaction.atomic():
        for event in unhandled.select_for_update(skip_locked=True).order_by("pk")[:BATCH]:
            try:
                with transaction.atomic():
                    for path in settings.REACTIONS[event.name]:
                        import_string(path).enqueue(**event.payload)
            except Exception as error:
                # A reaction that cannot even be enqueued must not hold up other news. It stays unhandled.
                log.error("news stuck id=%s name=%s error=%s", event.pk, event.name, type(error).__name__)
            else:
                handled.append(event.pk)
        Event.objects.filter(pk__in=handled).update(handled_at=now)
    return len(handled)
