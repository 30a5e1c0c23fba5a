"""The end of an assignment: it is done. What leads there is `cocreate.underway`."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain import State
from ..domain.choosing import check_move
from ..models import Assignment


def finish_assignment(assignment: Assignment, *, by: Actor, now: datetime) -> None:
    """Nothing more is agreed on: agreements can be read and not changed. The caller holds the assignment's lock and has
    decided. Raises CannotMove; where it is done already, nothing."""
    if assignment.state == State.DONE:
        return
    check_move(assignment.state, State.DONE)
    assignment.state, assignment.done_at = State.DONE, now
    assignment.save(update_fields=["state", "done_at"])
    record("assignments.done", by=by, at=now, on=assignment)
