"""Finding people for an assignment: who does it, and what of it they see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.assignments.queries.applications import assignments_run_by
from samskapa.cocreate.assignments.queries.open import open_assignments
from samskapa.cocreate.pool.models import Group
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.queries import nodes_below

from ..domain import Reply, Said
from ..models import Enquiry, Invitation, Wave
from .members import groups_to_ask


@dataclass(frozen=True, slots=True)
class Filling:
    """An assignment for which a coordinator finds people. enquiry: None where she runs it. Else somebody has asked her
    group and she has said yes: of the assignment she sees what everybody sees, and of those asked her own."""

    assignment: Assignment
    actor: Actor
    enquiry: Enquiry | None = None

    @property
    def runs(self) -> bool:
        return self.enquiry is None

    def groups(self) -> list[Group]:
        """Whose members she may ask."""
        if self.enquiry is not None:
            return [self.enquiry.group] if self.enquiry.group else []
        return groups_to_ask(self.actor, self.assignment)

    def waves(self) -> QuerySet[Wave]:
        """The waves in which she sees who was asked: those of a group that she runs. That somebody is a member is the
        group's own matter, also where the assignment is somebody else's."""
        return waves_seen([self])


def waves_seen(fillings: Sequence[Filling]) -> QuerySet[Wave]:
    """The same of several assignments for which one coordinator finds people."""
    seen = Q(pk__in=[])
    for each in fillings:
        if each.enquiry is not None:
            seen |= Q(assignment=each.assignment, group=each.enquiry.group_id)
    if run := [each for each in fillings if each.runs]:
        below = nodes_below(run[0].actor.node_path).values("pk")
        seen |= Q(assignment__in=[each.assignment.pk for each in run], group__node__in=below)
    return Wave.objects.filter(seen)


def open_to_fill(actor: Actor, group: Group, today: date) -> QuerySet[Assignment]:
    """Assignments that one can apply to and for which a coordinator finds people in the group: those she runs, and
    those for which it was asked and has said yes. The one that closes first first."""
    own, asked = assignments_run_by(actor), _yes_of(actor, group)
    return open_assignments(today).filter(Q(pk__in=own.values("pk")) | Q(pk__in=asked.values("assignment")))


def fillings_of(actor: Actor, group: Group, assignments: Iterable[Assignment]) -> list[Filling]:
    """How she finds people for each of those. Two queries."""
    rows = list(assignments)
    pks = [each.pk for each in rows]
    own = set(assignments_run_by(actor).filter(pk__in=pks).values_list("pk", flat=True))
    asked = {each.assignment_id: each for each in _yes_of(actor, group).filter(assignment__in=pks)}
    return [Filling(each, actor, None if each.pk in own else asked.get(each.pk)) for each in rows]


def _yes_of(actor: Actor, group: Group) -> QuerySet[Enquiry]:
    found = yes_to_group().filter(group=group, node__path__startswith=actor.node_path)
    return found if actor.node_path else found.none()


def yes_to_group() -> QuerySet[Enquiry]:
    """Enquiries to a group that has said yes, and is not closed down."""
    found = Enquiry.objects.filter(answer=Said.YES, group__isnull=False, node__closed_at=None)
    return found.select_related("node", "group__node")


def by_enquiry() -> Exists:
    """For waves: whether another group asks, because it was asked to."""
    return Exists(Enquiry.objects.filter(assignment=OuterRef("assignment"), group=OuterRef("group"), answer=Said.YES))


@dataclass(frozen=True, slots=True)
class Counts:
    """How it went in a group whose members one does not see."""

    asked: int = 0
    yes: int = 0
    waits: int = 0


def counts_by_group(assignment: Assignment) -> dict[int, Counts]:
    """Group's id -> how many of it were asked, in all waves. One query."""
    rows = (
        Invitation.objects.filter(assignment=assignment)
        .exclude(answer=Reply.TAKEN_BACK)
        .values_list("wave__group")
        .annotate(
            asked=Count("pk"), yes=Count("pk", filter=Q(answer=Reply.YES)), waits=Count("pk", filter=Q(answer=""))
        )
        .order_by("wave__group")
    )
    return {group: Counts(asked, yes, waits) for group, asked, yes, waits in rows}


def unseen_groups(counts: dict[int, Counts], known: set[int]) -> list[tuple[Group, Counts]]:
    """Groups that asked their members beside those that are `known` (ids): their coordinators run the assignment too,
    and who was asked is theirs to see. One query; none where there are no such groups."""
    others = set(counts) - known
    found = Group.objects.filter(pk__in=others).select_related("node").order_by("pk") if others else []
    return [(group, counts[group.pk]) for group in found]
