"""The table of kinds of documents, and the documents that it leads to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from samskapa.ground.documents.domain.records import Paper, Passage, Record, RecordKind

#: Before anything was written here.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Found:
    """A document, and its kind."""

    kind: RecordKind
    record: Record

    @property
    def number(self) -> str:
        """Our number: the kind's mark and the document's own."""
        return f"{self.kind.mark}-{self.record.ref}"

    @property
    def has_paper(self) -> bool:
        """Whether it lies as a file of its own."""
        return bool(self.kind.paper) and self.record.paper_id is not None

    @property
    def is_only_a_file(self) -> bool:
        """Whether the file says something that stands in no text here."""
        return self.has_paper and not self.kind.words

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All that it says; what is on paper too."""
        if self.kind.words and self.record.paper_id is not None:
            return (*self.record.passages, *call(self.kind.words, self.record.paper_id))
        return self.record.passages

    def text(self) -> str:
        """All that it says, as one text with the labels before."""
        return "\n\n".join(f"{passage.label}\n{passage.text}" for passage in self.passages)


def paper_of(found: Found) -> Paper | None:
    """The document as a file; None where it has none, or none any more."""
    if not found.has_paper:
        return None
    paper: Paper | None = call(found.kind.paper, found.record.paper_id)
    return paper


def kinds() -> tuple[RecordKind, ...]:
    """Every kind of document, in the table's order."""
    return settings.PUBLIC_RECORDS


def kind_called(key: str) -> RecordKind | None:
    return next((kind for kind in kinds() if kind.key == key), None)


def call(path: str, *args: Any, **kwargs: Any) -> Any:
    """What the dotted path answers."""
    return import_string(path)(*args, **kwargs)


def documents(node_path: str, since: datetime, until: datetime, *, keys: Collection[str] | None = None) -> list[Found]:
    """The organisation's documents that arose from `since` until just before `until`, the oldest first; `keys` keeps
    to some kinds. A fixed number of queries for each kind."""
    found = [
        Found(kind, record)
        for kind in kinds()
        if kind.rows and (keys is None or kind.key in keys)
        for record in call(kind.rows, node_path, since, until)
    ]
    return sorted(found, key=lambda each: (each.record.at, each.number))
