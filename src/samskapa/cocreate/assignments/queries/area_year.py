"""A year of the needs of a region or a municipality: what came, and how long it took until somebody was chosen.

Every row begins with (unit, contribution), so that it can be divided by either; a unit that is not known is None, a way
of contributing that is not said "".
"""

from __future__ import annotations

from datetime import date

from django.db.models import Min
from django.db.models.functions import Coalesce
from django.utils import timezone

from samskapa.ground.figures.queries import midnight

from ..domain import ApplicationState, Pay
from ..models import Agreement, Assignment, Choice, ToldBack, Version
from .open import TIMES, minutes_in_all


def needs_received(area_id: int, first: date, until: date) -> list[tuple[int | None, str]]:
    """Needs by the day on which they were sent to the coordinator (the last time, where they were sent back), or
    published without that. What is still being described is not received; what was called off later was. One query."""
    found = Assignment.objects.filter(area=area_id).annotate(received=Coalesce("sent_at", "published_at"))
    found = found.filter(received__gte=midnight(first), received__lt=midnight(until))
    return list(found.order_by("pk").values_list("unit", "contribution"))


def days_to_choice(area_id: int, first: date, until: date) -> list[tuple[int | None, str, int]]:
    """(unit, contribution, days) of assignments by the day on which somebody was chosen for the first time: whole days
    from the one on which the need was first written down; the same day is 0. One query."""
    chosen = Choice.objects.filter(assignment__area=area_id, chosen__isnull=False)
    rows = (
        chosen.order_by()
        .values_list("assignment__unit", "assignment__contribution", "assignment__created_at", "assignment")
        .annotate(at=Min("chosen_at"))
        .filter(at__gte=midnight(first), at__lt=midnight(until))
        .order_by("assignment")
    )
    return [
        (unit, contribution, (timezone.localdate(at) - timezone.localdate(begun)).days)
        for unit, contribution, begun, _assignment, at in rows
    ]


def agreed_minutes(area_id: int, first: date, until: date) -> list[tuple[int | None, str, int, bool]]:
    """(unit, contribution, minutes, whether a fee is paid for them) of agreements by the day on which their first
    version was fixed: the time that the assignment says it takes. Who has withdrawn since, and where no time is said,
    is left out. One query."""
    fixed = Version.objects.filter(number=1, fixed_at__gte=midnight(first), fixed_at__lt=midnight(until))
    found = Agreement.objects.filter(
        pk__in=fixed.values("agreement"), root__area=area_id, application__state=ApplicationState.CHOSEN
    )
    rows = found.order_by("pk").values_list(
        "root__unit", "root__contribution", "root__pay", *(f"root__{field}" for field in TIMES)
    )
    return [
        (unit, contribution, minutes, pay == Pay.FEE)
        for unit, contribution, pay, *said in rows
        if (minutes := minutes_in_all(*said))
    ]


def yearly_tellings(area_id: int, first: date, until: date) -> int:
    """How many times a standing assignment was told back of. One query."""
    told = ToldBack.objects.filter(assignment__area=area_id, told_at__gte=midnight(first), told_at__lt=midnight(until))
    return told.count()
