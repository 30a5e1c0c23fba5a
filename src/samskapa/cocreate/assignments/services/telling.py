"""Who is told, by mail, of what happens to an assignment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from samskapa.ground.core.services import queue_mail

from ..models import Assignment
from ..queries import need as queries


def hosts_of(assignment: Assignment) -> list[int]:
    """Ids of the persons to write to at the unit."""
    return [person.pk for person in queries.hosts_of(assignment)]


def coordinators_of(assignment: Assignment) -> list[int]:
    """Ids of the coordinators who help the unit."""
    return [person.pk for person in queries.coordinators_of(assignment)]


def tell(
    kind: str,
    people: Iterable[int | None],
    assignment: Assignment,
    *,
    key: str,
    now: datetime,
    path: str = "",
    **params,
) -> None:
    """Queue one mail about the assignment to each of `people`, once per `key`.

    kind: the template's name. path: the page that the mail leads to; the assignment's own unless given.
    """
    for person_id in dict.fromkeys(pk for pk in people if pk):
        queue_mail(
            f"assignments/{kind}",
            to=person_id,
            key=f"assignments.{key}",
            now=now,
            title=assignment.title,
            path=path or reverse("assignments:assignment", args=[assignment.pk]),
            **params,
        )


def tell_host_side(kind: str, assignment: Assignment, *, key: str, now: datetime, path: str = "", **params) -> None:
    """The same to hosts and coordinators; leads to the applicants unless a path is given."""
    path = path or reverse("assignments:applicants", args=[assignment.pk])
    tell(kind, [*hosts_of(assignment), *coordinators_of(assignment)], assignment, key=key, now=now, path=path, **params)
