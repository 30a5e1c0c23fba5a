"""Who is told, by mail, of what happens in the work; and the lock that all of it waits for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.assignments.services.applying import lock_assignment
from samskapa.cocreate.assignments.services.telling import coordinators_of, hosts_of
from samskapa.ground.core.services import queue_mail

from ..models import Work


def lock_work(work_id: int) -> Work:
    """The work with its assignment, whose row is the lock until the transaction ends."""
    assignment_id = Work.objects.values_list("assignment_id", flat=True).get(pk=work_id)
    assignment = lock_assignment(assignment_id)
    work = Work.objects.get(pk=work_id)
    work.assignment = assignment
    return work


def tell(
    kind: str, people: Iterable[int | None], work: Work, *, key: str, now: datetime, path: str = "", **params: Any
) -> None:
    """Queue one mail about the work to each of `people`, once per `key`; it leads to the shared page unless `path` is
    given."""
    for person_id in dict.fromkeys(pk for pk in people if pk):
        queue_mail(
            f"underway/{kind}",
            to=person_id,
            key=f"underway.{key}",
            now=now,
            title=work.assignment.title,
            path=path or reverse("underway:work", args=[work.assignment_id]),
            **params,
        )


def host_side(assignment: Assignment) -> list[int]:
    """Whom to write to at the unit; its coordinators where nobody is host there any more."""
    return hosts_of(assignment) or coordinators_of(assignment)
