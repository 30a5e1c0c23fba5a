"""Which decisions of disposal are in force, and what they dispose of when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from samskapa.ground.documents.domain.records import PastDue, RecordKind
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.domain.my_data import months_after, months_before

from ..domain import SHOWN_BEFORE
from ..models import DisposalDecision, DisposalNotice
from .table import call, kinds


@dataclass(frozen=True, slots=True)
class Plan:
    """Something that a decision disposes of. on: the first moment at which it may be. shown_at: since when the
    coordinator has been shown it; None: not yet."""

    decision: DisposalDecision
    kind: RecordKind
    due: PastDue
    on: datetime
    shown_at: datetime | None


def decided_at(node: Node, kind: RecordKind) -> QuerySet[DisposalDecision]:
    """Every decision of the kind, the newest first."""
    found = DisposalDecision.objects.filter(node=node, kind=kind.key).select_related("noted_by")
    return found.order_by("-applies_from", "-pk")


def organisations_that_decided(kind_key: str) -> set[int]:
    """Ids of the organisations that have noted a decision about the kind, also one that applies later: there it goes by
    the decision and by nothing else. Fills the slot of that name."""
    return set(DisposalDecision.objects.filter(kind=kind_key).values_list("node_id", flat=True).distinct())


def with_decisions() -> QuerySet[Node]:
    """Organisations that have decided something."""
    return Node.objects.filter(disposal_decisions__isnull=False).distinct().order_by("pk")


def decisions_in_force(node: Node, *, on: date) -> dict[str, DisposalDecision]:
    """Kind's key -> the decision that applies on that day: of those that had begun to apply, the newest. One query."""
    found = DisposalDecision.objects.filter(node=node, applies_from__lte=on).order_by("applies_from", "pk")
    return {decision.kind: decision for decision in found}


def plans(node: Node, *, now: datetime) -> list[Plan]:
    """What is disposed of within SHOWN_BEFORE, by the decisions that are in force now; by kind, in the table's
    order."""
    in_force = decisions_in_force(node, on=timezone.localdate(now))
    shown = {
        (kind, thing): at
        for kind, thing, at in DisposalNotice.objects.filter(node=node).values_list("kind", "thing_id", "shown_at")
    }
    found = []
    for kind in kinds():
        decision = in_force.get(kind.key)
        if not kind.due or decision is None or decision.keep_months is None:
            continue
        for due in call(kind.due, node.path, months_before(now + SHOWN_BEFORE, decision.keep_months)):
            shown_at = shown.get((kind.key, due.thing_id))
            on = max(months_after(due.at, decision.keep_months), (shown_at or now) + SHOWN_BEFORE)
            found.append(Plan(decision, kind, due, on, shown_at))
    return found


def plan_is_ripe(plan: Plan, *, now: datetime) -> bool:
    """Whether it may be carried out: its time is out, and it has been shown for long enough."""
    return plan.shown_at is not None and plan.on <= now
