"""What an assignment and a member say, in the words of `domain.fitting`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.assignments.queries.need import fixed_days_of
from samskapa.cocreate.assignments.queries.wording import fixed_day
from samskapa.cocreate.pool.domain import As, Care, Language, Need, SpeaksFor, When
from samskapa.cocreate.pool.models import Member, Tag
from samskapa.ground.organisations.domain import Kind
from samskapa.ground.organisations.models import Node

from ..domain import SOUGHT, Criterion, Told, Wanted

#: Kind of tag -> what can be sought in it.
VALUES: dict[str, tuple[str, ...]] = {
    "as": tuple(As),
    "care": tuple(Care),
    "language": tuple(Language),
    "when": tuple(When),
    "speaks_for": tuple(SpeaksFor),
    "need": tuple(Need),
}
#: How many letters of a municipality's code say in which county it lies: as the region's own code.
_REGION = 2

Sought = dict[str, list[str]]


def sought_from(chosen: Mapping[str, Iterable[str]]) -> Sought:
    """What is sought, as a wave keeps it: SOUGHT and "only", in their order; what is no value of theirs is left out."""
    known: dict[str, Iterable[str]] = {**VALUES, "only": tuple(Criterion)}
    found = {kind: [str(value) for value in known[kind] if value in set(chosen.get(kind, ()))] for kind in known}
    return {kind: values for kind, values in found.items() if values}


def region_of(node: Node | None) -> str:
    """The code of the region in which a region or municipality lies; "" where that is not known."""
    if node is None or node.kind not in (Kind.REGION, Kind.MUNICIPALITY):
        return ""
    return node.code[:_REGION]


def wanted_of(assignment: Assignment, sought: Mapping[str, Iterable[str]]) -> Wanted:
    """What the need says, with what the coordinator has read out of it. Costs no query where municipality and area
    came with the assignment."""
    return Wanted(
        contribution=assignment.contribution,
        form=assignment.form,
        region=region_of(assignment.municipality or assignment.area),
        sought={kind: frozenset(sought[kind]) for kind in SOUGHT if sought.get(kind)},
    )


def told_of(member: Member) -> Told:
    """What the member has told. Costs no query where tags and municipality came with the row."""
    return _told(member, ((tag.kind, tag.value) for tag in member.tags.all()))


def told_of_each(members: Sequence[Member]) -> dict[int, Told]:
    """Member's id -> what the member has told. One query, where municipalities came with the rows."""
    tags: dict[int, list[tuple[str, str]]] = {member.pk: [] for member in members}
    for pk, kind, value in Tag.objects.filter(member__in=list(tags)).values_list("member", "kind", "value"):
        tags[pk].append((kind, value))
    return {member.pk: _told(member, tags[member.pk]) for member in members}


def _told(member: Member, tags: Iterable[tuple[str, str]]) -> Told:
    by_kind: dict[str, set[str]] = defaultdict(set)
    for kind, value in tags:
        by_kind[kind].add(value)
    return Told({kind: frozenset(values) for kind, values in by_kind.items()}, region_of(member.municipality))


def text_of_need(assignment: Assignment) -> dict[str, Any]:
    """What the need says in its own words of what no tag can hold: who, when, and how one gets there and takes part."""
    return {
        "experience": assignment.experience,
        "when": assignment.when_text,
        "days": [fixed_day(each) for each in fixed_days_of(assignment)],
        "place": assignment.place,
        "access": assignment.access,
    }
