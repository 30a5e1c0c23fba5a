"""A year of one person's involvement: what they did, and what came of it. Never a write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from ..domain import ApplicationState
from ..models import Agreement, Application, PublicQuestion, ToldBack

#: Applications that count: those that came, and were not taken back.
_CAME = [ApplicationState.APPLIED, ApplicationState.CHOSEN, ApplicationState.NOT_CHOSEN]


@dataclass(frozen=True, slots=True)
class Year:
    """applied: titles of what one applied to. agreed: of what was settled. told: (title, the unit's words) of what it
    has led to. asked: how many of one's questions were answered for everybody to read.
    """

    applied: list[str]
    agreed: list[str]
    told: list[tuple[str, str]]
    asked: int

    @property
    def is_empty(self) -> bool:
        return not (self.applied or self.agreed or self.told or self.asked)


def span_of(year: int) -> tuple[datetime, datetime]:
    """The first moment of a year by the clock on the wall, and that of the next."""
    here = timezone.get_current_timezone()
    return datetime(year, 1, 1, tzinfo=here), datetime(year + 1, 1, 1, tzinfo=here)


def people_in(year: int) -> Iterator[int]:
    """Ids of the active people who did something that year, or of whose work something was told, in their order."""
    span = span_of(year)
    chosen = Q(state=ApplicationState.CHOSEN)
    found = Application.objects.filter(
        Q(state__in=_CAME, applied_at__gte=span[0], applied_at__lt=span[1])
        | chosen & Q(agreement__settled_at__gte=span[0], agreement__settled_at__lt=span[1])
        | chosen & Q(assignment__told_back__told_at__gte=span[0], assignment__told_back__told_at__lt=span[1]),
        person__is_active=True,
    )
    return found.order_by("person_id").values_list("person_id", flat=True).distinct().iterator()


def year_of(person_id: int, year: int) -> Year:
    """What the person did that year and what came of it, the oldest first. Four queries."""
    span = span_of(year)
    mine = Application.objects.filter(person_id=person_id)
    applied = mine.filter(state__in=_CAME, applied_at__gte=span[0], applied_at__lt=span[1])
    agreed = Agreement.objects.filter(
        application__person_id=person_id,
        application__state=ApplicationState.CHOSEN,
        settled_at__gte=span[0],
        settled_at__lt=span[1],
    )
    taking_part = mine.filter(state=ApplicationState.CHOSEN).values("assignment")
    told = ToldBack.objects.filter(assignment__in=taking_part, told_at__gte=span[0], told_at__lt=span[1])
    asked = PublicQuestion.objects.filter(
        asked_by_id=person_id, hidden_at=None, answered_at__gte=span[0], answered_at__lt=span[1]
    )
    return Year(
        applied=list(applied.order_by("applied_at", "pk").values_list("assignment__title", flat=True)),
        agreed=list(agreed.order_by("settled_at", "pk").values_list("root__title", flat=True)),
        told=list(told.order_by("told_at", "pk").values_list("assignment__title", "text")),
        asked=asked.count(),
    )
