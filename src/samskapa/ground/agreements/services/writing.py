"""Writing lines: a new one, another wording, a removal. Writing is one's own confirmation; the others
answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Model

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from .. import domain
from ..models import Tables
from ..queries import ledger
from .fixing import Done, fix_concerned, line_in, lock, party_of


@transaction.atomic
def add_line(
    tables: Tables,
    root: Model,
    *,
    agreement: Model | None,
    text: str,
    owner_side: str,
    party: Model | None,
    by: Actor,
    now: datetime,
    common: bool = False,
    heading: str = "",
    reason: str = "",
    owner: Model | None = None,
    binds: Iterable[Model] = (),
    position: int | None = None,
    key: str = "",
) -> Done:
    """Write a new line; it comes last unless `position` says otherwise.

    agreement: where it is written; None only for common lines drafted before any agreement, or by a party
    to all. common: it stands in every agreement of the root. party: the writer, who thereby confirms it;
    None for a draft that a service makes for the parties and nobody has confirmed. owner: whose promise it
    is, where the side does not say. binds: the parties it binds, if not all. key: names this attempt, so
    that sending it twice writes one line. Refuses NotAParty, NotBound, EmptyText, TooLong.
    """
    text = domain.plain(text, limit=domain.MAX_TEXT)
    reason = domain.plain(reason, limit=domain.MAX_REASON, required=False)
    lock(tables, root.pk)
    if key and (existing := tables.line.objects.filter(root=root, key=key).first()):
        return Done(changed=False, line=existing, lines=(existing.pk,))
    common = common or agreement is None
    place = agreement.pk if agreement is not None else None
    book = ledger(tables, root.pk, agreement_id=place, line_ids=())
    bound = {p.pk for p in binds}
    if party is not None:
        party_of(book, party, place)
        if bound and party.pk not in bound:
            raise domain.NotBound
    if not bound <= book.party_ids(place) or (owner is not None and owner.pk not in book.party_ids(place)):
        raise domain.NotAParty
    if position is None:
        position = (tables.line.objects.filter(root=root).aggregate(last=Max("position"))["last"] or 0) + 1
    line = tables.line.objects.create(
        root=root,
        agreement=None if common else agreement,
        heading=heading.strip(),
        position=position,
        owner_side=domain.Side(owner_side).value,
        owner=owner,
        key=key,
    )
    if bound:
        tables.binding.objects.bulk_create(tables.binding(line=line, party_id=pk) for pk in sorted(bound))
    revision = _write(tables, line, None, place, text=text, reason=reason, removed=False, party=party, by=by, now=now)
    record(f"{tables.prefix}_line_added", by=by, at=now, on=line, revision=revision.pk, agreement=place)
    # Nobody has confirmed a draft yet, so nothing is settled by one that binds the parties to all: a version can wait.
    settles_nothing = party is None and not bound and bool(book.party_ids(None))
    versions = () if settles_nothing else fix_concerned(tables, root.pk, [line], by=by, now=now)
    return Done(changed=True, lines=(line.pk,), line=line, revision=revision, versions=versions)


@dataclass(frozen=True, slots=True)
class Draft:
    """A line that a service drafts for the parties. key: names it among the lines of the root."""

    key: str
    heading: str
    text: str
    owner_side: str


@transaction.atomic
def draft_lines(
    tables: Tables, agreement: Any, drafts: Sequence[Draft], *, by: Actor, now: datetime
) -> tuple[Any, ...]:
    """Write the first lines of a new agreement, in their order, in a fixed number of queries. Nobody has confirmed
    them, so no version can be fixed by it. Refuses EmptyText, TooLong; a key that is there already is refused by the
    database."""
    lock(tables, agreement.root_id)
    texts = [domain.plain(draft.text, limit=domain.MAX_TEXT) for draft in drafts]
    lines = tables.line.objects.bulk_create(
        tables.line(
            root_id=agreement.root_id,
            agreement=agreement,
            heading=draft.heading.strip(),
            position=position,
            owner_side=domain.Side(draft.owner_side).value,
            key=draft.key,
        )
        for position, draft in enumerate(drafts, start=1)
    )
    tables.revision.objects.bulk_create(
        tables.revision(
            line=line, number=1, text=text, agreement=agreement, by_party=None, by_person_id=by.person_id, at=now
        )
        for line, text in zip(lines, texts, strict=True)
    )
    record(f"{tables.prefix}_lines_drafted", by=by, at=now, on=agreement, lines=[line.pk for line in lines])
    return tuple(lines)


@transaction.atomic
def propose_change(
    tables: Tables,
    agreement: Model,
    line_id: int,
    *,
    text: str,
    based_on: int,
    party: Model | None,
    by: Actor,
    now: datetime,
    reason: str = "",
) -> Done:
    """Write a new wording of the line; what applies goes on applying until all it binds have confirmed the
    new one.

    based_on: id of the revision that the writer had read. If somebody has written since, ChangedMeanwhile
    carries the newest revision (a row of `tables.revision`), so that the page can show both texts; nothing
    is stored. party: the writer, who thereby confirms it; None where somebody who is no party drafts it for
    them, and all it binds have to confirm it. Refuses NotAParty, NotBound, NothingChanged, EmptyText, TooLong.
    """
    text = domain.plain(text, limit=domain.MAX_TEXT)
    return _propose(
        tables,
        agreement,
        line_id,
        text=text,
        removed=False,
        based_on=based_on,
        reason=reason,
        party=party,
        by=by,
        now=now,
    )


@transaction.atomic
def propose_removal(
    tables: Tables,
    agreement: Model,
    line_id: int,
    *,
    based_on: int,
    party: Model,
    by: Actor,
    now: datetime,
    reason: str = "",
) -> Done:
    """Propose that the line is taken out, which all it binds confirm like any other change.

    Refuses NotAParty, NotBound, ChangedMeanwhile, AlreadyRemoved, TooLong.
    """
    return _propose(
        tables,
        agreement,
        line_id,
        text="",
        removed=True,
        based_on=based_on,
        reason=reason,
        party=party,
        by=by,
        now=now,
    )


def _propose(
    tables: Tables,
    agreement: Any,
    line_id: int,
    *,
    text: str,
    removed: bool,
    based_on: int,
    reason: str,
    party: Model | None,
    by: Actor,
    now: datetime,
) -> Done:
    reason = domain.plain(reason, limit=domain.MAX_REASON, required=False)
    lock(tables, agreement.root_id)
    book = ledger(tables, agreement.root_id, agreement_id=agreement.pk, line_ids=[line_id])
    line = line_in(book, line_id, agreement.pk)
    found = book.standing(line, agreement.pk)
    if party is not None and party_of(book, party, agreement.pk) not in found.binds:
        raise domain.NotBound
    newest = book.revisions[line_id][-1]
    if newest.pk != based_on:
        writer = party.pk if party is not None else None
        is_my_own_again = newest.by_party_id == writer and newest.based_on_id == based_on
        if is_my_own_again and (newest.text, newest.removed) == (text, removed):
            return Done(changed=False, lines=(line_id,), line=line, revision=newest)
        raise domain.ChangedMeanwhile(newest)
    if newest.removed and removed:
        raise domain.AlreadyRemoved
    if not removed and not newest.removed and newest.text == text and found.status is not domain.Status.FALLEN:
        raise domain.NothingChanged
    revision = _write(
        tables,
        line,
        newest,
        agreement.pk,
        text=text,
        reason=reason,
        removed=removed,
        party=party,
        by=by,
        now=now,
    )
    verb = "removal_proposed" if removed else "change_proposed"
    record(f"{tables.prefix}_line_{verb}", by=by, at=now, on=line, revision=revision.pk, agreement=agreement.pk)
    versions = fix_concerned(tables, agreement.root_id, [line], by=by, now=now)
    return Done(changed=True, lines=(line_id,), line=line, revision=revision, versions=versions)


def _write(
    tables: Tables,
    line: Any,
    based_on: Any,
    agreement_id: int | None,
    *,
    text: str,
    reason: str,
    removed: bool,
    party: Model | None,
    by: Actor,
    now: datetime,
) -> Any:
    revision = tables.revision.objects.create(
        line=line,
        number=based_on.number + 1 if based_on is not None else 1,
        text=text,
        removed=removed,
        reason=reason,
        agreement_id=agreement_id,
        based_on=based_on,
        by_party=party,
        by_person_id=by.person_id,
        at=now,
    )
    if party is not None:
        tables.statement.objects.create(
            revision=revision,
            party=party,
            agreement_id=agreement_id,
            verdict=domain.Verdict.CONFIRMED.value,
            person_id=by.person_id,
            at=now,
        )
    return revision
