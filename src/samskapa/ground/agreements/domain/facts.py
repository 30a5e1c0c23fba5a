"""What the law is told, and what it finds. A revision is its id: texts play no part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from .words import SETTLED, Status, Verdict


@dataclass(frozen=True, slots=True)
class Revision:
    """One wording of a line. `by`: the party who wrote it; None where it was drafted for the parties."""

    id: int
    number: int
    by: int | None
    at: datetime
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What `party` said of `revision`. `here`: said in the agreement that is looked at, not in a sister of
    it."""

    revision: int
    party: int
    verdict: Verdict
    at: datetime
    reason: str = ""
    here: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A line as one agreement sees it: whom it binds there, its revisions and statements in the order
    written."""

    id: int
    binds: frozenset[int]
    revisions: tuple[Revision, ...]
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a line stands in one agreement.

    applying: the revision that applies now, whatever is being discussed; None if none does.
    words: the latest statement on the newest revision, by party.
    owes: who owes an answer, and since when.
    objection: the latest "not agreed" that still stands.
    settled_at: when the last word was said that settled it.
    """

    line: int
    binds: frozenset[int]
    status: Status
    newest: Revision
    applying: Revision | None
    words: Mapping[int, Statement] = field(default_factory=dict)
    owes: Mapping[int, datetime] = field(default_factory=dict)
    objection: Statement | None = None
    settled_at: datetime | None = None

    @property
    def is_settled(self) -> bool:
        return self.status in SETTLED

    @property
    def proposed(self) -> Revision | None:
        """The newest revision where it does not apply (yet): waiting, not agreed, or left open."""
        if self.status in {Status.AGREED, Status.REMOVED, Status.FALLEN}:
            return None
        return self.newest
