"""What everybody may read of work that has been told back. Fills the slots "told_of_assignment" and "has_work"."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from samskapa.cocreate.assignments.domain import ApplicationState
from samskapa.cocreate.assignments.models import Assignment
from samskapa.ground.people.models import NAMED, display_name

from ..models import Confirmation, Credit, Telling, Work
from .page import counts_of


@dataclass(frozen=True, slots=True)
class Told:
    """One telling, with how many of the representatives found it so."""

    telling: Telling
    counts: dict[str, int]

    @property
    def is_later(self) -> bool:
        return self.telling.kind == "later"


@dataclass(frozen=True, slots=True)
class WhatItLedTo:
    """The public page's part. names: of those who have said yes to it, and nobody else. years: ids of the yearly
    tellings (`assignments.ToldBack`) that stand here, with the answers. template: what draws it."""

    told: list[Told]
    names: list[str]
    years: set[int | None]
    template: str = "underway/_public.html"


def what_it_led_to(assignment: Assignment) -> WhatItLedTo | None:
    """None where nothing was told. Three queries at most; one where the work has not been told back."""
    given = Confirmation.objects.select_related("agreement__application").order_by("pk")
    given = given.only("answer", "telling_id", "agreement__application__state")  # of some fifty columns
    found = (
        Telling.objects.filter(work__assignment=assignment)
        .select_related("told_back")
        .prefetch_related(Prefetch("confirmations", given))
    )
    told = [Told(each, counts_of(list(each.confirmations.all()))) for each in found.order_by("-told_at", "-pk")]
    return WhatItLedTo(told, names_of(assignment), {each.telling.told_back_id for each in told}) if told else None


def names_of(assignment: Assignment) -> list[str]:
    """Representatives who want their names there. Nobody whose identity is protected, who is forgotten, or who has
    withdrawn."""
    credits = Credit.objects.filter(
        wants=True,
        agreement__root=assignment,
        agreement__application__state=ApplicationState.CHOSEN,
        agreement__application__person__forgotten_at=None,
        agreement__application__person__is_active=True,
    )
    credits = credits.select_related("agreement__application__person").only(
        *(f"agreement__application__person__{field}" for field in NAMED)
    )
    people = [credit.agreement.application.person for credit in credits.order_by("agreement__application__number")]
    return [display_name(person) for person in people if person is not None and not person.protected_tag]


def has_work(assignment: Assignment) -> bool:
    """Whether the shared page is there. Fills the slot "has_work"."""
    return Work.objects.filter(assignment=assignment).exists()
