"""Questions about needs: who sees them, what they say, how ready they are, what was written by whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Node
from samskapa.ground.organisations.queries import municipalities as municipalities
from samskapa.ground.organisations.queries import nodes_below, people_with_role
from samskapa.ground.people.models import Person
from samskapa.ground.people.queries import in_reader_order

from ..domain import PARTS, Answers, Readiness, State
from ..domain.days import DayAndHours, as_rows, in_order
from ..domain.parts import LATER, empty_values
from ..domain.readiness import check
from ..models import (
    ApplicantQuestion,
    Assignment,
    Clarification,
    Part,
    PartComment,
    PartRevision,
    StandingTerms,
)

#: Kinds of nodes that can have a need, and kinds that a need belongs to before a unit is found.
UNIT_KINDS = [Kind.UNIT, Kind.ADMINISTRATION, Kind.REGION, Kind.MUNICIPALITY]
AREA_KINDS = [Kind.REGION, Kind.MUNICIPALITY]
#: Roles that see what happens in everything below their node.
_UNIT_ROLES = {Role.HOST}
_AREA_ROLES = {Role.COORDINATOR, Role.LEADERSHIP}
_RAISING_ROLES = {Role.ORGANISATION, Role.COUNCIL}
#: So many nodes are named one by one in a question; a region has some hundreds of units.
_MOST_NODES = 5000


def within_reach(actor: Actor) -> Q:
    """Those of the units below the actor's node; for who answers for an area, those in the area too.

    Each way by its own index and then together: an "or" over two joined tables reads every assignment of the nation.
    """
    nodes = nodes_below(actor.node_path).values("pk")
    of_units = Assignment.objects.filter(unit__in=nodes)
    if actor.role not in _AREA_ROLES:
        return Q(unit__in=nodes)
    return Q(pk__in=of_units.values("pk").union(Assignment.objects.filter(area__in=nodes).values("pk")))


def needs_visible_to(actor: Actor) -> QuerySet[Assignment]:
    """The needs and assignments that the actor may know of in the capacity chosen, unordered.

    Hosts: their units'. Coordinators and leadership: their area's and their units'. Organisations and councils:
    those raised in their name. Oneself, and a member: those one raised.
    """
    if actor.person_id is None:
        return Assignment.objects.none()
    if actor.role in (*_UNIT_ROLES, *_AREA_ROLES) and actor.node_path:
        return Assignment.objects.filter(within_reach(actor))
    if actor.role in _RAISING_ROLES and actor.node_path:
        return Assignment.objects.filter(raised_for__path__startswith=actor.node_path)
    if actor.role in ("", Role.MEMBER):
        return Assignment.objects.filter(raised_by_id=actor.person_id)
    return Assignment.objects.none()


def needs_to_list(actor: Actor) -> QuerySet[Assignment]:
    """The same as `needs_visible_to`, for pages that list many: who answers for an area has its nodes asked for first
    (one query), so that the planner knows which rows it is about. PostgreSQL reads every assignment of the nation where
    the nodes are a question within the question (20 ms of 10,000 against 1)."""
    if actor.role in _AREA_ROLES and actor.node_path and actor.person_id is not None:
        nodes = list(nodes_below(actor.node_path).values_list("pk", flat=True)[: _MOST_NODES + 1])
        if len(nodes) <= _MOST_NODES:
            return Assignment.objects.filter(Q(unit__in=nodes) | Q(area__in=nodes))
    return needs_visible_to(actor)


def need_list(actor: Actor) -> QuerySet[Assignment]:
    """The needs the actor sees, those still being written first, then the newest; with unit, area and open comments."""
    open_comments = PartComment.objects.filter(assignment=OuterRef("pk"), done_at=None)
    return (
        needs_to_list(actor)
        .select_related("unit", "area", "raised_by", "raised_for", "standing_terms")
        .prefetch_related("parts", "applicant_questions", "fixed_days")
        .annotate(has_open_comments=Exists(open_comments))
        .order_by("-created_at", "-pk")
    )


def need_page(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """What one page of a need wants to know, fetched at once."""
    return assignments.select_related(
        "unit", "area", "municipality", "raised_by", "raised_for", "created_by", "standing_terms"
    ).prefetch_related("parts__saved_by", "applicant_questions", "fixed_days")


def with_answers(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """What `answers_of` and `readiness_of` read, and no more."""
    return assignments.select_related("standing_terms").prefetch_related("parts", "applicant_questions", "fixed_days")


def read_answers(assignments: Iterable[Assignment]) -> None:
    """The same for some that are read already, but for their standing terms. Of the parts those alone that say
    something there: that it is decided together."""
    together = Part.objects.exclude(together_by=None)
    prefetch_related_objects(list(assignments), Prefetch("parts", together), "applicant_questions", "fixed_days")


def read_standing_terms(assignments: Iterable[Assignment]) -> None:
    """What a standing assignment asks, for those of them that are."""
    prefetch_related_objects([one for one in assignments if one.is_standing], "standing_terms")


def parts_of(assignment: Assignment) -> dict[str, Part]:
    """The parts by key."""
    return {part.key: part for part in assignment.parts.all()}


def standing_terms_of(assignment: Assignment) -> StandingTerms | None:
    return getattr(assignment, "standing_terms", None)


def values_of(assignment: Assignment, key: str) -> dict[str, Any]:
    """What the part says now: column -> value."""
    if key == "questions":
        rows = sorted(assignment.applicant_questions.all(), key=lambda row: row.position)
        return {"questions": [{"text": row.text, "is_required": row.is_required} for row in rows]}
    if key == "standing":
        values = empty_values("standing")
        values["is_standing"] = assignment.is_standing
        if assignment.is_standing and (terms := standing_terms_of(assignment)):
            values |= {column: getattr(terms, column) for column in values if column != "is_standing"}
        return values
    values = {column: getattr(assignment, column) for column in empty_values(key) if column != "days"}
    return {**values, "days": as_rows(fixed_days_of(assignment))} if key == "time" else values


def fixed_days_of(assignment: Assignment) -> list[DayAndHours]:
    """The days on which it meets, in order. No query where `fixed_days` is prefetched, or where there is no first day:
    the first of them would be it."""
    if assignment.starts_on is None:
        return []
    return in_order(row.hours for row in assignment.fixed_days.all())


def answers_of(assignment: Assignment) -> Answers:
    """Everything the need says. No query where the parts, questions and terms are prefetched."""
    values: dict[str, Any] = {}
    for question in PARTS:
        values |= values_of(assignment, question.key)
    together = {part.key: part.together_by for part in assignment.parts.all() if part.together_by}
    return Answers(values, together, has_unit=assignment.unit_id is not None)


def readiness_of(assignment: Assignment, today: date) -> Readiness:
    """How ready the need is to be published."""
    return check(answers_of(assignment), today)


def open_comments(assignment: Assignment) -> QuerySet[PartComment]:
    """What is said of the parts and not yet done, oldest first, with who said it."""
    return assignment.comments.filter(done_at=None).select_related("written_by").order_by("written_at", "pk")


def comments_on(assignment: Assignment, key: str) -> QuerySet[PartComment]:
    """Everything said of one part, oldest first."""
    return assignment.comments.filter(key=key).select_related("written_by", "done_by").order_by("written_at", "pk")


def clarified(assignment: Assignment) -> QuerySet[Clarification]:
    """What was unclear and became clear, in the order in which it did."""
    return assignment.clarifications.exclude(cleared_at=None).order_by("cleared_at", "pk")


def revisions_of(assignment: Assignment) -> QuerySet[PartRevision]:
    """Everything ever saved in the need, the newest first, with part and person."""
    return (
        PartRevision.objects.filter(part__assignment=assignment)
        .select_related("part", "saved_by")
        .order_by("-saved_at", "-pk")
    )


def newest_revision(part: Part) -> PartRevision | None:
    """What the part says now, and who wrote it."""
    return part.revisions.select_related("saved_by", "part").order_by("-version").first()


def changed_while_open(assignment: Assignment) -> dict[str, Part]:
    """The parts that were put right after publishing: the public page says "Changed <day>" beside them."""
    if assignment.published_at is None:
        return {}
    return {
        part.key: part
        for part in assignment.parts.all()
        if part.key in LATER and part.saved_at and part.saved_at > assignment.published_at
    }


def units_for(actor: Actor) -> QuerySet[Node]:
    """The units for which the actor may describe a need, in the reader's order."""
    if actor.role not in _UNIT_ROLES | {Role.COORDINATOR}:
        return Node.objects.none()
    return nodes_below(actor.node_path).filter(kind__in=UNIT_KINDS, closed_at=None).order_by(in_reader_order(), "pk")


def areas_for(actor: Actor) -> QuerySet[Node]:
    """The regions and municipalities to whose coordinator the actor may bring a need, in the reader's order."""
    areas = Node.objects.filter(kind__in=AREA_KINDS, closed_at=None).order_by(in_reader_order(), "pk")
    if actor.role in (Role.MEMBER, Role.COUNCIL, Role.COORDINATOR, Role.HOST):
        nearest = area_above(actor.node_path)
        return areas.filter(pk=nearest.pk) if nearest else areas.none()
    return areas


def area_above(path: str) -> Node | None:
    """The region or municipality that the node at `path` is, or stands in."""
    ids = [int(piece) for piece in path.split(".") if piece]
    return Node.objects.filter(pk__in=ids, kind__in=AREA_KINDS).order_by("-path").first()


def coordinators_of(assignment: Assignment) -> list[Person]:
    """Who coordinates the unit, or the area where there is no unit yet."""
    return list(people_with_role(Role.COORDINATOR, assignment.unit or assignment.area))


def coordinators_at(node: Node) -> list[Person]:
    return list(people_with_role(Role.COORDINATOR, node))


def hosts_of(assignment: Assignment) -> list[Person]:
    """Whom at the unit to write to: those who wrote in the need as hosts and still are, or else all hosts of the unit.

    Who is host no longer has no part in what applicants ask and agree on.
    """
    if assignment.unit is None:
        return []
    hosts = list(people_with_role(Role.HOST, assignment.unit))
    writers = set(
        PartRevision.objects.filter(part__assignment=assignment, saved_as=Role.HOST).values_list(
            "saved_by_id", flat=True
        )
    )
    if assignment.created_as == Role.HOST:
        writers.add(assignment.created_by_id)
    return [host for host in hosts if host.pk in writers] or hosts


def owners_of(assignment: Assignment) -> list[Person]:
    """Everybody who co-owns the text: the unit's hosts, and the one who raised the need. Each once."""
    people = hosts_of(assignment)
    raiser = assignment.raised_by
    if raiser is not None and raiser.is_active and raiser not in people:
        people.append(raiser)
    return people


def may_be_written(assignments: Iterable[Assignment]) -> list[Assignment]:
    """Those still being described."""
    return [a for a in assignments if State(a.state) in (State.NEED, State.SENT)]


def questions_of(assignment: Assignment) -> QuerySet[ApplicantQuestion]:
    """What each applicant is asked, in order."""
    return assignment.applicant_questions.order_by("position")


def state_of(pk: int) -> str:
    """The state as it is now, for telling somebody who came second."""
    return Assignment.objects.values_list("state", flat=True).get(pk=pk)
