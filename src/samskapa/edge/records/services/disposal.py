"""Decisions of disposal, and what they dispose of: never without one, never before its time, and shown 30 days
before."""

from __future__ import annotations

import logging
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.services import record
from samskapa.ground.documents.domain.records import RecordKind
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.domain.my_data import months_before

from ..domain import person_of
from ..models import DisposalDecision, DisposalNotice
from ..queries import Plan, call, decisions_in_force, plan_is_ripe, plans, with_decisions

log = logging.getLogger("samskapa.records")


@transaction.atomic
def note_decision(
    node: Node,
    kind: RecordKind,
    *,
    keep_months: int | None,
    decided_on: date,
    applies_from: date,
    reference: str,
    by: Actor,
    now: datetime,
) -> DisposalDecision:
    """Write down what the organisation has decided of a kind of document. keep_months: None preserves it. The same
    decision again (a double click) is the same row."""
    node = Node.objects.select_for_update(no_key=True).get(pk=node.pk)
    said = {"keep_months": keep_months, "decided_on": decided_on, "applies_from": applies_from, "reference": reference}
    newest = DisposalDecision.objects.filter(node=node, kind=kind.key).order_by("-pk").first()
    if newest and all(getattr(newest, name) == value for name, value in said.items()):
        return newest
    decision = DisposalDecision.objects.create(
        node=node,
        kind=kind.key,
        keep_months=keep_months,
        decided_on=decided_on,
        applies_from=applies_from,
        reference=reference,
        noted_at=now,
        noted_by_id=person_of(by),
    )
    record("records.disposal_decided", by=by, at=now, on=decision, kind=kind.key, keep_months=keep_months)
    return decision


def show_before(*, now: datetime) -> int:
    """Begin to show what will be disposed of, and stop showing what no longer will. Returns how many things are new."""
    return sum(_show_at(node, now=now) for node in with_decisions())


@transaction.atomic
def _show_at(node: Node, *, now: datetime) -> int:
    found = plans(node, now=now)
    due = {(plan.kind.key, plan.due.thing_id) for plan in found}
    for notice in DisposalNotice.objects.filter(node=node).order_by("pk"):
        if (notice.kind, notice.thing_id) not in due:
            notice.delete()
    new = [plan for plan in found if plan.shown_at is None]
    DisposalNotice.objects.bulk_create(
        (DisposalNotice(node=node, kind=plan.kind.key, thing_id=plan.due.thing_id, shown_at=now) for plan in new),
        ignore_conflicts=True,
    )
    return len(new)


def carry_out(*, now: datetime) -> dict[str, int]:
    """Dispose of all that is ripe, each thing in a transaction of its own; returns kind -> how many. Again it finds
    nothing. What fails is logged and waits for tomorrow."""
    done: dict[str, int] = {}
    for node in with_decisions():
        for plan in plans(node, now=now):
            if not plan_is_ripe(plan, now=now):
                continue
            try:
                was_done = _carry_out_one(node, plan, by=SYSTEM, now=now)
            except Exception as error:
                log.error(
                    "disposal failed kind=%s id=%s error=%s", plan.kind.key, plan.due.thing_id, type(error).__name__
                )
                continue
            if was_done:
                done[plan.kind.key] = done.get(plan.kind.key, 0) + 1
    return done


@transaction.atomic
def _carry_out_one(node: Node, plan: Plan, *, by: Actor, now: datetime) -> bool:
    """Looks again under the organisation's lock: a decision that was noted a moment ago counts."""
    Node.objects.select_for_update(no_key=True).get(pk=node.pk)
    decision = decisions_in_force(node, on=timezone.localdate(now)).get(plan.kind.key)
    if decision is None or decision.keep_months is None or decision.pk != plan.decision.pk:
        return False
    limit = months_before(now, decision.keep_months)
    if not call(plan.kind.dispose, plan.due.thing_id, limit=limit, by=by, now=now):
        return False
    DisposalNotice.objects.filter(node=node, kind=plan.kind.key, thing_id=plan.due.thing_id).delete()
    record("records.disposed_of", by=by, at=now, on=decision, kind=plan.kind.key, thing=plan.due.thing_id)
    return True
