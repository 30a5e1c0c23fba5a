"""The recruitment plan: what is to be done, and what is proposed for those one looks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from samskapa.cocreate.pool.models import Group
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import display_name

from ..domain import PLACES_FOR, Audience, Place
from ..models import Sought
from .wording import AUDIENCE
from .wording_places import PLACE, Spot


def plan_of(group: Group) -> QuerySet[Sought]:
    """Every row: what is left first, by its day, and then what is done, the latest first."""
    found = Sought.objects.filter(group=group, removed_at=None).select_related("municipality", "doer")
    return found.order_by(F("done_on").desc(nulls_first=True), F("by_day").asc(nulls_last=True), "pk")


def next_of(group: Group) -> Sought | None:
    """What is to be done first: of what is left that with the earliest day."""
    return plan_of(group).filter(done_on=None).first()


def whom(audience: str, municipality: Node | None) -> str:
    """Whom one looks for, in words. municipality: came with the row."""
    if audience == Audience.MUNICIPALITY and municipality:
        return _("Those who live in %(place)s") % {"place": municipality.name}
    return str(AUDIENCE[Audience(audience)].name)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row as the plan shows it. is_late: its day has passed and it is not done."""

    row: Sought
    whom: str
    where: Any
    who: str
    is_late: bool


def plan_row(row: Sought, today: date) -> PlanRow:
    """No query: what it needs came with the row."""
    return PlanRow(
        row,
        whom(row.audience, row.municipality),
        PLACE[Place(row.place)].name if row.place else _("Somewhere else"),
        display_name(row.doer) if row.doer else "",
        row.done_on is None and row.by_day is not None and row.by_day < today,
    )


def spots_for(audience: Audience) -> list[tuple[Place, Spot]]:
    """Where those are found, the best way first."""
    return [(place, PLACE[place]) for place in PLACES_FOR[audience]]


def audiences() -> list[tuple[Audience, Any]]:
    """Whom one can look for, with their names."""
    return [(audience, AUDIENCE[audience].name) for audience in Audience]
