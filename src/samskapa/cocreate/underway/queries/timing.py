"""The time that representatives have noted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone

from samskapa.cocreate.assignments.domain import ApplicationState
from samskapa.cocreate.assignments.models import Agreement
from samskapa.cocreate.assignments.queries.agreements import BEING_WRITTEN

from ..domain import QUARTER, Stage
from ..models import TimeNote, Work


def notes_of(agreement: Agreement) -> QuerySet[TimeNote]:
    """Every row, the newest day first."""
    return TimeNote.objects.filter(agreement=agreement).order_by("-day", "what", "pk")


def is_open(agreement: Agreement, work: Work) -> bool:
    """Whether time can be noted, changed and removed: until the work is done, also when one's term is over. The
    application came with the agreement, the assignment with the work."""
    goes_on = work.assignment.state in BEING_WRITTEN and work.stage != Stage.DONE
    return goes_on and agreement.application.state == ApplicationState.CHOSEN


def days_of(agreement: Agreement, today: date) -> tuple[date, date]:
    """The first and the last day that time may be noted of: from the agreement until today, or the end of the term."""
    last = timezone.localdate(agreement.ended_at) if agreement.ended_at else today
    return timezone.localdate(agreement.created_at), min(last, today)


def noted_minutes(agreements: Iterable[int] | QuerySet[Any, Any]) -> dict[int, int]:
    """Agreement id -> minutes noted in all; those without are not in it. One query."""
    noted = TimeNote.objects.filter(agreement__in=agreements).order_by().values_list("agreement")
    return {agreement: quarters * QUARTER for agreement, quarters in noted.annotate(n=Sum("quarters"))}
