"""Once a year the host tells what a standing group has led to. Small on purpose: one table, one text a year."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain import EmptyReason
from ..domain.applying import person_of
from ..domain.informed import News
from ..domain.standing import NotDue
from ..models import Assignment, ToldBack
from ..queries import beyond, standing
from .applying import lock_assignment
from .informed import publish_news
from .telling import coordinators_of, hosts_of, tell


@transaction.atomic
def tell_back(assignment: Assignment, *, text: str, by: Actor, now: datetime) -> ToldBack:
    """Tell the representatives, and everybody who reads the assignment's page, what it has led to this year.

    Raises EmptyReason, NotDue before the first month of telling and where it is told already; the same text by the
    same person once more is a button pressed twice.
    """
    assignment = lock_assignment(assignment.pk)
    text = text.strip()
    if not text:
        raise EmptyReason
    telling = standing.telling_of(assignment, timezone.localdate(now))
    if telling.is_told and (telling.told[0].text, telling.told[0].told_by_id) == (text, by.person_id):
        return telling.told[0]
    if telling.due is None or telling.is_told:
        raise NotDue
    told = ToldBack.objects.create(
        assignment=assignment, year=telling.due.year, text=text, told_at=now, told_by_id=person_of(by.person_id)
    )
    record("assignments.told_back", by=by, at=now, on=told, assignment=assignment.pk, year=told.year)
    tell(
        "told_back",
        # Where the work has begun those who take part get the text with the question whether it is so: one mail.
        standing.representatives_of(assignment, nothing_fixed=beyond.has_work(assignment)),
        assignment,
        key=f"told-back-{assignment.pk}-{told.year}",
        now=now,
        text=text,
    )
    publish_news(assignment, News.TOLD_BACK, key=str(told.pk), thing_id=told.pk, now=now)
    return told


@transaction.atomic
def remind_to_tell_back(assignment_id: int, *, now: datetime) -> bool:
    """Remind the host in the month of telling back, and host and coordinator once it has passed; each once.

    Returns whether a reminder is due.
    """
    assignment = lock_assignment(assignment_id)
    telling = standing.telling_of(assignment, timezone.localdate(now))
    if telling.due is None or telling.is_told:
        return False
    tell(
        "tell_back",
        [*hosts_of(assignment), *(coordinators_of(assignment) if telling.is_late else [])],
        assignment,
        key=f"tell-back-{assignment.pk}-{telling.due.year}{'-late' if telling.is_late else ''}",
        now=now,
        path=reverse("assignments:tell_back", args=[assignment.pk]),
        is_late=telling.is_late,
    )
    return True
