"""The public list of open assignments, and the facts of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.dates import MONTHS

from samskapa.ground.organisations.domain import Kind
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.queries import in_reader_order

from ..domain import ApplicationState, Contribution, Form, State
from ..domain.applying import is_open
from ..domain.days import DayAndHours
from ..domain.parts import LATER
from ..models import ApplicantQuestion, Application, Assignment, Part, PublicQuestion, StandingTerms
from .need import fixed_days_of

#: States in which an assignment has a public page.
PUBLIC = [State.OPEN, State.CHOOSING, State.AGREEING, State.AGREED, State.DONE, State.CANCELLED]
_SHOWN = ("unit", "area", "municipality", "standing_terms")
PAGE = 20
JSON_PAGE = 50
FEED = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is filtered by. Ids of nodes; None, "" and False filter nothing."""

    area: Node | None = None
    place: Node | None = None
    contribution: str = ""
    digital: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.area or self.place or self.contribution or self.digital)


def public_assignments() -> QuerySet[Assignment]:
    """Assignments that are or have been open, with their unit and area. One that never was is never shown."""
    return Assignment.objects.filter(published_at__isnull=False, state__in=PUBLIC).select_related(*_SHOWN)


def open_assignments(today: date, filters: Filters | None = None) -> QuerySet[Assignment]:
    """Those one can apply to today, the one that closes first first."""
    # What is open has been published (the table's constraint), so an index alone can count it.
    found = Assignment.objects.filter(state=State.OPEN, closes_on__gte=today).select_related(*_SHOWN)
    if filters is None:
        return found.order_by("closes_on", "pk")
    if filters.area:
        found = found.filter(_within(filters.area))
    if filters.place:
        found = found.filter(Q(municipality=filters.place) | Q(area=filters.place))
    if filters.contribution:
        found = found.filter(contribution=filters.contribution)
    if filters.digital:
        found = found.filter(form__in=[Form.DIGITAL, Form.BOTH])
    return found.order_by("closes_on", "pk")


def _within(area: Node) -> Q:
    """In a region: its own units, and municipalities of the county (their codes begin with the region's)."""
    inside = Q(area=area)
    if area.kind == Kind.REGION and area.code:
        inside |= Q(area__kind=Kind.MUNICIPALITY, area__code__startswith=area.code)
    return inside


def _number(text: str | None) -> int | None:
    """A whole number that a database can hold, or None."""
    if text and text.isascii() and text.isdigit() and len(text) < 16:
        return int(text)
    return None


def filters_from(values) -> Filters:
    """Filters from an address (`area`, `place`, `contribution`, `digital`). What cannot be understood is left out."""
    wanted = {name: _number(values.get(name)) for name in ("area", "place")}
    nodes = Node.objects.in_bulk([pk for pk in wanted.values() if pk])
    area, place = nodes.get(wanted["area"] or 0), nodes.get(wanted["place"] or 0)
    contribution = values.get("contribution", "")
    return Filters(
        area=area if area and area.kind in {Kind.REGION, Kind.MUNICIPALITY} else None,
        place=place if place and place.kind == Kind.MUNICIPALITY else None,
        contribution=contribution if contribution in set(Contribution) else "",
        digital=values.get("digital") in {"1", "on", "true"},
    )


@dataclass(frozen=True, slots=True)
class Options:
    """What one can filter by: only what the open assignments have, so that no choice leads to nothing."""

    areas: list[Node]
    places: list[Node]
    contributions: list[str]


def options(today: date, chosen: Filters) -> Options:
    """The choices, in the reader's order, with what is chosen among them even if nothing has it any more."""
    # Without order: what one sorts by would be distinct too, and every assignment a row.
    found = open_assignments(today).order_by().values_list("area_id", "municipality_id", "contribution")
    rows = list(found.distinct())
    ids = {pk for area, municipality, _ in rows for pk in (area, municipality) if pk}
    ids |= {node.pk for node in (chosen.area, chosen.place) if node}
    nodes = list(Node.objects.filter(pk__in=ids).order_by(in_reader_order(), "pk"))
    area_ids = {area for area, _, _ in rows} | ({chosen.area.pk} if chosen.area else set())
    contributions = {contribution for _, _, contribution in rows if contribution} | (
        {chosen.contribution} if chosen.contribution else set()
    )
    return Options(
        areas=[node for node in nodes if node.pk in area_ids],
        places=[node for node in nodes if node.kind == Kind.MUNICIPALITY],
        contributions=[c.value for c in Contribution if c.value in contributions],
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """An assignment as its page says it. together: part -> the day by which it is decided together."""

    assignment: Assignment
    is_open: bool
    together: dict[str, date] = field(default_factory=dict)
    standing: StandingTerms | None = None
    #: The days on which one meets, in order; none where they are not fixed.
    days: list[DayAndHours] = field(default_factory=list)
    #: Part -> when it was put right after publishing, for those that may be.
    changed: dict[str, datetime] = field(default_factory=dict)

    @property
    def told_back_month(self) -> str:
        """The month of the yearly telling back, by name; "" where there is none."""
        number = self.standing.told_back_month if self.standing else None
        return str(MONTHS[number]).lower() if number else ""

    @property
    def total_minutes(self) -> int | None:
        return total_minutes(self.assignment)


def total_minutes(assignment: Assignment) -> int | None:
    """All the time it takes, with reading, in minutes; None where it is not said."""
    return minutes_in_all(*(getattr(assignment, field) for field in TIMES))


#: The columns that say how long it takes.
TIMES = ("occasions", "minutes_each", "reading_minutes")


def minutes_in_all(occasions: int | None, minutes_each: int | None, reading: int | None) -> int | None:
    """The same, of the columns in `TIMES`."""
    return occasions * minutes_each + (reading or 0) if occasions and minutes_each else None


def standing_terms(assignment: Assignment) -> StandingTerms | None:
    """The terms of a standing assignment; None for any other."""
    return getattr(assignment, "standing_terms", None)


def facts_of(assignment: Assignment, today: date) -> Facts:
    """What the page of one assignment says."""
    parts = list(Part.objects.filter(assignment=assignment))
    return Facts(
        assignment=assignment,
        is_open=is_open(assignment.state, assignment.closes_on, today),
        together={part.key: part.together_by for part in parts if part.together_by},
        standing=standing_terms(assignment),
        days=fixed_days_of(assignment),
        changed=changed_after(assignment.published_at, parts),
    )


def changed_after(published_at: datetime | None, parts: Iterable[Part]) -> dict[str, datetime]:
    """When each part that may be put right while open was so, where it was."""
    if published_at is None:
        return {}
    return {p.key: p.saved_at for p in parts if p.key in LATER and p.saved_at and p.saved_at > published_at}


def public_questions(assignment: Assignment) -> QuerySet[PublicQuestion]:
    """Questions and answers that everybody reads, in the order they were asked. Never who asked."""
    return (
        PublicQuestion.objects.filter(assignment=assignment, hidden_at=None)
        .only("pk", "assignment_id", "text", "asked_at", "answer", "answered_at")
        .order_by("asked_at", "pk")
    )


def applicant_questions(assignment: Assignment) -> list[ApplicantQuestion]:
    """What the host asks each applicant, in order."""
    return list(ApplicantQuestion.objects.filter(assignment=assignment).order_by("position"))


def own_application(assignment: Assignment, person_id: int | None) -> Application | None:
    """The person's own application to this assignment."""
    if person_id is None:
        return None
    return (
        Application.objects.filter(assignment=assignment, person_id=person_id)
        .exclude(state__in=[ApplicationState.NOMINATED, ApplicationState.DECLINED, ApplicationState.LAPSED])
        .first()
    )
