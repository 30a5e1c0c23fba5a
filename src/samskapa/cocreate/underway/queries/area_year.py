"""A year of the time that was noted in the assignments of a region or a municipality."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from samskapa.cocreate.assignments.domain import Pay

from ..domain import QUARTER, Spent
from ..models import TimeNote


@dataclass(frozen=True, slots=True)
class Noted:
    """Minutes that representatives noted. has_fee: of assignments in which a fee is paid, whether or not it was paid
    for these: nobody has noted that."""

    unit: int | None
    contribution: str
    what: Spent
    has_fee: bool
    minutes: int


def noted_in(area_id: int, first: date, until: date) -> list[Noted]:
    """Time noted of days from `first` until the day before `until`. One query, a row for each kind and place."""
    root = "agreement__root__"
    found = TimeNote.objects.filter(agreement__root__area=area_id, day__gte=first, day__lt=until).order_by()
    rows = found.values_list(f"{root}unit", f"{root}contribution", "what", f"{root}pay").annotate(n=Sum("quarters"))
    return [
        Noted(unit, contribution, Spent(what), pay == Pay.FEE, quarters * QUARTER)
        for unit, contribution, what, pay, quarters in rows
    ]


def people_who_noted(area_id: int, first: date, until: date) -> int:
    """How many people that time is of; whose account is gone are not counted. One query."""
    found = TimeNote.objects.filter(agreement__root__area=area_id, day__gte=first, day__lt=until)
    people: int = found.aggregate(n=Count("agreement__application__person", distinct=True))["n"]
    return people
