"""The task list: each question and its state, how ready the need is, and the next step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samskapa.ground.core.domain import Actor
from samskapa.ground.people.access import PersonRequest, signed_in
from samskapa.ground.people.models import display_name

from ...access import need as access
from ...domain import PARTS, Finding, Readiness, State
from ...domain.parts import BY_KEY, WRITING
from ...forms import wording
from ...forms.wording import Said, Wording
from ...models import Assignment, Part, PartComment
from ...queries import beyond
from ...queries import need as queries
from .answers import lines_now
from .history import clarified


@signed_in
@require_GET
def need(request: PersonRequest, pk: int) -> HttpResponse:
    """The task list: each question and its state, how ready the need is, and the next step."""
    assignment = access.need_for(request.actor, pk)
    return render(request, "assignments/need/need.html", need_context(request.actor, assignment))


@dataclass(frozen=True)
class PartRow:
    """One question on the task list or the review page."""

    key: str
    wording: Wording
    state: str
    is_done: bool
    lines: list[str]
    findings: list[Said]
    comments: list[Any]
    may_change: bool


def need_context(actor: Actor, assignment: Assignment) -> dict[str, Any]:
    """What the task list and the review page show."""
    readiness = queries.readiness_of(assignment, timezone.localdate())
    rows = part_rows(actor, assignment, readiness)
    groups = [
        (heading, [row for row in rows if BY_KEY[row.key].group is group]) for group, heading in wording.GROUPS.items()
    ]
    steps = access.steps_for(actor, assignment)
    return {
        "need": assignment,
        "methods": beyond.methods_for(assignment) if State(assignment.state) in WRITING else None,
        "groups": groups,
        "readiness": readiness,
        "blocking": [wording.say(f) for f in readiness.blocking],
        "advice": [wording.say(f) for f in readiness.advice],
        "steps": steps,
        "runs": access.can_answer_for(actor, assignment),
        "is_coordinator": access.can_coordinate(actor, assignment),
        "first_open": next((f.part for f in readiness.blocking if f.part in BY_KEY), None),
        "comments": [row for row in rows if row.comments],
        "clarified": clarified(assignment),
        "raiser": display_name(assignment.raised_by) if assignment.raised_by else "",
        "state": wording.STATES[State(assignment.state)],
        "door": wording.DOOR[assignment.came_by] if assignment.came_by != "web" else "",
        "changed": [
            (wording.name_of(key), part.saved_at) for key, part in queries.changed_while_open(assignment).items()
        ],
    }


def part_rows(actor: Actor, assignment: Assignment, readiness: Readiness) -> list[PartRow]:
    """The questions in order, each with its state, text, findings and open comments."""
    parts = queries.parts_of(assignment)
    comments: dict[str, list[tuple[PartComment, str]]] = {}
    for comment in queries.open_comments(assignment):
        comments.setdefault(comment.key, []).append((comment, display_name(comment.written_by)))
    return [
        PartRow(
            key=q.key,
            wording=wording.QUESTIONS[q.key],
            state=_state(parts[q.key], readiness.of(q.key)),
            is_done=parts[q.key].version > 0 and not any(f in readiness.blocking for f in readiness.of(q.key)),
            lines=lines_now(assignment, q.key, parts[q.key]),
            findings=[wording.say(f) for f in readiness.of(q.key)],
            comments=comments.get(q.key, []),
            may_change=access.may_change_part(actor, assignment, q.key),
        )
        for q in PARTS
    ]


def _state(part: Part, findings: tuple[Finding, ...]) -> str:
    """The state of one question, in words."""
    blocking = [f for f in findings if f.severity == "blocking"]
    if part.version == 0:
        return _("Not answered") if BY_KEY[part.key].is_important else _("Not answered, can wait")
    if blocking:
        return _("Something to mend")
    if part.together_by:
        return _("Decided together")
    if findings:
        return _("Answered, with advice")
    return _("Answered")
