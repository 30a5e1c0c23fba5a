"""The hand-over: who takes over when a term ends or is left, what is handed over, by when, and that it is done."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain import ApplicationState, EmptyReason
from ..domain.applying import person_of
from ..domain.standing import AlreadyHandedOver, NotASuccessor, NoTerm
from ..models import Agreement, HandOver
from ..queries import standing
from .applying import lock_assignment
from .telling import coordinators_of, hosts_of, tell


@transaction.atomic
def name_successor(
    agreement: Agreement, *, successor_id: int, by_day: date, what: str, by: Actor, now: datetime
) -> HandOver:
    """Name who takes over after the representative of `agreement`, what is handed over and by when. Both are told.

    successor_id: another agreement on the same assignment. May be changed until it is done. Raises NoTerm where no
    term has been confirmed, NotASuccessor, EmptyReason where nothing is said of what, AlreadyHandedOver.
    """
    assignment = lock_assignment(agreement.root_id)
    agreement = Agreement.objects.select_related("application").get(pk=agreement.pk)
    if standing.valid_term(agreement) is None:
        raise NoTerm
    what = what.strip()
    if not what:
        raise EmptyReason
    successor = next((one for one in standing.possible_successors(agreement) if one.pk == successor_id), None)
    if successor is None:
        raise NotASuccessor
    before = HandOver.objects.filter(agreement=agreement).first()
    if before is not None and before.done_at is not None:
        raise AlreadyHandedOver
    if before and (before.successor_id, before.by_day, before.what) == (successor.pk, by_day, what):
        return before
    hand_over = before or HandOver(agreement=agreement)
    hand_over.successor, hand_over.by_day, hand_over.what = successor, by_day, what
    hand_over.named_at, hand_over.named_by_id = now, person_of(by.person_id)
    hand_over.save()
    record(
        "assignments.successor_named",
        by=by,
        at=now,
        on=hand_over,
        agreement=agreement.pk,
        successor=successor.pk,
        by_day=by_day.isoformat(),
    )
    for one in (agreement, successor):
        tell(
            "hand_over",
            # Who has withdrawn gets no more mail; the page still tells.
            [one.application.person_id if one.application.state == ApplicationState.CHOSEN else None],
            assignment,
            key=f"hand-over-{hand_over.pk}-{now:%Y%m%d%H%M%S}",
            now=now,
            path=reverse("assignments:agreement", args=[one.pk]),
            by_day=by_day.isoformat(),
            takes_over=one.pk == successor.pk,
        )
    return hand_over


@transaction.atomic
def hand_over_done(hand_over: HandOver, *, by: Actor, now: datetime) -> HandOver:
    """Say that it is done; host and coordinator are told. Twice is once."""
    assignment = lock_assignment(hand_over.agreement.root_id)
    hand_over = HandOver.objects.select_for_update().get(pk=hand_over.pk)
    if hand_over.done_at is not None:
        return hand_over
    hand_over.done_at, hand_over.done_by_id = now, person_of(by.person_id)
    hand_over.save(update_fields=["done_at", "done_by"])
    record("assignments.handed_over", by=by, at=now, on=hand_over, agreement=hand_over.agreement_id)
    tell(
        "handed_over",
        [pk for pk in (*hosts_of(assignment), *coordinators_of(assignment)) if pk != by.person_id],
        assignment,
        key=f"handed-over-{hand_over.pk}",
        now=now,
        path=reverse("assignments:agreement", args=[hand_over.agreement_id]),
    )
    return hand_over
