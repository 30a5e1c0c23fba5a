"""Whether the trail is whole. Reads it in pages, so that its length costs time and no memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Min

from ..domain import HeadIsBroken, TrailHead, link_digest, read_head, subjects_of
from ..models import AuditEntry, AuditLink, AuditSubject
from .trail import seal

#: Rows a page.
PAGE = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    """kind: "changed", "removed" or "put in". what: the row or the place in the chain. why: what shows it."""

    kind: str
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}: {self.why}"


def read_heads(path: Path) -> list[TrailHead]:
    """The heads that a file holds, one a line; none where there is no file. Raises HeadIsBroken."""
    if not path.exists():
        return []
    *lines, half = path.read_text(encoding="utf-8").split("\n")
    with suppress(HeadIsBroken):  # a last line without its end: the machine stopped while it was written
        lines += [str(read_head(half))]
    return [read_head(line) for line in lines if line.strip()]


@dataclass(slots=True)
class Verification:
    """One walk over the trail: `faults()` yields what it finds, the rest tells of it afterwards.

    heads: how far the chain is known to have come, by what lies outside the database.
    rows: how many were looked at. unlinked: how many of them are in no chain yet, the oldest since when.
    """

    heads: Iterable[TrailHead] = ()
    rows: int = 0
    unlinked: int = 0
    unlinked_since: datetime | None = None
    head: TrailHead | None = None
    _last_entry: int | None = field(default=None, init=False)

    def faults(self) -> Iterator[Fault]:
        """Each row that was changed, removed or put in."""
        # First those that are not linked: one that is linked meanwhile is met again in the chain, none is missed.
        yield from self._unlinked()
        yield from self._chain()
        yield from self._copies()

    # --- rows ------------------------------------------------------------------------------------

    def _unlinked(self) -> Iterator[Fault]:
        rows, last = AuditEntry.objects.filter(link=None).order_by("pk"), None
        rows = rows.values("pk", "mac", *AuditEntry.SEALED)
        while page := list((rows if last is None else rows.filter(pk__gt=last))[:PAGE]):
            last = page[-1]["pk"]
            self.unlinked += len(page)
            self.unlinked_since = min(filter(None, [self.unlinked_since, *(row["at"] for row in page)]))
            subjects = _subjects([row["pk"] for row in page])
            for row in page:
                yield from self._row(row, subjects, linked=False)

    def _row(self, row: dict[str, Any], subjects: dict[int, list[int]], *, linked: bool) -> Iterator[Fault]:
        self.rows += 1
        fields = {name: row[name] for name in AuditEntry.SEALED}
        if row["mac"] != seal(fields):
            why = "its seal is not ours" + (
                "; or put in, and then linked" if linked else "; or changed before it was linked"
            )
            yield Fault("changed" if linked else "put in", f"entry {row['pk']}", why)
        elif subjects.get(row["pk"], []) != subjects_of(row["action"], row["object_id"], row["details"]):
            yield Fault("changed", f"entry {row['pk']}", "whom it is about is not what it says")

    # --- the chain -------------------------------------------------------------------------------

    def _chain(self) -> Iterator[Fault]:
        wanted: dict[int, set[str]] = defaultdict(set)
        for head in self.heads:
            wanted[head.position].add(head.digest)
        agreed, position, last = 0, 0, None
        #: What the link before may have had as its digest; None where it is gone.
        before: set[str] | None = {""}
        differs: list[int] = []
        links = AuditLink.objects.order_by("position").values_list("position", "digest", "entry_id")
        while page := list((links if last is None else links.filter(position__gt=last))[:PAGE]):
            last = page[-1][0]
            ids = [entry_id for _, _, entry_id in page]
            entries = {row["pk"]: row for row in _entries(ids)}
            subjects = _subjects(ids)
            for found, digest, entry_id in page:
                if found != position + 1:
                    yield self._gap(position + 1, found, entry_id)
                    before = None
                position, self._last_entry = found, entry_id
                self.head = TrailHead(found, digest)
                row = entries.get(entry_id)
                if row is None:
                    yield Fault("removed", f"entry {entry_id}", f"the chain has it at position {found}")
                    before = {digest}
                else:
                    of_row = list(self._row(row, subjects, linked=True))
                    yield from of_row
                    may_be = _digests(before, found, row)
                    if may_be and digest not in may_be and not of_row:
                        yield Fault("changed", f"entry {entry_id}", f"the link at position {found} does not fit")
                    before = {digest, *may_be}
                if found in wanted:
                    differs += [found] * (wanted.pop(found) != {digest})
                    agreed = agreed if differs else found
        yield from self._against_heads(agreed, position, differs, wanted)

    def _gap(self, first: int, found: int, entry_id: int) -> Fault:
        if found < first:
            return Fault("put in", f"position {found}", "the chain begins at 1")
        where = f"positions {first} to {found - 1}" if found - first > 1 else f"position {first}"
        after = f"after entry {self._last_entry}, " if self._last_entry else ""
        return Fault("removed", where, f"{after}before entry {entry_id}")

    def _against_heads(
        self, agreed: int, position: int, differs: list[int], beyond: dict[int, set[str]]
    ) -> Iterator[Fault]:
        if differs:
            yield Fault(
                "removed",
                f"positions {agreed + 1} to {differs[-1]}",
                "what stands there now is not what the head said: cut off, and gone on with",
            )
        ahead = [each for each in beyond if each > position]
        if ahead:
            first, last = position + 1, max(ahead)
            where = f"positions {first} to {last}" if last > first else f"position {first}"
            yield Fault("removed", where, f"the head said that the chain had come to {last}")

    # --- copies ----------------------------------------------------------------------------------

    def _copies(self) -> Iterator[Fault]:
        """A true row once more: the database refuses it, unless somebody has lifted that."""
        twice = AuditEntry.objects.order_by().values("uid").annotate(rows=Count("pk"), first=Min("pk"))
        for each in twice.filter(rows__gt=1).iterator(chunk_size=PAGE):
            copies = AuditEntry.objects.filter(uid=each["uid"]).exclude(pk=each["first"]).order_by("pk")
            for pk in copies.values_list("pk", flat=True):
                yield Fault("put in", f"entry {pk}", f"it is a copy of entry {each['first']}")


def _entries(ids: list[int]) -> Iterable[dict[str, Any]]:
    return AuditEntry.objects.filter(pk__in=ids).values("pk", "mac", *AuditEntry.SEALED)


def _subjects(ids: list[int]) -> dict[int, list[int]]:
    found = defaultdict(list)
    rows = AuditSubject.objects.filter(entry_id__in=ids).order_by("entry_id", "person_id")
    for entry_id, person_id in rows.values_list("entry_id", "person_id"):
        found[entry_id].append(person_id)
    return found


def _digests(before: set[str] | None, position: int, row: dict[str, Any]) -> set[str]:
    """What the digest of this link may be, by what the one before may have had."""
    return {
        link_digest(each, position=position, entry_id=row["pk"], mac=row["mac"], key=settings.TRAIL_KEY)
        for each in before or ()
    }
