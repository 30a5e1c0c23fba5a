"""What else somebody has been asked to or takes part in: said as a warning, and never a reason to leave them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from samskapa.cocreate.assignments.domain import ApplicationState, State
from samskapa.cocreate.assignments.models import Application, Assignment

from ..domain import RECENT, Reply
from ..models import Invitation

_GOES_ON = [State.OPEN, State.CHOOSING, State.AGREEING, State.AGREED]


def asked_elsewhere(person_ids: Iterable[int], assignment: Assignment, now: datetime) -> dict[int, str]:
    """Person's id -> the title of another assignment that they were asked to within RECENT, the latest. One query."""
    found = (
        Invitation.objects.filter(person__in=list(person_ids), asked_at__gt=now - RECENT)
        .exclude(assignment=assignment)
        .exclude(answer=Reply.TAKEN_BACK)
        .order_by("asked_at", "pk")
    )
    return dict(found.values_list("person_id", "assignment__title"))


def same_day(person_ids: Iterable[int], assignment: Assignment) -> dict[int, list[str]]:
    """Person's id -> titles of other assignments that begin on the same fixed day, which they have said yes to, are
    asked to, have applied to or are chosen for. Two queries, none where the need has no fixed day."""
    titles: dict[int, set[str]] = defaultdict(set)
    if assignment.starts_on is None:
        return {}
    people = list(person_ids)
    goes_on = Q(assignment__starts_on=assignment.starts_on, assignment__state__in=_GOES_ON) & ~Q(assignment=assignment)
    asked = Invitation.objects.filter(goes_on, person__in=people, answer__in=["", Reply.YES])
    applied = Application.objects.filter(
        goes_on, person__in=people, state__in=[ApplicationState.APPLIED, ApplicationState.CHOSEN]
    )
    for rows in (asked, applied):
        for person_id, title in rows.values_list("person_id", "assignment__title"):
            titles[person_id].add(title)
    return {person_id: sorted(found) for person_id, found in titles.items()}
