"""Jobs: background work with retry, and a schedule.

The queue is django-tasks' table; claiming, retrying and finding lost jobs are ours (decision 5).
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import wraps
from traceback import format_exception
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from ..domain import DEATHS_ALLOWED, Actor, NotFailed, WorkerDied, job_wait, slot_of
from ..models import Slot, WorkerBeat
from .trail import record

log = logging.getLogger("samskapa.jobs")

#: Marks, in a job's list of workers, one that died while it had the job.
DEAD = "dead:"


def job(max_attempts: int = 5) -> Callable[[Callable[..., Any]], Task]:
    """Make a module's function a job: `.enqueue(**kwargs)` puts it into the caller's transaction.

    The function takes keyword arguments that JSON can hold, fetches by id, calls one service, and bears
    being run again. Where it names `now`, the worker hands it the moment. When it raises, it is tried again
    later, at most `max_attempts` times; then it stays among the failed ones.
    """

    def make(function: Callable[..., Any]) -> Task:
        takes_now = "now" in inspect.signature(function).parameters

        @wraps(function)
        def run(**kwargs):
            if takes_now:
                kwargs.setdefault("now", timezone.now())
            return function(**kwargs)

        run.max_attempts = max_attempts  # type: ignore[attr-defined]
        run.takes_now = takes_now  # type: ignore[attr-defined]
        return task(run)

    return make


def every(*, seconds: int, name: str) -> Callable[[Task], Task]:
    """Run a job once in each slot of `seconds`, counted from 1970, however many workers there are.

    It counts only when the job's dotted path stands in SCHEDULE in config/reactions.py.
    """

    def make(scheduled: Task) -> Task:
        if not isinstance(scheduled, Task):
            raise TypeError(f"{name}: @every goes above @job")
        scheduled.func.every = (seconds, name)  # type: ignore[attr-defined]
        return scheduled

    return make


# --- the worker's four moves ----------------------------------------------------------------------


def tick(*, now: datetime) -> int:
    """Enqueue each scheduled job whose slot has come; returns how many."""
    scheduled = {}
    for path in settings.SCHEDULE:
        each = import_string(path)
        seconds, name = each.func.every
        scheduled[name] = (each, slot_of(now, seconds))
    last = dict(Slot.objects.filter(name__in=scheduled).values_list("name", "last"))
    fired = 0
    for name, (each, slot) in scheduled.items():
        if last.get(name, -1) >= slot:
            continue
        with transaction.atomic():
            Slot.objects.get_or_create(name=name)
            # Whoever moves the slot forward enqueues; the others find it moved.
            if Slot.objects.filter(name=name, last__lt=slot).update(last=slot):
                each.enqueue()
                fired += 1
    return fired


def reap(*, worker_id: str, now: datetime) -> int:
    """Take back jobs whose worker has fallen silent; returns how many.

    Also what `worker_id` itself still has: it runs one job at a time and is not running one now, so the
    database must have been away when it wanted to write down how that went.
    """
    silent_since = now - timedelta(seconds=settings.WORKER_DEAD_AFTER)
    suspects = [row for row in _running() if row.started_at < silent_since or _worker(row) == worker_id]
    if not suspects:
        return 0
    alive = set(WorkerBeat.objects.filter(seen_at__gte=silent_since).values_list("worker_id", flat=True))
    return sum(_take_back(row, by=worker_id, now=now) for row in suspects if _worker(row) not in alive - {worker_id})


def run_one(*, worker_id: str, now: datetime) -> bool:
    """Run the job whose turn it is; returns whether there was one."""
    row = _claim(worker_id, now)
    if row is None:
        return False
    log.info("job started id=%s path=%s attempt=%d", row.pk, row.task_path, len(row.worker_ids))
    try:
        called = row.task
        kwargs = dict(row.args_kwargs["kwargs"])
        if getattr(called.func, "takes_now", False):
            kwargs.setdefault("now", now)
        # Inside somebody's transaction (a test) a failing job must not spoil it; a worker has none.
        with transaction.atomic() if transaction.get_connection().in_atomic_block else nullcontext():
            called.call(*row.args_kwargs["args"], **kwargs)
    except BaseException as error:
        _finish(row, worker_id, now, error)
        if not isinstance(error, Exception):
            raise
    else:
        _finish(row, worker_id, now, None)
    return True


def run_again(job_id: str, *, by: Actor, now: datetime) -> None:
    """Let a failed job start over with all its attempts. Raises NotFailed."""
    with transaction.atomic():
        row = DBTaskResult.objects.select_for_update().filter(pk=job_id).first()
        if row is None or row.status != TaskResultStatus.FAILED:
            raise NotFailed(str(job_id))
        row.worker_ids = []
        _put_back(row, run_after=now)
        record("core.job_run_again", by=by, at=now, on=row, path=row.task_path)


def put_back_running(*, now: datetime) -> int:
    """Let what was running when a backup was made run once more; that attempt is not counted. Returns how many."""
    rows = list(_running().select_for_update())
    for row in rows:
        row.worker_ids = row.worker_ids[:-1]
        _put_back(row, run_after=now)
    return len(rows)


# --- within ---------------------------------------------------------------------------------------


def _running() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)


def _worker(row: DBTaskResult) -> str:
    return row.worker_ids[-1] if row.worker_ids else ""


def _claim(worker_id: str, now: datetime) -> DBTaskResult | None:
    # Not django-tasks' own claim: it reads its own clock, and takes an exclusive lock of the whole SQLite
    # file on every idle look. We look first, without a lock.
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY).filter(
        Q(run_after__lte=now) | Q(run_after=get_date_max())
    )
    if not ready.exists():
        return None
    with transaction.atomic():
        row = ready.select_for_update(skip_locked=True).first()
        if row is None:
            return None
        row.status = TaskResultStatus.RUNNING
        row.started_at = now
        row.worker_ids = [*row.worker_ids, worker_id]
        row.save(update_fields=["status", "started_at", "worker_ids"])
        return row


def _finish(claimed: DBTaskResult, worker_id: str, now: datetime, error: BaseException | None) -> None:
    """Write down how it went; unless the job was taken from us meanwhile, for then another answers for it."""
    with transaction.atomic():
        row = DBTaskResult.objects.select_for_update().get(pk=claimed.pk)
        if row.status != TaskResultStatus.RUNNING or row.worker_ids != claimed.worker_ids:
            log.warning("job lost to another worker id=%s path=%s", row.pk, row.task_path)
        elif error is None:
            row.set_successful(None)
            log.info("job done id=%s path=%s", row.pk, row.task_path)
        else:
            _try_later_or_fail(row, now, error)


def _try_later_or_fail(row: DBTaskResult, now: datetime, error: BaseException) -> None:
    attempts = len(row.worker_ids)
    name = type(error).__name__
    if attempts < _max_attempts(row):
        wait = job_wait(attempts, first=timedelta(seconds=settings.JOB_FIRST_WAIT))
        _put_back(row, run_after=now + wait, error=error)
        log.warning("job tried id=%s path=%s attempt=%d error=%s", row.pk, row.task_path, attempts, name)
    else:
        row.set_failed(error)
        log.error("job failed id=%s path=%s attempt=%d error=%s", row.pk, row.task_path, attempts, name)


def _max_attempts(row: DBTaskResult) -> int:
    try:
        return getattr(row.task.func, "max_attempts", 1)
    except Exception:
        return 1  # the code is gone or broken: trying again changes nothing


def _take_back(seen: DBTaskResult, *, by: str, now: datetime) -> bool:
    with transaction.atomic():
        row = _running().select_for_update(skip_locked=True).filter(pk=seen.pk).first()
        if row is None or row.worker_ids != seen.worker_ids:
            return False  # somebody else was quicker
        if _worker(row) != by:
            row.worker_ids = [*row.worker_ids[:-1], DEAD + _worker(row)]
        deaths = sum(each.startswith(DEAD) for each in row.worker_ids)
        log.warning("job orphaned id=%s path=%s deaths=%d", row.pk, row.task_path, deaths)
        if deaths >= DEATHS_ALLOWED or len(row.worker_ids) >= _max_attempts(row):
            row.save(update_fields=["worker_ids"])
            row.set_failed(WorkerDied(f"{deaths} of {len(row.worker_ids)} attempts ended with their worker"))
            log.error("job failed id=%s path=%s error=WorkerDied", row.pk, row.task_path)
        else:
            _put_back(row, run_after=now)
        return True


def _put_back(row: DBTaskResult, *, run_after: datetime, error: BaseException | None = None) -> None:
    """The same row again, so that one job is one row and its list of workers counts the attempts."""
    row.status = TaskResultStatus.READY
    row.run_after = run_after
    row.finished_at = None
    row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}" if error else ""
    row.traceback = "".join(format_exception(error)) if error else ""
    row.save(
        update_fields=[
            "status",
            "run_after",
            "finished_at",
            "worker_ids",
            "exception_class_path",
            "traceback",
        ]
    )
