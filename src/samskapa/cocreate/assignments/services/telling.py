"""Who is told, by mail, of what happens to an assignment."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.services import queue_mail
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.queries import people_with_role

from ..models import Assignment


def hosts_of(assignment: Assignment) -> list[int]:
    """Ids of the persons who are hosts for the assignment's unit."""
    if assignment.unit is None:
        return []
    return list(people_with_role(Role.HOST, assignment.unit).values_list("pk", flat=True))


def coordinators_of(assignment: Assignment) -> list[int]:
    """Ids of the coordinators who help the assignment's unit, and of its area when the unit is not known."""
    return list(people_with_role(Role.COORDINATOR, assignment.unit or assignment.area).values_list("pk", flat=True))


def tell(kind: str, people: list[int], assignment: Assignment, *, key: str, now: datetime, **params) -> None:
    """Queue one mail about the assignment to each of `people`, once per `key`. `kind` is the template's name."""
    for person_id in dict.fromkeys(people):
        queue_mail(
            f"assignments/{kind}",
            to=person_id,
            key=f"assignments.{key}",
            now=now,
            title=assignment.title,
            assignment_id=assignment.pk,
            **params,
        )


def tell_host_side(kind: str, assignment: Assignment, *, key: str, now: datetime, **params) -> None:
    """The same to hosts and coordinators."""
    tell(kind, [*hosts_of(assignment), *coordinators_of(assignment)], assignment, key=key, now=now, **params)
