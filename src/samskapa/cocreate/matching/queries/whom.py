"""Whom else one can ask: other groups and patient organisations, those near the assignment first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, Case, ExpressionWrapper, Q, QuerySet, Value, When
from django.utils.functional import Promise

from samskapa.cocreate.assignments.models import Assignment, StandingTerms
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Kind, Role, paths_above, search_stems
from samskapa.ground.organisations.models import Node, RoleGrant
from samskapa.ground.people.queries import in_reader_order

from ..domain import GROUP_KINDS, ORGANISATION_KINDS, STANDS
from ..models import Enquiry
from .enquiries import answered_by_somebody
from .wanted import region_of
from .wording import SAID, SAID_OF_ORGANISATION


@dataclass(frozen=True, slots=True)
class Whom:
    """A group or an organisation to choose. said: how it stands where it has been asked; "" else. has_somebody: whether
    somebody there would get it. is_near: of an organisation, that it is or has a section in the assignment's region."""

    node: Node
    name: str
    beside: str
    is_group: bool
    is_near: bool
    said: str | Promise
    has_somebody: bool

    @property
    def where(self) -> str:
        """Under which heading it stands."""
        return "groups" if self.is_group else "near" if self.is_near else "others"

    @property
    def can_be_asked(self) -> bool:
        return self.has_somebody and not self.said


def is_by_nomination(assignment: Assignment) -> bool:
    """Whether only organisations put people forward."""
    return StandingTerms.objects.filter(assignment=assignment, by_nomination=True).exists()


def places_to_ask(assignment: Assignment, actor: Actor) -> QuerySet[Node]:
    """Groups whose coordinators do not run the assignment already and that the actor does not run, where not only
    organisations put people forward; and every organisation. Groups first, by place; then organisations, those near
    first, and of them those where somebody can answer. Costs three queries before it is read."""
    run = [path for node in (assignment.area, assignment.unit) if node for path in paths_above(node.path)]
    organisations = Q(kind__in=ORGANISATION_KINDS)
    others = Q(kind__in=GROUP_KINDS, resource_group__isnull=False)
    others &= ~Q(path__in=run) & ~Q(path__startswith=actor.node_path)
    near, spoken_for = Q(pk__in=_near(assignment)), _spoken_for()
    answers = Q(pk__in=spoken_for) | Q(parent__in=spoken_for)
    return (
        Node.objects.filter(organisations if is_by_nomination(assignment) else organisations | others, closed_at=None)
        .select_related("parent", "resource_group")
        .annotate(
            is_near=ExpressionWrapper(near, output_field=BooleanField()),
            turn=Case(When(others, then=Value(0)), When(near, then=Value(1)), default=Value(2)),
            silent=Case(When(others | answers, then=Value(0)), default=Value(1)),
        )
        .order_by("turn", "silent", in_reader_order(), "pk")
    )


def _spoken_for() -> set[int]:
    """Ids of organisations and sections for which somebody speaks here. One query."""
    held = RoleGrant.objects.filter(role=Role.ORGANISATION.value, ended_at=None, person__is_active=True)
    return set(held.values_list("node", flat=True))


def _near(assignment: Assignment) -> set[int]:
    """Ids of organisations and sections in the assignment's region, and of those above them. One query, asked before:
    to compare each organisation with each section within the list took seconds of three thousand."""
    county = region_of(assignment.municipality or assignment.area)
    if not county:
        return set()
    there = Node.objects.filter(kind__in=ORGANISATION_KINDS, county_code=county, closed_at=None)
    return {int(each) for path in there.values_list("path", flat=True) for each in path.split(".")[:-1]}


def found_by(places: QuerySet[Node], words: str) -> QuerySet[Node]:
    """Those in whose name, field, place or group each word occurs; of a section, or in its organisation's."""
    for stem in search_stems(words):
        places = places.filter(
            Q(search_text__contains=stem)
            | Q(kind=Kind.SECTION, parent__search_text__contains=stem)
            | Q(resource_group__name__icontains=stem)
        )
    return places


def rows_of(assignment: Assignment, places: Iterable[Node]) -> list[Whom]:
    """What the page shows of each. Two queries."""
    nodes = list(places)
    asked = Enquiry.objects.filter(assignment=assignment, node__in=nodes, answer__in=STANDS)
    answers = dict(asked.values_list("node", "answer"))
    somebody = answered_by_somebody(nodes)
    return [_row(node, answers, node.pk in somebody) for node in nodes]


def _row(node: Node, answers: dict[int, str], has_somebody: bool) -> Whom:
    is_group = node.kind in GROUP_KINDS
    words = SAID if is_group else SAID_OF_ORGANISATION
    said = words[answers[node.pk]] if node.pk in answers else ""
    if is_group:
        name, beside = f"{node.resource_group.name}, {node.name}", ""
    else:
        name, beside = node.name, node.area
        if node.kind == Kind.SECTION and node.parent:
            beside = node.parent.name
    return Whom(node, name, beside, is_group, getattr(node, "is_near", False), said, has_somebody)
