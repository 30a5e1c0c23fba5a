"""What the operator asks: what failed, what waits, who works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, Min, Q, QuerySet, Subquery
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from ..domain import Urgency
from ..models import Event, MailHold, MailState, OutboxMail, WorkerBeat


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that has used up its attempts, without its traceback, which may hold what people wrote.

    arguments: the job's keyword arguments: ids. error: the class of what was raised. said: its first line.
    """

    id: UUID
    path: str
    arguments: dict
    enqueued_at: datetime
    failed_at: datetime
    attempts: int
    error: str
    said: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much is due and not yet done, since when the oldest of it waits, and how many workers live."""

    news: int
    mails: int
    jobs: int
    oldest_at: datetime | None
    workers: int


def failed_jobs() -> list[FailedJob]:
    """Jobs that will not be tried again by themselves, newest first."""
    rows = _failed_jobs().order_by("-finished_at")
    return [
        FailedJob(
            id=row.pk,
            path=row.task_path,
            arguments=row.args_kwargs["kwargs"],
            enqueued_at=row.enqueued_at,
            failed_at=row.finished_at,
            attempts=len(row.worker_ids),
            error=row.exception_class_path.rpartition(".")[2],
            said=_first_line(row.traceback, row.exception_class_path),
        )
        for row in rows
    ]


def count_failed_jobs() -> int:
    """How many those are."""
    return _failed_jobs().count()


def _failed_jobs() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)


def failed_mails() -> QuerySet[OutboxMail]:
    """Mails that will not be tried again by themselves, newest first."""
    return OutboxMail.objects.filter(state=MailState.FAILED, blanked_at=None).order_by("-created_at", "-pk")


@dataclass(frozen=True, slots=True)
class HeldMails:
    """Mails of one kind that wait for the operator's word. since_count: how many of them were written since."""

    kind: str
    count: int
    since_count: int
    oldest_at: datetime


def mail_held_since() -> datetime | None:
    """Since when mail is held; None when it is not."""
    return MailHold.objects.filter(released_at=None).values_list("since", flat=True).first()


def not_held() -> Q:
    """Of mails: nothing is held, or somebody waits at the screen for this one, which was written since."""
    hold = MailHold.objects.filter(released_at=None)
    return ~Q(Exists(hold)) | Q(urgency=Urgency.NOW, created_at__gt=Subquery(hold.values("since")[:1]))


def held_mails() -> list[HeldMails]:
    """What is held, by kind; empty when nothing is."""
    since = mail_held_since()
    if since is None:
        return []
    rows = OutboxMail.objects.filter(state=MailState.WAITING).exclude(not_held()).values("kind").order_by("kind")
    counted = rows.annotate(
        count=Count("pk"), since_count=Count("pk", filter=Q(created_at__gt=since)), oldest_at=Min("created_at")
    )
    return [HeldMails(**row) for row in counted]


def waiting(*, now: datetime) -> Waiting:
    """What is due at `now`, for the operator's page and for whoever watches."""
    news = Event.objects.filter(handled_at=None)
    # What is held waits for a decision, not for a worker: it would ring the bell of whoever watches for ever.
    mails = OutboxMail.objects.filter(not_held(), state=MailState.WAITING, urgency__lt=Urgency.LATER, due_at__lte=now)
    jobs = DBTaskResult.objects.filter(status=TaskResultStatus.READY).filter(
        Q(run_after__lte=now) | Q(run_after=get_date_max())
    )
    oldest = [
        news.order_by("created_at").values_list("created_at", flat=True).first(),
        mails.order_by("due_at").values_list("due_at", flat=True).first(),
        jobs.order_by("enqueued_at").values_list("enqueued_at", flat=True).first(),
    ]
    alive_since = now - timedelta(seconds=settings.WORKER_DEAD_AFTER)
    return Waiting(
        news=news.count(),
        mails=mails.count(),
        jobs=jobs.count(),
        oldest_at=min((each for each in oldest if each), default=None),
        workers=WorkerBeat.objects.filter(seen_at__gte=alive_since).count(),
    )


def _first_line(traceback: str, exception_class: str) -> str:
    """The first line of what the exception said; a traceback ends with "module.Class: message"."""
    names = {exception_class, exception_class.rpartition(".")[2], exception_class.removeprefix("builtins.")}
    for line in reversed(traceback.splitlines()):
        name, _, said = line.partition(": ")
        if name in names:
            return said[:200]
    return ""
