"""What follows when a party of an agreement writes or answers: whose turn it is, the mails, and the assignment's state.

What one may say, and what applies, is `ground.agreements`. Everything on one assignment happens in order: its row is
the lock, here and there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from samskapa.ground.agreements.domain import Standing
from samskapa.ground.agreements.queries import ledger
from samskapa.ground.agreements.queries.ledger import Ledger
from samskapa.ground.agreements.services import Done
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.services import record, record_look

from ..domain import ApplicationState, State
from ..domain.choosing import check_move
from ..models import TABLES, Agreement, Application, Assignment, Party, Version
from ..queries import agreements as queries
from ..queries.agreements import ListRow, Seat
from .telling import coordinators_of, hosts_of, tell

Answered = TypeVar("Answered")


class NotBeingWritten(Exception):
    """The agreement has ended, or the assignment is called off: what was confirmed stays, nothing is added."""


@transaction.atomic
def take_part(
    agreement: Agreement,
    give: Callable[[Agreement], Answered],
    *,
    done: Callable[[Answered], Done | None],
    party: Party,
    by: Actor,
    now: datetime,
) -> Answered:
    """Let `party` say something, and do all that follows from it, or nothing at all.

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


def follow_up(agreement: Agreement, done: Done, *, party: Party, by: Actor, now: datetime) -> None:
    """Whose turn it is now, who is told, and how far the assignment has come. The caller holds the lock."""
    assignment = agreement.root
    is_common = any(line.agreement_id is None for line in TABLES.line.objects.filter(pk__in=done.lines))
    concerned = list(_with_person(assignment)) if is_common else [agreement]
    note_turns(assignment.pk, concerned)
    _tell_of_news(assignment, agreement, concerned, done, party=party, now=now)
    for version in done.versions:
        _tell_of_version(assignment, version, now=now)
    settle(assignment, by=by, now=now)


def _with_person(assignment: Assignment) -> Iterable[Agreement]:
    return queries.live_agreements().filter(root=assignment).select_related("application").order_by("pk")


def note_turns(assignment_id: int, concerned: Iterable[Agreement]) -> None:
    """Keep on each agreement's row where the law says that it stands. The caller holds the lock."""
    concerned = list(concerned)
    one = concerned[0].pk if len(concerned) == 1 else None
    book = ledger(TABLES, assignment_id, agreement_id=one)
    valid = dict(Version.objects.filter(agreement__in=concerned).order_by("number").values_list("agreement_id", "fixed_at"))
    host = next((pk for pk, party in book.parties.items() if party.agreement_id is None), None)
    for agreement in concerned:
        standings = book.standings(agreement.pk)
        own = next((pk for pk, party in book.parties.items() if party.agreement_id == agreement.pk), None)
        person = [found.owes[own] for found in standings if own in found.owes]
        care = [found.owes[host] for found in standings if host in found.owes]
        agreement.person_owes, agreement.person_owes_since = len(person), min(person, default=None)
        agreement.host_owes, agreement.host_owes_since = len(care), min(care, default=None)
        is_settled = bool(standings) and all(found.is_settled for found in standings)
        agreement.settled_at = valid.get(agreement.pk) if is_settled else None
    Agreement.objects.bulk_update(
        concerned, ["person_owes", "person_owes_since", "host_owes", "host_owes_since", "settled_at"], batch_size=100
    )


def settle(assignment: Assignment, *, by: Actor, now: datetime) -> None:
    """AGREED when every chosen representative has an agreement with a fixed version and nothing open; AGREEING again
    when somebody opens a change, so that the desk sees that something waits. The caller holds the lock."""
    if assignment.state not in queries.BEING_WRITTEN:
        return
    live = queries.live_agreements().filter(root=assignment)
    open_ones = live.filter(settled_at=None).exists() or queries.missing_agreements(assignment).exists()
    state = State.AGREED if live.exists() and not open_ones else State.AGREEING
    if state == assignment.state:
        return
    check_move(assignment.state, state)
    assignment.state = state
    assignment.save(update_fields=["state"])
    record(f"assignments.{state.value}", by=by, at=now, on=assignment)


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
        agreement.save(
            update_fields=["ended_at", "person_owes", "person_owes_since", "host_owes", "host_owes_since"]
        )
        record("assignments.agreement_ended", by=by, at=now, on=agreement)
    return len(rows)


# --- mails ----------------------------------------------------------------------------------------


def turn_key_of_representative(agreement: Agreement, now: datetime) -> str:
    """One mail a day to her about this agreement, however many points are written."""
    return f"agreement-turn-{agreement.pk}-{timezone.localdate(now).isoformat()}"


def turn_key_of_host(assignment_id: int, now: datetime) -> str:
    """One mail a day to each host about all agreements of the assignment."""
    return f"agreements-turn-{assignment_id}-{timezone.localdate(now).isoformat()}"


def _tell_of_news(
    assignment: Assignment,
    agreement: Agreement,
    concerned: list[Agreement],
    done: Done,
    *,
    party: Party,
    now: datetime,
) -> None:
    """Tell those who came to owe an answer by this act; a comment is told to the other party of the agreement."""
    book = ledger(TABLES, assignment.pk, line_ids=done.lines)
    is_comment = done.revision is None and done.line is not None
    host_is_told = False
    for each in concerned:
        owing = _came_to_owe(book, each, now)
        own = next((pk for pk, p in book.parties.items() if p.agreement_id == each.pk), None)
        is_here = each.pk == agreement.pk
        if own != party.pk and (own in owing or (is_comment and is_here)):
            tell(
                "agreement_news",
                [each.application.person_id],
                assignment,
                key=turn_key_of_representative(each, now),
                now=now,
                path=reverse("assignments:agreement", args=[each.pk]),
            )
        if party.agreement_id is not None and (owing - {own, party.pk} or (is_comment and is_here)):
            host_is_told = True
    if host_is_told:
        tell(
            "agreements_news",
            hosts_of(assignment),
            assignment,
            key=turn_key_of_host(assignment.pk, now),
            now=now,
            path=reverse("assignments:agreements", args=[assignment.pk]),
        )


def _came_to_owe(book: Ledger, agreement: Agreement, now: datetime) -> set[int]:
    """Parties whose answer has been waited for since this very moment, on the lines in the book."""
    found: list[Standing] = book.standings(agreement.pk)
    return {party for standing in found for party, since in standing.owes.items() if since >= now}


def _tell_of_version(assignment: Assignment, version: Version, *, now: datetime) -> None:
    """Both parties get the link to what they have agreed on. The file itself stays behind the log-in: it tells of
    pay and access needs, and a mail may be read by others (DESIGN 3.9, 8)."""
    agreement = Agreement.objects.select_related("application").get(pk=version.agreement_id)
    tell(
        "agreement_version",
        [agreement.application.person_id, *hosts_of(assignment)],
        assignment,
        key=f"agreement-version-{version.pk}",
        now=now,
        path=reverse("assignments:agreement", args=[agreement.pk]),
        paper=reverse("assignments:agreement_version_pdf", args=[agreement.pk, version.number]),
        number=version.number,
    )


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
