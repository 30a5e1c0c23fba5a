"""What a representative contributes, and what becomes of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.domain.applying import person_of
from samskapa.cocreate.assignments.models import Agreement
from samskapa.cocreate.assignments.queries.agreements import BEING_WRITTEN
from samskapa.ground.core.domain import BLANKED, Actor
from samskapa.ground.core.services import record

from ..domain import Became, NothingWritten, NotNow, SaidAlready, Side, Stage
from ..models import Contribution, Outcome, Work
from ..queries import taking_part
from .mailing import host_side, lock_work, tell


@transaction.atomic
def add_contribution(
    work: Work, *, agreement: Agreement, text: str, side: Side, by: Actor, now: datetime
) -> Contribution:
    """Write down what the representative of `agreement` has contributed; the other side is told, once a day.

    side: who writes it down, the representative or the host for something that was said. The same words by the same
    person once more are a button pressed twice. Raises NothingWritten; NotNow where the work is done or called off, or
    the representative has left.
    """
    work = lock_work(work.pk)
    text = text.strip()
    if not text:
        raise NothingWritten
    written = person_of(by.person_id)
    same = Contribution.objects.filter(work=work, agreement=agreement, text=text, added_by=written).first()
    if same is not None:
        return same
    is_open = work.assignment.state in BEING_WRITTEN and work.stage != Stage.DONE
    if not is_open or not taking_part(work.assignment_id).filter(pk=agreement.pk, ended_at=None).exists():
        raise NotNow
    contribution = Contribution.objects.create(
        work=work, agreement=agreement, text=text, added_at=now, added_by_id=written, added_side=side
    )
    record("underway.contributed", by=by, at=now, on=contribution, agreement=agreement.pk)
    others = host_side(work.assignment) if side == Side.PERSON else [agreement.application.person_id]
    day = timezone.localdate(now).isoformat()
    about = work.pk if side == Side.PERSON else f"{work.pk}-{agreement.pk}"
    tell(
        "contributed",
        others,
        work,
        key=f"contributed-{about}-{side.value}-{day}",
        now=now,
        to_host=side == Side.PERSON,
    )
    return contribution


@transaction.atomic
def say_outcome(
    contribution: Contribution,
    *,
    became: Became | str,
    reason: str,
    based_on: int | None,
    by: Actor,
    now: datetime,
) -> Outcome:
    """Say what became of a contribution, and why; the representative is told at once.

    A new word replaces an earlier one, which stays to be read. based_on: id of the one that was shown, None where there
    was none. Raises NothingWritten, NotNow where it is taken back or the assignment is called off, SaidAlready where
    somebody has said something since.
    """
    work = lock_work(contribution.work_id)
    contribution = Contribution.objects.select_related("agreement__application").get(pk=contribution.pk)
    became, reason = Became(became), reason.strip()
    if not reason:
        raise NothingWritten
    newest = contribution.outcomes.order_by("-pk").first()
    if newest and (newest.became, newest.reason, newest.said_by_id) == (became, reason, by.person_id):
        return newest
    if contribution.taken_back_at or work.assignment.state == State.CANCELLED:
        raise NotNow
    if newest and newest.pk != based_on:
        raise SaidAlready
    outcome = Outcome.objects.create(
        contribution=contribution, became=became, reason=reason, said_at=now, said_by_id=person_of(by.person_id)
    )
    record("underway.outcome_said", by=by, at=now, on=contribution, became=became.value)
    application = contribution.agreement.application
    if application.state != "withdrawn":
        tell(
            "outcome",
            [application.person_id],
            work,
            key=f"outcome-{outcome.pk}",
            now=now,
            became=became.value,
            reason=reason,
        )
    return outcome


@transaction.atomic
def take_back_contribution(contribution: Contribution, *, by: Actor, now: datetime) -> Contribution:
    """The representative takes it back: the words go, that there was something stays. Twice is once."""
    lock_work(contribution.work_id)
    contribution = Contribution.objects.get(pk=contribution.pk)
    blank_contribution(contribution, by=by, now=now)
    return contribution


def blank_contribution(contribution: Contribution, *, by: Actor, now: datetime) -> None:
    """The caller holds the lock."""
    if contribution.taken_back_at is not None:
        return
    contribution.text, contribution.taken_back_at = BLANKED, now
    contribution.save(update_fields=["text", "taken_back_at"])
    record("underway.contribution_taken_back", by=by, at=now, on=contribution)
