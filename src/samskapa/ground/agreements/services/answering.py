"""Answering: yes, no with a reason, "let us leave it open", a comment; one line, or a whole page with one
button."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from .. import domain
from ..domain import Verdict
from ..models import Tables
from ..queries import ledger
from .fixing import Done, fix_concerned, line_in, lock, party_of


@transaction.atomic
def confirm(
    tables: Tables, agreement: Model, line_id: int, *, revision: int, party: Model, by: Actor, now: datetime
) -> Done:
    """Say yes to the revision with the id `revision`. When all it binds have, it applies at once.

    Refuses NotAParty, NotBound, ChangedMeanwhile, TakenBack. Confirming twice does nothing the second time.
    """
    return _say(
        tables,
        agreement,
        line_id,
        revision=revision,
        verdict=Verdict.CONFIRMED,
        reason="",
        party=party,
        by=by,
        now=now,
    )


@transaction.atomic
def say_not_agreed(
    tables: Tables,
    agreement: Model,
    line_id: int,
    *,
    revision: int,
    reason: str,
    party: Model,
    by: Actor,
    now: datetime,
) -> Done:
    """Say no, and why. Said of one's own proposal it takes the proposal back.

    Refuses ReasonMissing, TooLong, NotAParty, NotBound, ChangedMeanwhile, AlreadyConfirmed, TakenBack.
    """
    return _say(
        tables,
        agreement,
        line_id,
        revision=revision,
        verdict=Verdict.NOT_AGREED,
        reason=reason,
        party=party,
        by=by,
        now=now,
    )


@transaction.atomic
def leave_open(
    tables: Tables,
    agreement: Model,
    line_id: int,
    *,
    revision: int,
    party: Model,
    by: Actor,
    now: datetime,
    reason: str = "",
) -> Done:
    """Say that one does not agree and can live with that. Open it is when all whom it binds have said so.

    Refuses TooLong, NotAParty, NotBound, ChangedMeanwhile, AlreadyConfirmed, TakenBack.
    """
    return _say(
        tables,
        agreement,
        line_id,
        revision=revision,
        verdict=Verdict.LEFT_OPEN,
        reason=reason,
        party=party,
        by=by,
        now=now,
    )


@transaction.atomic
def confirm_all(
    tables: Tables,
    agreement: Any,
    *,
    expected: Mapping[int, int],
    party: Model,
    by: Actor,
    now: datetime,
    except_: Collection[int] = (),
) -> Done:
    """Confirm every line that the page showed, but those taken out. A fixed number of queries.

    expected: line id -> id of the revision that was shown. except_: line ids taken out. What changed since
    it was shown is left alone and named in `changed_meanwhile`; what does not bind the party, or is closed,
    is passed over. Refuses NotAParty, also for a line of another agreement.
    """
    wanted = {line: revision for line, revision in expected.items() if line not in set(except_)}
    lock(tables, agreement.root_id)
    book = ledger(tables, agreement.root_id, agreement_id=agreement.pk, line_ids=wanted)
    me = party_of(book, party, agreement.pk)
    confirmed, changed = [], []
    for line_id in sorted(wanted):
        line = line_in(book, line_id, agreement.pk)
        found = book.standing(line, agreement.pk)
        word = found.words.get(me)
        if word is not None and word.verdict is not Verdict.CONFIRMED:
            continue  # one's own no is overruled by name only, never by one button for a whole page
        try:
            says_something = domain.must_record(
                found,
                party=me,
                verdict=Verdict.CONFIRMED,
                revision=wanted[line_id],
            )
        except domain.ChangedMeanwhile:
            changed.append(line_id)
        except (domain.NotBound, domain.TakenBack):
            continue
        else:
            if says_something:
                confirmed.append(line)
    if not confirmed:
        return Done(changed=False, changed_meanwhile=tuple(changed))
    tables.statement.objects.bulk_create(
        tables.statement(
            revision_id=wanted[line.pk],
            party=party,
            agreement=agreement,
            verdict=Verdict.CONFIRMED.value,
            person_id=by.person_id,
            at=now,
        )
        for line in confirmed
    )
    record(
        f"{tables.prefix}_lines_confirmed",
        by=by,
        at=now,
        on=agreement,
        party=me,
        revisions=[wanted[line.pk] for line in confirmed],
    )
    versions = fix_concerned(tables, agreement.root_id, confirmed, by=by, now=now)
    return Done(
        changed=True,
        lines=tuple(line.pk for line in confirmed),
        versions=versions,
        changed_meanwhile=tuple(changed),
    )


@transaction.atomic
def comment(tables: Tables, agreement: Any, line_id: int, *, text: str, party: Model, by: Actor, now: datetime) -> Done:
    """Say something about a line, to the parties of this agreement. It confirms and refuses nothing.

    Any party may, also one whom the line does not bind. The same words by the same party straight after
    themselves are a double click and stored once. Refuses EmptyText, TooLong, NotAParty.
    """
    text = domain.plain(text, limit=domain.MAX_REASON)
    lock(tables, agreement.root_id)
    book = ledger(tables, agreement.root_id, agreement_id=agreement.pk, line_ids=[line_id])
    me = party_of(book, party, agreement.pk)
    line = line_in(book, line_id, agreement.pk)
    last = tables.comment.objects.filter(line=line, agreement=agreement).order_by("-pk").first()
    if last is not None and (last.party_id, last.text) == (me, text):
        return Done(changed=False, lines=(line_id,), line=line)
    row = tables.comment.objects.create(
        line=line, agreement=agreement, party=party, person_id=by.person_id, text=text, at=now
    )
    record(f"{tables.prefix}_line_commented", by=by, at=now, on=line, comment=row.pk, agreement=agreement.pk)
    return Done(changed=True, lines=(line_id,), line=line)


_ACTIONS = {
    Verdict.CONFIRMED: "line_confirmed",
    Verdict.NOT_AGREED: "line_not_agreed",
    Verdict.LEFT_OPEN: "line_left_open",
}


def _say(
    tables: Tables,
    agreement: Any,
    line_id: int,
    *,
    revision: int,
    verdict: Verdict,
    reason: str,
    party: Model,
    by: Actor,
    now: datetime,
) -> Done:
    reason = domain.plain(reason, limit=domain.MAX_REASON, required=False)
    lock(tables, agreement.root_id)
    book = ledger(tables, agreement.root_id, agreement_id=agreement.pk, line_ids=[line_id])
    me = party_of(book, party, agreement.pk)
    line = line_in(book, line_id, agreement.pk)
    found = book.standing(line, agreement.pk)
    newest = book.revisions[line_id][-1]
    try:
        says_something = domain.must_record(found, party=me, verdict=verdict, revision=revision, reason=reason)
    except domain.ChangedMeanwhile:
        raise domain.ChangedMeanwhile(newest) from None
    if not says_something:
        return Done(changed=False, lines=(line_id,), line=line, revision=newest)
    tables.statement.objects.create(
        revision=newest,
        party=party,
        agreement=agreement,
        verdict=verdict.value,
        reason=reason,
        person_id=by.person_id,
        at=now,
    )
    record(
        f"{tables.prefix}_{_ACTIONS[verdict]}",
        by=by,
        at=now,
        on=line,
        revision=revision,
        party=me,
        agreement=agreement.pk,
    )
    versions = fix_concerned(tables, agreement.root_id, [line], by=by, now=now)
    return Done(changed=True, lines=(line_id,), line=line, revision=newest, versions=versions)
