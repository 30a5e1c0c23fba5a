"""Forgets what only the worker needed."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ..models import Event

log = logging.getLogger("samskapa.jobs")

#: How long a finished job and a handled piece of news are kept, for whoever looks into a fault.
KEPT = timedelta(days=14)


def tidy(*, now: datetime) -> None:
    """Delete finished jobs, and handled news without a key. Keys stay: they are what stops a second time.

    Nothing that a person wrote or may ask for is touched, so the trail has no row of it.
    """
    jobs, _ = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEPT).delete()
    news, _ = Event.objects.filter(key="", handled_at__lt=now - KEPT).delete()
    log.info("tidied jobs=%d news=%d", jobs, news)
