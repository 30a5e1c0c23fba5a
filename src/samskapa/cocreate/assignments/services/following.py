"""What follows on an act in an agreement: whose turn it is, who is told, and how far the assignment has come.

Everything here is called by a service that holds the lock on the assignment's row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from samskapa.ground.agreements.domain import Standing
from samskapa.ground.agreements.queries import Ledger, ledger
from samskapa.ground.agreements.services import Done
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import publish, record

from ..domain import ApplicationState, State
from ..domain.choosing import check_move
from ..models import TABLES, Agreement, Assignment, Line, Party, Version
from ..queries import agreements as queries
from .telling import hosts_of, tell
from .terms import note_terms


def follow_up(agreement: Agreement, done: Done, *, party: Party | None, by: Actor, now: datetime) -> None:
    """Whose turn it is now, who is told, and how far the assignment has come. The caller holds the lock.

    party: who said it; None where a coordinator drafted it for both.
    """
    assignment = agreement.root
    is_common = any(line.agreement_id is None for line in Line.objects.filter(pk__in=done.lines))
    concerned = list(_with_person(assignment)) if is_common else [agreement]
    note_turns(assignment.pk, concerned)
    note_terms(assignment, done.lines, by=by, now=now)
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
    valid = dict(
        Version.objects.filter(agreement__in=concerned).order_by("number").values_list("agreement_id", "fixed_at")
    )
    host = next((pk for pk, party in book.parties.items() if party.agreement_id is None), None)
    for agreement in concerned:
        standings = book.standings(agreement.pk)
        own = next((pk for pk, party in book.parties.items() if party.agreement_id == agreement.pk), None)
        person = [found.owes[own] for found in standings if own is not None and own in found.owes]
        care = [found.owes[host] for found in standings if host is not None and host in found.owes]
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
    # Whose term has come to its end was chosen and has left nothing open.
    somebody = Agreement.objects.filter(root=assignment, application__state=ApplicationState.CHOSEN).exists()
    state = State.AGREED if somebody and not open_ones else State.AGREEING
    if state == assignment.state:
        return
    check_move(assignment.state, state)
    assignment.state = state
    assignment.save(update_fields=["state"])
    record(f"assignments.{state.value}", by=by, at=now, on=assignment)
    if state is State.AGREED:
        publish("assignments.agreed", now=now, key=f"{assignment.pk}-{now:%Y%m%d%H%M%S%f}", assignment_id=assignment.pk)


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
    party: Party | None,
    now: datetime,
) -> None:
    """Tell those who came to owe an answer by this act; a comment is told to the other party of the agreement."""
    book = ledger(TABLES, assignment.pk, line_ids=done.lines)
    is_comment = done.revision is None and done.line is not None
    host_is_told = False
    writer = party.pk if party is not None else None
    for each in concerned:
        owing = _came_to_owe(book, each, now)
        own = next((pk for pk, p in book.parties.items() if p.agreement_id == each.pk), None)
        is_here = each.pk == agreement.pk
        if own != writer and (own in owing or (is_comment and is_here)):
            tell(
                "agreement_news",
                [each.application.person_id],
                assignment,
                key=turn_key_of_representative(each, now),
                now=now,
                path=reverse("assignments:agreement", args=[each.pk]),
            )
        if (party is None or party.agreement_id is not None) and (owing - {own, writer} or (is_comment and is_here)):
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
