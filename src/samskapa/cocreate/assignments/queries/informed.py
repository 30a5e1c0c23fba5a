"""Who follows what, which searches are saved, and which of them a new assignment fits. Never a write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_lazy

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Kind
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.domain.my_data import Fact, Row

from ..domain import ApplicationState, Contribution, Form
from ..domain.informed import News, codes_above
from ..models import Application, Assignment, Follow, PublicQuestion, SavedSearch
from .open import Filters
from .standing import representatives_of
from .wording import CONTRIBUTION


def follows_of(actor: Actor) -> QuerySet[Follow]:
    """What the person follows, what they began with last first."""
    return (
        Follow.objects.filter(person_id=actor.person_id or 0)
        .select_related("assignment", "assignment__unit", "assignment__area", "assignment__standing_terms")
        .order_by("-since", "-pk")
    )


def is_following(actor: Actor, assignment: Assignment) -> bool:
    """Whether the person follows it."""
    return Follow.objects.filter(assignment=assignment, person_id=actor.person_id or 0).exists()


def searches_of(actor: Actor) -> QuerySet[SavedSearch]:
    """The person's own, in the order of their names."""
    found = SavedSearch.objects.filter(person_id=actor.person_id or 0)
    return found.select_related("area", "place").order_by("name", "pk")


def filters_of(search: SavedSearch) -> Filters:
    """What the search looks for."""
    return Filters(search.area, search.place, search.contribution, search.digital)


def address_of(filters: Filters) -> str:
    """The filters as the part of an address behind its "?"; "" where nothing is filtered."""
    values = {
        "area": filters.area.pk if filters.area else "",
        "place": filters.place.pk if filters.place else "",
        "contribution": filters.contribution,
        "digital": "1" if filters.digital else "",
    }
    return "&".join(f"{name}={value}" for name, value in values.items() if value)


def filters_in_words(filters: Filters) -> str:
    """What is looked for, as a phrase: "Region Ekliden, Research, digitally"."""
    words = [
        filters.area.name if filters.area else "",
        filters.place.name if filters.place else "",
        str(CONTRIBUTION[Contribution(filters.contribution)]) if filters.contribution else "",
        gettext("digitally") if filters.digital else "",
    ]
    return ", ".join(word for word in words if word) or gettext("all assignments")


# --- who is told ----------------------------------------------------------------------------------


_CAME = [ApplicationState.APPLIED, ApplicationState.CHOSEN, ApplicationState.NOT_CHOSEN]


def followers_to_tell(assignment: Assignment, news: News, thing_id: int, *, until: datetime) -> Iterator[int]:
    """Ids of those who followed it when it happened, without those who are told of it as their own matter."""
    told: list[int | None] = []
    applications = Application.objects.filter(assignment=assignment)
    if news is News.ANSWERED:
        told = list(PublicQuestion.objects.filter(pk=thing_id).values_list("asked_by_id", flat=True))
    elif news in {News.MOVED, News.CALLED_OFF}:
        # Whatever became of the application since, it was there then.
        told = list(applications.filter(state__in=_CAME).values_list("person_id", flat=True))
    elif news is News.TOLD_BACK:
        told = list(representatives_of(assignment))
    found = Follow.objects.filter(assignment=assignment, since__lte=until, person__is_active=True)
    found = found.exclude(person_id__in=[pk for pk in told if pk])
    return found.order_by("pk").values_list("person_id", flat=True).iterator()


def searches_that_fit(assignment: Assignment) -> Iterator[SavedSearch]:
    """One search of each person whose searches it fits, the oldest that does: those saved before it was published."""
    area = assignment.area
    areas = Q(area=None) | Q(area_id=assignment.area_id)
    if area.kind == Kind.MUNICIPALITY and area.code:
        around = Node.objects.filter(kind=Kind.REGION, code__in=codes_above(area.code))
        areas |= Q(area__in=around)
    found = SavedSearch.objects.filter(
        areas,
        Q(place=None) | Q(place_id=assignment.area_id) | Q(place_id=assignment.municipality_id or 0),
        contribution__in=["", assignment.contribution],
        saved_at__lte=assignment.published_at,
        person__is_active=True,
    )
    if assignment.form not in {Form.DIGITAL, Form.BOTH}:
        found = found.filter(digital=False)
    before = None
    for search in found.order_by("person_id", "pk").iterator():
        if search.person_id != before:
            yield search
        before = search.person_id


# --- a person's own data --------------------------------------------------------------------------


def followed_rows_of(person_id: int) -> list[Row]:
    """What the person follows and looks for."""
    rows = [
        Row(follow.assignment.title, (Fact("since", gettext_lazy("Followed since"), follow.since),))
        for follow in Follow.objects.filter(person_id=person_id).select_related("assignment").order_by("pk")
    ]
    for search in SavedSearch.objects.filter(person_id=person_id).select_related("area", "place").order_by("pk"):
        facts = (
            Fact("looks_for", gettext_lazy("Looks for"), filters_in_words(filters_of(search))),
            Fact("saved_at", gettext_lazy("Saved"), search.saved_at),
        )
        rows.append(Row(search.name, facts))
    return rows
