"""What else somebody has been asked to or takes part in: said as a warning, and never a reason to leave them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from samskapa.cocreate.assignments.domain import ApplicationState, State
from samskapa.cocreate.assignments.domain.days import DayAndHours
from samskapa.cocreate.assignments.models import Application, Assignment, FixedDay
from samskapa.cocreate.assignments.queries.need import fixed_days_of
from samskapa.cocreate.pool.models import Member

from ..domain import RECENT, Reply
from ..domain.clashing import clashes, overlap
from ..models import Invitation

_GOES_ON = [State.OPEN, State.CHOOSING, State.AGREEING, State.AGREED]


def asked_elsewhere(person_ids: Iterable[int], assignment: Assignment, now: datetime) -> dict[int, str]:
    """Person's id -> the title of another assignment that they were asked to within RECENT, the latest. One query."""
    found = _just_asked(person_ids, now).exclude(assignment=assignment)
    return dict(found.values_list("person_id", "assignment__title"))


def _just_asked(person_ids: Iterable[int], now: datetime) -> QuerySet[Invitation]:
    """The latest last."""
    found = Invitation.objects.filter(person__in=list(person_ids), asked_at__gt=now - RECENT)
    return found.exclude(answer=Reply.TAKEN_BACK).order_by("asked_at", "pk")


class Elsewhere:
    """The same of some people and every assignment. One query."""

    def __init__(self, person_ids: Iterable[int], now: datetime) -> None:
        self._rows: dict[int, list[tuple[int, str]]] = defaultdict(list)
        rows = _just_asked(person_ids, now).values_list("person_id", "assignment_id", "assignment__title")
        for person_id, assignment_id, title in rows:
            self._rows[person_id].append((assignment_id, title))

    def title(self, person_id: int, assignment: Assignment) -> str:
        """The title of another one; "" where there is none."""
        others = [title for pk, title in self._rows.get(person_id, []) if pk != assignment.pk]
        return others[-1] if others else ""


def just_asked_of(
    members: Iterable[Member], assignment: Assignment, anyway: Collection[int], now: datetime
) -> dict[int, str]:
    """Member's id -> the title of another assignment that they were just asked to, but for those who are asked
    `anyway`."""
    rows = [member for member in members if member.pk not in anyway]
    found = asked_elsewhere([member.person_id for member in rows], assignment, now)
    return {member.pk: found[member.person_id] for member in rows if member.person_id in found}


@dataclass(frozen=True, slots=True)
class Clash:
    """Another assignment that is at the same time. days: those of this one, in order. is_certain: both have said their
    hours; else it is known only that it is the same day."""

    title: str
    days: tuple[DayAndHours, ...]
    is_certain: bool


def at_the_same_time(person_ids: Iterable[int], assignment: Assignment, now: datetime) -> dict[int, list[Clash]]:
    """Person's id -> other assignments that go on and that they have said yes to, are asked to, have applied to or are
    chosen for, with a day still to come that is at the same time as one of this one's. By title.

    An assignment with a first day and no more has that day. At most four queries, however many they are; none
    where this one has no day."""
    mine = [each for each in _days_of(assignment) if each.day >= timezone.localdate(now)]
    if not mine:
        return {}
    people, days = list(person_ids), {each.day for each in mine}
    on_a_day = Exists(FixedDay.objects.filter(assignment=OuterRef("assignment"), day__in=days))
    goes_on = (
        Q(assignment__state__in=_GOES_ON) & (Q(assignment__starts_on__in=days) | on_a_day) & ~Q(assignment=assignment)
    )
    asked = Invitation.objects.filter(goes_on, person__in=people, answer__in=["", Reply.YES])
    applied = Application.objects.filter(
        goes_on, person__in=people, state__in=[ApplicationState.APPLIED, ApplicationState.CHOSEN]
    ).exclude(agreement__ended_at__isnull=False)
    columns = ("person_id", "assignment_id", "assignment__title", "assignment__starts_on")
    found = {row for rows in (asked, applied) for row in rows.values_list(*columns)}
    theirs: dict[int, list[DayAndHours]] = defaultdict(list)
    for row in FixedDay.objects.filter(assignment__in={row[1] for row in found}, day__in=days):
        theirs[row.assignment_id].append(row.hours)
    clashing: dict[int, list[Clash]] = defaultdict(list)
    for person_id, other, title, starts_on in sorted(found, key=lambda row: (row[2], row[1])):
        # The first fixed day is the first day: who begins on one of ours and has no fixed day then has none at all.
        others = theirs.get(other) or [DayAndHours(starts_on)]
        if days_in_common := clashes(mine, others):
            certain = all(
                each.starts and other.starts for each in days_in_common for other in others if overlap(each, other)
            )
            clashing[person_id].append(Clash(title, tuple(days_in_common), certain))
    return dict(clashing)


def _days_of(assignment: Assignment) -> list[DayAndHours]:
    if assignment.starts_on is None:
        return []
    return fixed_days_of(assignment) or [DayAndHours(assignment.starts_on)]
