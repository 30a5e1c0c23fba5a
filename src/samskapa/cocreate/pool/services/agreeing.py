"""The joining agreement: drafted when a member is welcomed, confirmed point by point, ended when the member leaves.

What one may say, and what applies, is `ground.agreements`. Everything on one member happens in order: the person's row
and the member's are the lock, here and there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from samskapa.ground.agreements import services as law
from samskapa.ground.agreements.domain import NotBeingWritten
from samskapa.ground.agreements.queries import ledger
from samskapa.ground.agreements.services import Done
from samskapa.ground.core.domain import BLANKED, Actor
from samskapa.ground.core.services import record, record_look

from ..domain import NotThatMove, is_minor
from ..domain.agreement import REMINDERS, SIDES, next_reminder, points_for
from ..models import TABLES, Agreement, Comment, Member, Party, Revision, Statement, Version
from ..queries import agreement as queries
from ..queries import starting_text
from ..queries.agreement_words import LANGUAGE, heading, text_for
from ..queries.members import who_answers_for
from .moving import heard, lock, tell

_WAITING = ("person_waits_since", "group_waits_since", "told", "told_at")
Answered = TypeVar("Answered")


@transaction.atomic
def draft_agreement(member: Member, *, by: Actor, now: datetime) -> Agreement:
    """Draft the agreement of a member who is welcomed, or who became one before there were any. Nobody has confirmed a
    draft. Twice is once. Raises NotThatMove before one is welcomed and after one has left."""
    member = lock(member)
    if member.status not in queries.WITH_AGREEMENT:
        raise NotThatMove(member.status)
    if known := queries.agreement_of(member):
        return known
    agreement = Agreement.objects.create(root=member, created_at=now)
    Party.objects.create(root=member, agreement=agreement, side="person", person=member.person)
    Party.objects.create(root=member, agreement=agreement, side="care", node=member.group.node)
    record("pool.agreement_drafted", by=by, at=now, on=agreement, member_id=member.pk)
    points = starting_text.points_of(starting_text.newest(member.group))
    with translation.override(LANGUAGE):
        drafts = [
            law.Draft(
                key=f"draft-{point.key}-{agreement.pk}",
                heading=heading(point.heading),
                text=text_for(point, member),
                owner_side=SIDES[point.heading],
            )
            for point in points_for(points, is_minor=is_minor(member.age))
        ]
    law.draft_lines(TABLES, agreement, drafts, by=by, now=now)
    _note_turns(agreement, now=now)
    return agreement


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

    give: calls one service of `ground.agreements` on the agreement, whose member is locked. done: what came of it;
    None where it was refused, and then nothing follows. Raises NotBeingWritten.
    """
    member = lock(agreement.root)
    agreement = Agreement.objects.get(pk=agreement.pk)
    agreement.root = member
    if agreement.ended_at is not None:
        raise NotBeingWritten
    answered = give(agreement)
    outcome = done(answered)
    if outcome is not None and outcome.changed:
        waiting = _note_turns(agreement, said_by=party.side, now=now)
        if party.side == "person":
            heard(member, by=by, now=now)
        _tell(agreement, outcome, party, waiting, now=now)
    return answered


def confirm_all(agreement: Agreement, *, party: Party, by: Actor, now: datetime) -> Done:
    """Confirm every point that waits for the party, as the one button of the page does. Raises NotBeingWritten."""
    shown = queries.sheet_for(agreement, party)
    expected = {line.id: line.revision for line in shown.to_confirm}
    return take_part(
        agreement,
        lambda held: law.confirm_all(TABLES, held, expected=expected, party=party, by=by, now=now),
        done=lambda outcome: outcome,
        party=party,
        by=by,
        now=now,
    )


def end_agreements(member: Member, *, by: Actor, now: datetime) -> None:
    """The member leaves: what was written and said becomes a dash. That there was an agreement, and when, stays. The
    caller holds the lock."""
    theirs = Agreement.objects.filter(root=member)
    for agreement in theirs.filter(ended_at=None):
        agreement.ended_at = now
        agreement.person_owes = agreement.group_owes = agreement.told = 0
        agreement.person_waits_since = agreement.group_waits_since = agreement.told_at = None
        agreement.save(update_fields=["ended_at", "person_owes", "group_owes", *_WAITING])
        record("pool.agreement_ended", by=by, at=now, on=agreement)
        Revision.objects.filter(agreement=agreement).update(text=BLANKED, reason="")
        Statement.objects.filter(agreement=agreement).update(reason="")
        Comment.objects.filter(agreement=agreement).update(text=BLANKED)


def note_agreement_read(agreement: Agreement, party: Party, *, by: Actor, now: datetime) -> None:
    """A coordinator reads what a member has said there: a look at the person."""
    if party.side == "care":
        record_look(agreement.root.person_id, by=by, at=now, what=f"pool.agreement:{agreement.pk}")


@transaction.atomic
def remind_of_agreement(agreement: Agreement, *, by: Actor, now: datetime) -> int | None:
    """Take the step of reminding that is due: the member twice, then a coordinator. Which one it was; None where none
    is. The step is kept on the row and the mail has a key of its own, so each happens once."""
    member = lock(agreement.root)
    agreement = Agreement.objects.get(pk=agreement.pk)
    since = agreement.person_waits_since
    if since is None or member.status not in queries.REMINDED:
        return None
    step = next_reminder(agreement.told, waits_since=since, told_at=agreement.told_at, now=now)
    if step is None:
        return None
    agreement.root, agreement.told, agreement.told_at = member, step, now
    agreement.save(update_fields=["told", "told_at"])
    record("pool.agreement_reminded", by=by, at=now, on=agreement, step=step)
    to_member = step <= REMINDERS
    tell(
        "agreement_waits" if to_member else "agreement_silent",
        [member.person_id] if to_member else who_answers_for(member),
        member,
        key=f"agreement-waits-{agreement.pk}-{since:%Y%m%d%H%M%S}-{step}",
        now=now,
        path=reverse("pool:agreement", args=[agreement.pk]),
        number=agreement.person_owes,
    )
    return step


def _note_turns(agreement: Agreement, *, said_by: str = "", now: datetime) -> set[tuple[int, str]]:
    """Keep on the row where the law says that it stands. Returns which line waits for which side. The caller holds the
    lock. said_by: the side that has just said something: who speaks is not reminded until it has been silent anew."""
    book = ledger(TABLES, agreement.root_id, agreement_id=agreement.pk)
    standings = book.standings(agreement.pk)
    waiting = {(found.line, str(book.parties[party].side)) for found in standings for party in found.owes}
    agreement.person_owes = sum(side == "person" for _line, side in waiting)
    agreement.group_owes = len(waiting) - agreement.person_owes
    ours = [since for found in standings for party, since in found.owes.items() if book.parties[party].side == "care"]
    agreement.group_waits_since = min(ours, default=None)
    if not agreement.person_owes or said_by == "person" or agreement.person_waits_since is None:
        agreement.person_waits_since = now if agreement.person_owes else None
        agreement.told, agreement.told_at = 0, None
    newest = Version.objects.filter(agreement=agreement).order_by("-number").first()
    is_settled = bool(standings) and all(found.is_settled for found in standings)
    agreement.settled_at = newest.fixed_at if newest and is_settled else None
    agreement.save(update_fields=["person_owes", "group_owes", "settled_at", *_WAITING])
    return waiting


def _tell(agreement: Agreement, done: Done, party: Party, waiting: set[tuple[int, str]], *, now: datetime) -> None:
    """The other side is told when what was said now waits for its answer, or speaks to it: one mail a day. Both are
    told when all is settled."""
    member, path = agreement.root, reverse("pool:agreement", args=[agreement.pk])
    group = who_answers_for(member)
    if done.versions:
        tell(
            "agreement_settled",
            [member.person_id, *group],
            member,
            key=f"agreement-settled-{done.versions[0].pk}",
            now=now,
            path=path,
        )
        return
    is_comment = done.revision is None and done.line is not None
    other = "care" if party.side == "person" else "person"
    if is_comment or any((line, other) in waiting for line in done.lines):
        tell(
            "agreement_news",
            group if other == "care" else [member.person_id],
            member,
            key=f"agreement-news-{agreement.pk}-{other}-{timezone.localdate(now).isoformat()}",
            now=now,
            path=path,
        )
