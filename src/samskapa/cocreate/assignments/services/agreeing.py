"""What the parties of an agreement do, and when it ends.

What one may say, and what applies, is `ground.agreements`; what follows is `following`. Everything on one assignment
happens in order: its row is the lock, here and there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.urls import reverse

from samskapa.ground.agreements import services as law
from samskapa.ground.agreements.domain import NotBeingWritten
from samskapa.ground.agreements.services import Done
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.services import record, record_look

from ..domain import ApplicationState, State
from ..models import TABLES, Agreement, Application, Assignment, Party
from ..queries import agreements as queries
from ..queries.agreements import ListRow, Seat
from .drafting import draft_agreements
from .following import follow_up, settle
from .telling import coordinators_of, hosts_of, tell

__all__ = [
    "NotBeingWritten",
    "confirm_all",
    "draft_agreements",
    "end_agreement",
    "end_agreements_of",
    "note_agreement_read",
    "note_agreements_read",
    "propose_change",
    "remind_of_agreement",
    "take_part",
]

Answered = TypeVar("Answered")


@transaction.atomic
def take_part(
    agreement: Agreement,
    give: Callable[[Agreement], Answered],
    *,
    done: Callable[[Answered], Done | None],
    party: Party | None,
    by: Actor,
    now: datetime,
) -> Answered:
    """Let `party` say something, and do all that follows from it, or nothing at all. No party: something is drafted
    for both.

    give: calls one service of `ground.agreements` on the agreement, which is locked. done: what came of it; None
    where it was refused, and then nothing follows. Raises NotBeingWritten.
    """
    assignment = (
        Assignment.objects.select_for_update(of=("self",)).select_related("unit", "area").get(pk=agreement.root_id)
    )
    agreement = Agreement.objects.select_related("application").get(pk=agreement.pk)
    agreement.root = assignment
    if not queries.goes_on(agreement):
        raise NotBeingWritten
    answered = give(agreement)
    outcome = done(answered)
    if outcome is not None and outcome.changed:
        follow_up(agreement, outcome, party=party, by=by, now=now)
    return answered


def confirm_all(
    agreement: Agreement,
    *,
    expected: Mapping[int, int],
    party: Party,
    by: Actor,
    now: datetime,
    except_: Collection[int] = (),
) -> Done:
    """Confirm every point that was shown (line id -> revision id) but those taken out. Raises NotBeingWritten."""
    return take_part(
        agreement,
        lambda held: law.confirm_all(TABLES, held, expected=expected, except_=except_, party=party, by=by, now=now),
        done=lambda outcome: outcome,
        party=party,
        by=by,
        now=now,
    )


def propose_change(
    agreement: Agreement,
    line_id: int,
    *,
    text: str,
    based_on: int,
    party: Party,
    by: Actor,
    now: datetime,
    reason: str = "",
) -> Done:
    """Propose another wording of a point. Raises NotBeingWritten and what the law refuses."""
    return take_part(
        agreement,
        lambda held: law.propose_change(
            TABLES, held, line_id, text=text, based_on=based_on, reason=reason, party=party, by=by, now=now
        ),
        done=lambda outcome: outcome,
        party=party,
        by=by,
        now=now,
    )


@transaction.atomic
def end_agreement(application_id: int, *, now: datetime) -> bool:
    """After a withdrawal: the representative's agreement ends, if there is one. Returns whether this call ended it.

    What was said stays; the others go on. Run again it does nothing.
    """
    application = Application.objects.get(pk=application_id)
    assignment = Assignment.objects.select_for_update().get(pk=application.assignment_id)
    if Application.objects.filter(pk=application_id, state=ApplicationState.WITHDRAWN).exists():
        ended = end_all(Agreement.objects.filter(application=application_id), by=SYSTEM, now=now)
        settle(assignment, by=SYSTEM, now=now)
        return bool(ended)
    return False


@transaction.atomic
def end_agreements_of(assignment_id: int, *, now: datetime) -> int:
    """After the assignment was called off: all its agreements end. Returns how many this call ended."""
    assignment = Assignment.objects.select_for_update().get(pk=assignment_id)
    if assignment.state != State.CANCELLED:
        return 0
    return end_all(Agreement.objects.filter(root=assignment), by=SYSTEM, now=now)


def end_all(agreements: Any, *, by: Actor, now: datetime) -> int:
    """End those that still go on. The caller holds the lock."""
    rows = list(agreements.filter(ended_at=None).order_by("pk"))
    for agreement in rows:
        agreement.ended_at = now
        agreement.person_owes = agreement.host_owes = 0
        agreement.person_owes_since = agreement.host_owes_since = None
        agreement.save(update_fields=["ended_at", "person_owes", "person_owes_since", "host_owes", "host_owes_since"])
        record("assignments.agreement_ended", by=by, at=now, on=agreement)
    return len(rows)


@transaction.atomic
def remind_of_agreement(agreement_id: int, *, now: datetime) -> bool:
    """Remind whoever is waited for, after three days and then once a week. Returns whether a reminder is due."""
    agreement = Agreement.objects.select_related("root", "root__unit", "root__area", "application").get(pk=agreement_id)
    assignment = agreement.root
    if not queries.goes_on(agreement):
        return False
    path = reverse("assignments:agreement", args=[agreement.pk])
    theirs = queries.reminder_number(agreement.person_owes_since, now)
    if theirs is not None:
        tell(
            "agreement_waits",
            [agreement.application.person_id],
            assignment,
            key=f"agreement-waits-{agreement.pk}-{agreement.person_owes_since:%Y%m%d%H%M%S}-{theirs}",
            now=now,
            path=path,
            number=agreement.person_owes,
        )
    ours = queries.reminder_number(agreement.host_owes_since, now)
    if ours is not None:
        # One mail a day for all the assignment's agreements; from the second reminder on the coordinator knows too.
        tell(
            "agreements_wait",
            [*hosts_of(assignment), *(coordinators_of(assignment) if ours else [])],
            assignment,
            key=f"agreements-wait-{assignment.pk}-{agreement.host_owes_since:%Y%m%d}-{ours}",
            now=now,
            path=reverse("assignments:agreements", args=[assignment.pk]),
        )
    return theirs is not None or ours is not None


# --- reading leaves a trace -----------------------------------------------------------------------


def note_agreement_read(agreement: Agreement, seat: Seat, *, by: Actor, now: datetime) -> None:
    """Host and coordinator read what somebody needs and is paid: a look at the person."""
    if not seat.is_representative and agreement.application.person_id:
        record_look(agreement.application.person_id, by=by, at=now, what=f"assignments.agreement:{agreement.pk}")


@transaction.atomic
def note_agreements_read(assignment: Assignment, rows: Iterable[ListRow], *, by: Actor, now: datetime) -> None:
    """A list shows many at once: one row of the trail, which names all the persons shown."""
    rows = list(rows)
    if rows:
        record(
            "assignments.agreements_read",
            by=by,
            at=now,
            on=assignment,
            agreements=[row.agreement.pk for row in rows],
            people=queries.people_of(rows),
        )
