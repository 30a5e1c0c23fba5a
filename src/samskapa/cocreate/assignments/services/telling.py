"""Who is told, by mail, of what happens to an assignment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from samskapa.ground.core.services import queue_mail
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.queries import grants_reaching
from samskapa.ground.organisations.services import step_path

from ..models import Assignment
from ..queries import need as queries


def hosts_of(assignment: Assignment) -> list[int]:
    """Ids of the persons to write to at the unit."""
    return [person.pk for person in queries.hosts_of(assignment)]


def coordinators_of(assignment: Assignment) -> list[int]:
    """Ids of the coordinators who help the unit."""
    return [person.pk for person in queries.coordinators_of(assignment)]


def matter_of(assignment_id: int) -> str:
    """What a digest and its reader's choices call an assignment."""
    return f"assignments.assignment:{assignment_id}"


def tell(
    kind: str,
    people: Iterable[int | None],
    assignment: Assignment,
    *,
    key: str,
    now: datetime,
    path: str = "",
    is_step: bool = False,
    **params,
) -> None:
    """Queue one mail about the assignment to each of `people`, once per `key`.

    kind: the template's name. path: the page that the mail leads to; the assignment's own unless given.
    is_step: hosts get a link that opens that page without logging in (config/steps.py says which may).
    """
    links = _links_of_hosts(assignment, path) if is_step else {}
    for person_id in dict.fromkeys(pk for pk in people if pk):
        queue_mail(
            f"assignments/{kind}",
            to=person_id,
            key=f"assignments.{key}",
            now=now,
            secret=person_id in links,
            matter=matter_of(assignment.pk),
            title=assignment.title,
            path=links.get(person_id) or path or reverse("assignments:assignment", args=[assignment.pk]),
            **params,
        )


def _links_of_hosts(assignment: Assignment, path: str) -> dict[int, str]:
    """Person's id -> the link that opens `path` to them as host of the assignment's unit."""
    if assignment.unit is None:
        return {}
    return {grant.person_id: step_path(grant, path) for grant in grants_reaching(Role.HOST, assignment.unit)}


def tell_host_side(kind: str, assignment: Assignment, *, key: str, now: datetime, path: str = "", **params) -> None:
    """The same to hosts and coordinators; leads to the applicants unless a path is given."""
    path = path or reverse("assignments:applicants", args=[assignment.pk])
    tell(kind, [*hosts_of(assignment), *coordinators_of(assignment)], assignment, key=key, now=now, path=path, **params)
