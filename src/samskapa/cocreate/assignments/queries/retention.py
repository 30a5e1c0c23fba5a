"""When the time of what somebody wrote is out: from which moment it counts, and what has reached a limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from samskapa.ground.people.domain.my_data import GOES_ON, Due, latest

from ..domain import ApplicationState, State
from ..domain.applying import STILL_IN
from ..domain.my_data import Course, application_over_at, work_over_at
from ..models import Application, Assignment
from .deciding import kept_by_decision
from .my_data import CONTACT


def course_of(application: Application) -> Course:
    """How it has gone, for the law. `assignment` and `agreement` came with the row."""
    agreement, assignment = getattr(application, "agreement", None), application.assignment
    return Course(
        state=application.state,
        answered_at=application.answered_at,
        withdrawn_at=application.withdrawn_at,
        cancelled_at=assignment.cancelled_at,
        is_standing=assignment.is_standing,
        told_back_at=end_of(assignment.told_back_on),
        has_agreement=agreement is not None,
        settled_at=agreement.settled_at if agreement else None,
        ended_at=agreement.ended_at if agreement else None,
        done_at=assignment.done_at,
    )


def end_of(day: date | None) -> datetime | None:
    """The last second of a day in Sweden."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59))) if day else None


def applications_past(limit: datetime) -> list[Due]:
    """Applications that were over at or before `limit` and still say something; but for those to an organisation that
    has decided itself how long they are kept."""
    found = applications_over(limit).exclude(assignment__area__in=kept_by_decision())
    return [Due(row.pk, row.person_id, at, row.assignment.title) for row, at in over_before(found, limit)]


def applications_over(limit: datetime) -> QuerySet[Application]:
    """Those that may have been over at or before `limit` and still say something; `over_before` tells which were."""
    return (
        Application.objects.filter(blanked_at=None, person__isnull=False)
        .exclude(state__in=[ApplicationState.APPLIED, ApplicationState.NOMINATED])
        .filter(Q(answered_at__lte=limit) | Q(withdrawn_at__lte=limit))
        .select_related("assignment", "agreement")
        .order_by("pk")
    )


def over_before(found: QuerySet[Application], limit: datetime) -> Iterator[tuple[Application, datetime]]:
    """Each of them that was over at or before `limit`, with when."""
    for application in found.iterator():
        at = application_over_at(course_of(application))
        if at is not GOES_ON and at <= limit:
            yield application, at


def work_over(assignment: Assignment) -> datetime | None:
    """When the work was over; GOES_ON while it lasts."""
    return work_over_at(
        assignment.state,
        cancelled_at=assignment.cancelled_at,
        done_at=assignment.done_at,
        told_back_at=end_of(assignment.told_back_on),
        is_standing=assignment.is_standing,
        agreements=[(each.settled_at, each.ended_at) for each in assignment.agreements.all()],
    )


def contacts_past(limit: datetime) -> list[Due]:
    """Assignments whose work was over at or before `limit`, and that still name a contact."""
    named = Q()
    for name in CONTACT:
        named |= ~Q(**{name: ""})
    found = (
        Assignment.objects.filter(named, contact_blanked_at=None, state__in=[State.AGREED, State.DONE, State.CANCELLED])
        .prefetch_related("agreements")
        .order_by("pk")
    )
    return [
        Due(each.pk, None, at, each.title)
        for each in found.iterator(chunk_size=500)
        if (at := work_over(each)) is not GOES_ON and at <= limit
    ]


def last_applications(person_ids: Iterable[int]) -> dict[int, datetime | None]:
    """When each person's last application was over; GOES_ON while one lasts. Nominations not answered do not count."""
    moments: dict[int, list[datetime | None]] = {}
    for application in _counted(person_ids):
        moments.setdefault(application.person_id or 0, []).append(application_over_at(course_of(application)))
    return {person_id: latest(each) for person_id, each in moments.items()}


def _counted(person_ids: Iterable[int]) -> Iterator[Application]:
    states = [*STILL_IN, ApplicationState.NOT_CHOSEN, ApplicationState.WITHDRAWN]
    found = Application.objects.filter(person_id__in=list(person_ids), state__in=states)
    return found.select_related("assignment", "agreement").order_by("pk").iterator()


def last_needs(person_ids: Iterable[int]) -> dict[int, datetime | None]:
    """When the last need that each person raised themselves was over; GOES_ON while one lasts."""
    moments: dict[int, list[datetime | None]] = {}
    found = Assignment.objects.filter(raised_by__in=list(person_ids)).prefetch_related("agreements").order_by("pk")
    for assignment in found.iterator(chunk_size=500):
        moments.setdefault(assignment.raised_by_id or 0, []).append(work_over(assignment))
    return {person_id: latest(each) for person_id, each in moments.items()}
