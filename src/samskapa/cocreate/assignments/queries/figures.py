"""What is counted of assignments by month: the functions of config/figures.py. Each thing counts in one month only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Q

from samskapa.ground.figures.domain import Counted
from samskapa.ground.figures.queries import midnight

from ..domain import ApplicationState, State
from ..domain.standing import telling_due
from ..models import Application, Assignment, ToldBack, Version
from .agreements import BEING_WRITTEN
from .standing import begun_in

_UNSAID = "unsaid"
_CAME = [ApplicationState.APPLIED, ApplicationState.CHOSEN, ApplicationState.NOT_CHOSEN]


def published_in(first: date, until: date) -> Iterator[Counted]:
    """Assignments by the day on which they were first published; parts: contribution, form, influence."""
    found = Assignment.objects.filter(
        published_at__gte=midnight(first), published_at__lt=midnight(until), unit__isnull=False
    )
    rows = found.order_by().values_list("unit", "contribution", "form", "influence").annotate(n=Count("pk"))
    for unit, contribution, form, influence, count in rows:
        yield Counted(unit, (contribution or _UNSAID, form or _UNSAID, influence or _UNSAID), count)


def answers_due_in(first: date, until: date) -> Iterator[Counted]:
    """Applicants by the day on which they were promised an answer; parts: when, outcome (`answers_due`)."""
    for unit, _contribution, when, outcome in answers_due(first, until):
        yield Counted(unit, (when, outcome))


def answers_due(first: date, until: date, *, area_id: int | None = None) -> Iterator[tuple[int, str, str, str]]:
    """(unit, contribution, when, outcome) of applicants by the day on which they were promised an answer. area_id: of
    that region or municipality alone.

    Who withdrew without an answer is left out, and who waits in an assignment that was called off: that was their
    answer.
    """
    found = Application.objects.filter(
        Q(state__in=_CAME) | Q(state=ApplicationState.WITHDRAWN, answered_at__isnull=False),
        assignment__answer_by__gte=first,
        assignment__answer_by__lt=until,
    ).exclude(state=ApplicationState.APPLIED, assignment__state=State.CANCELLED)
    if area_id is not None:
        found = found.filter(assignment__area=area_id)
    over = midnight(until)
    rows = found.order_by("pk").values_list(
        "assignment__unit", "assignment__contribution", "assignment__answer_by", "answered_at", "state", "is_deputy"
    )
    for unit, contribution, promised, answered_at, state, is_deputy in rows.iterator():
        if answered_at is None or answered_at >= over:
            yield unit, contribution, "none", "none"
            continue
        assert promised is not None  # noqa: S101  # the filter says so
        when = "in_time" if answered_at < midnight(promised + timedelta(days=1)) else "late"
        outcome = "deputy" if is_deputy else "not_chosen" if state == ApplicationState.NOT_CHOSEN else "chosen"
        yield unit, contribution, when, outcome


def settled_in_month(first: date, until: date) -> Iterator[Counted]:
    """Agreements by the day on which their first version was fixed; parts: kind, influence."""
    found = Version.objects.filter(number=1, fixed_at__gte=midnight(first), fixed_at__lt=midnight(until))
    root = "agreement__root__"
    rows = found.order_by().values_list(f"{root}unit", f"{root}is_standing", f"{root}influence")
    for unit, is_standing, influence, count in rows.annotate(n=Count("pk")):
        yield Counted(unit, ("standing" if is_standing else "once", influence or _UNSAID), count)


def tellings_due_in(first: date, until: date) -> Iterator[Counted]:
    """Standing assignments in the month of the year in which it is to be told what they have led to; part: when."""
    last = until - timedelta(days=1)
    told = set(
        ToldBack.objects.filter(year=first.year, told_at__lt=midnight(until)).values_list("assignment_id", flat=True)
    )
    found = Assignment.objects.filter(is_standing=True, state__in=BEING_WRITTEN).select_related("standing_terms")
    for assignment in found.annotate(begun=begun_in()).filter(begun__isnull=False).order_by("pk"):
        terms = getattr(assignment, "standing_terms", None)
        if telling_due(terms.told_back_month if terms else None, assignment.begun, last) == first:
            assert assignment.unit_id is not None  # noqa: S101  # what was published has one
            yield Counted(assignment.unit_id, ("in_time" if assignment.pk in told else "none",))
