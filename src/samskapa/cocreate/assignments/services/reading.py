"""Reading what somebody has written about themselves leaves a trace."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record, record_look

from ..models import Assignment
from ..queries.applications import Applicant


@transaction.atomic
def note_list_read(assignment: Assignment, found: Iterable[Applicant], *, by: Actor, now: datetime) -> None:
    """A list shows many at once: one row of the trail, which names all the applications and persons shown."""
    found = list(found)
    if found:
        record(
            "assignments.applicants_read",
            by=by,
            at=now,
            on=assignment,
            applications=[each.id for each in found],
            people=[each.person_id for each in found if each.person_id],
        )


def note_applicant_read(assignment: Assignment, found: Applicant, *, by: Actor, now: datetime) -> None:
    """One applicant's page: a look at the person where the name was shown, else at a numbered application."""
    if found.person_id:
        record_look(found.person_id, by=by, at=now, what=f"assignments.application:{found.id}")
    else:
        note_list_read(assignment, [found], by=by, now=now)
