"""Was each promise kept? What both sides say of the points of the valid version."""

from __future__ import annotations

from dataclasses import dataclass

from samskapa.cocreate.assignments.models import Agreement

from ..domain import Side
from ..models import Promise
from . import lines_of, newest_promises


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A point of the valid version, and what each side says of it; None: nothing yet. side: who promised it."""

    line_id: int
    side: str
    text: str
    person: Promise | None
    host: Promise | None

    def of(self, side: Side) -> Promise | None:
        return self.person if side is Side.PERSON else self.host


def promise_rows(agreement: Agreement) -> list[PromiseRow]:
    """In three queries, however many points there are."""
    said = newest_promises(agreement)
    return [
        PromiseRow(
            line_id=held.line_id,
            side=held.line.owner_side,
            text=held.revision.text,
            person=said.get((held.line_id, Side.PERSON)),
            host=said.get((held.line_id, Side.HOST)),
        )
        for held in lines_of(agreement)
    ]
