"""Everything the page of one agreement shows, in a fixed number of queries whatever its size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from ..domain import Segment, Side, Standing, Status, difference
from ..models import Tables
from . import words
from .ledger import Ledger, ledger


@dataclass(frozen=True, slots=True)
class CommentView:
    who: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A point as it is shown to one reader.

    text: what applies, or what is proposed where nothing applies yet. difference: word by word, where a new
    text is proposed beside one that applies, else empty. revision: the newest one, which answers must name.
    my_turn: the reader owes an answer. may_answer: the line binds the reader and is not closed to answers.
    may_write: the line binds the reader. last_text: the last wording, also of a line that no longer applies.
    """

    id: int
    number: int
    heading: str
    owner: str
    side: str
    status: Status
    state: str
    detail: str
    text: str
    proposed_text: str
    difference: list[Segment]
    is_removal: bool
    revision: int
    my_turn: bool
    may_answer: bool
    may_write: bool
    i_confirmed: bool
    i_answered: bool
    last_text: str
    comments: list[CommentView]

    @property
    def is_gone(self) -> bool:
        """Neither applies nor is proposed: kept for the history, shown folded."""
        return self.status is Status.REMOVED or (self.status is Status.FALLEN and not self.text)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of one agreement for one reader. version: the number of the valid one, 0 before the first."""

    agreement: Any
    lines: list[SheetLine]
    next_step: str
    is_settled: bool
    version: int
    fixed_at: datetime | None
    owes: dict[int, datetime]

    @property
    def groups(self) -> list[tuple[str, list[SheetLine]]]:
        """The lines under their headings, each heading where its first line stands."""
        grouped: dict[str, list[SheetLine]] = {}
        for line in self.lines:
            if not line.is_gone:
                grouped.setdefault(line.heading, []).append(line)
        return list(grouped.items())

    @property
    def gone(self) -> list[SheetLine]:
        return [line for line in self.lines if line.is_gone]

    @property
    def my_turn(self) -> list[SheetLine]:
        return [line for line in self.lines if line.my_turn]

    @property
    def to_confirm(self) -> list[SheetLine]:
        """What "Confirm all points" confirms for the reader: never a point that they have said no to."""
        return [line for line in self.lines if line.may_answer and not line.i_answered]


def sheet(
    tables: Tables,
    agreement: Model,
    viewer: Model | None,
    *,
    name_of: words.Names,
    stranger: Any = words.STRANGER,
) -> Sheet:
    """The page for the party `viewer`; None for somebody who reads without being a party, such as a
    coordinator.

    Six queries, or seven with a binding table. Comments and reasons from sister agreements are not in it, and
    their parties are called `stranger`.
    """
    book = ledger(tables, agreement.root_id, agreement_id=agreement.pk)  # type: ignore[attr-defined]
    mine = viewer.pk if viewer is not None else None
    parties = {pk: book.parties[pk] for pk in book.party_ids(agreement.pk)}
    cast = words.Cast(parties=parties, name_of=name_of, viewer=mine, stranger=stranger)
    comments = defaultdict(list)
    for comment in tables.comment.objects.filter(agreement=agreement).order_by("pk"):
        who = words.begin(cast.name(comment.party_id))
        comments[comment.line_id].append(CommentView(who=who, at=comment.at, text=comment.text))
    standings = book.standings(agreement.pk)
    rows = [
        _line(line, found, number, book, cast, agreement.pk, comments[line.pk])
        for number, (line, found) in enumerate(zip(book.lines_of(agreement.pk), standings, strict=True), start=1)
    ]
    version = tables.version.objects.filter(agreement=agreement).order_by("-number").first()
    owes = earliest(standings)
    settled = bool(standings) and all(found.is_settled for found in standings)
    return Sheet(
        agreement=agreement,
        lines=rows,
        next_step=words.next_step(
            [row.number for row in rows if row.my_turn],
            [party for party in owes if party != mine],
            cast,
            settled=settled,
            version=version.number if version else 0,
        ),
        is_settled=settled,
        version=version.number if version else 0,
        fixed_at=version.fixed_at if version else None,
        owes=owes,
    )


def earliest(standings: Iterable[Standing]) -> dict[int, datetime]:
    """Who owes an answer on any of the lines, and since when on the oldest."""
    owes: dict[int, datetime] = {}
    for found in standings:
        for party, since in found.owes.items():
            owes[party] = min(since, owes.get(party, since))
    return owes


def _line(
    line: Any,
    found: Standing,
    number: int,
    book: Ledger,
    cast: words.Cast,
    agreement_id: int,
    comments: list[CommentView],
) -> SheetLine:
    revisions = {r.pk: r for r in book.revisions[line.pk]}
    newest = revisions[found.newest.id]
    applying = revisions[found.applying.id].text if found.applying else ""
    proposed = "" if found.proposed is None or newest.removed else newest.text
    reason = newest.reason if newest.agreement_id in (None, agreement_id) else ""
    word = found.words.get(cast.viewer) if cast.viewer is not None else None
    bound = cast.viewer is not None and cast.viewer in found.binds
    last_text = next((r.text for r in reversed(book.revisions[line.pk]) if r.text), "")
    closed = found.status in {Status.AGREED, Status.REMOVED, Status.FALLEN}
    return SheetLine(
        id=line.pk,
        number=number,
        heading=line.heading,
        owner=cast.owner(line.owner_side, line.owner_id, found.binds),
        side=Side(line.owner_side).value,
        status=found.status,
        state=words.state(found, cast),
        detail=words.detail(found, cast, reason=reason),
        text=applying or proposed or (last_text if found.proposed is not None else ""),
        proposed_text=proposed if applying else "",
        difference=difference(applying, proposed) if applying and proposed else [],
        is_removal=newest.removed and found.proposed is not None,
        revision=newest.pk,
        my_turn=cast.viewer in found.owes,
        may_answer=bound and not closed,
        may_write=bound,
        i_confirmed=word is not None and word.verdict == "confirmed",
        i_answered=word is not None,
        last_text=last_text,
        comments=comments,
    )
