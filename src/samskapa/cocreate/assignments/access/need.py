"""The doorway to needs. What one may not know of, or may not do in one's capacity, looks like what is not there."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role

from ..domain import State
from ..domain.parts import AT_WORK, LATER, STILL_OPEN, WRITING, may_be_changed
from ..models import Assignment, PartComment
from ..queries import need as queries

May = Callable[[Actor, Assignment], bool]


def can_see(actor: Actor, assignment: Assignment) -> bool:
    """Everybody to whom the need is visible."""
    return True


def can_write(actor: Actor, assignment: Assignment) -> bool:
    """Those who co-own the text, and the coordinator; leadership only reads. How far it has come is not asked here:
    who comes too late is told so, and keeps the text."""
    return not actor.acts_as(Role.LEADERSHIP)


def can_coordinate(actor: Actor, assignment: Assignment) -> bool:
    """Send back, publish, find the unit."""
    return actor.acts_as(Role.COORDINATOR)


def can_answer_for(actor: Actor, assignment: Assignment) -> bool:
    """The unit's host and the coordinator: facts and days of what is published already."""
    return actor.acts_as(Role.HOST, Role.COORDINATOR)


def can_begin(actor: Actor) -> bool:
    """Describe a need: everybody but those who only look (leadership, auditors, payroll, the nation, operators)."""
    return actor.person_id is not None and actor.role in (
        "",
        Role.MEMBER,
        Role.HOST,
        Role.COORDINATOR,
        Role.ORGANISATION,
        Role.COUNCIL,
    )


def may_change_part(actor: Actor, assignment: Assignment, key: str) -> bool:
    """Whether the part is open for this actor right now: what the page offers."""
    if not can_write(actor, assignment):
        return False
    if State(assignment.state) in STILL_OPEN | AT_WORK and not can_answer_for(actor, assignment):
        return False
    return may_be_changed(key, assignment.state, is_coordinator=can_coordinate(actor, assignment))


def steps_for(actor: Actor, assignment: Assignment) -> set[str]:
    """What the actor may do with the need as it stands now. The page shows these buttons and no others."""
    state = State(assignment.state)
    steps: set[str] = set()
    if not can_write(actor, assignment):
        return steps
    coordinates = can_coordinate(actor, assignment)
    if state in WRITING:
        steps |= {"comment"}
    if state is State.NEED:
        steps |= {"write"}
        if not coordinates:
            steps |= {"send"}
        elif assignment.created_as == Role.COORDINATOR:
            steps |= {"publish"}
    if state is State.SENT:
        steps |= {"write", "send_back", "publish"} if coordinates else {"take_back"}
    if state in WRITING and coordinates:
        steps |= {"find_unit"}
    if state in STILL_OPEN and can_answer_for(actor, assignment):
        steps |= {"correct"}
    if state in (State.OPEN, State.CHOOSING) and coordinates:
        steps |= {"extend"}
    if state in WRITING:
        steps |= {"cancel"}
    if state in (State.OPEN, State.CHOOSING, State.AGREEING) and can_answer_for(actor, assignment):
        steps |= {"call_off"}
    return steps


def need_for(actor: Actor, pk: int, *, may: May = can_see) -> Assignment:
    """The need, whole, for somebody who may. Raises Http404 for everybody else."""
    assignment = queries.need_page(queries.needs_visible_to(actor).filter(pk=pk)).first()
    if assignment is None or not may(actor, assignment):
        raise Http404
    return assignment


def comment_for(actor: Actor, need_pk: int, comment_pk: int) -> PartComment:
    """A comment in a need in which the actor writes. Raises Http404."""
    need = need_for(actor, need_pk, may=can_write)
    comment = need.comments.filter(pk=comment_pk).first()
    if comment is None:
        raise Http404
    return comment


def begin_for(actor: Actor) -> None:
    """Raises Http404 where the capacity cannot describe needs."""
    if not can_begin(actor):
        raise Http404


def parts_open_late() -> tuple[str, ...]:
    """The parts that may be put right while the assignment is open."""
    return LATER
