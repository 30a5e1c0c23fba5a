"""What a public body says of each kind of document that arises here: how it is registered, what secrecy is to be
assessed, and when it may be disposed of. Each app answers in these words; config/public_records.py lists the kinds.

Nothing here settles a question of law: a secrecy is always one *to assess*, a disposal always a *proposal* until the
organisation has decided (docs/public-records.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Handling(StrEnum):
    """How it is kept findable (OSL 5 kap. 1 §)."""

    REGISTERED = "registered"  # in the diary
    IN_ORDER = "in_order"  # kept so that one can see without difficulty whether it has come in or been drawn up


class Way(StrEnum):
    """How it arose."""

    IN = "in"
    OUT = "out"
    MADE = "made"


class Watch(StrEnum):
    """What is likely in a text, so that whoever assesses looks there first."""

    NOTHING = ""
    HEALTH = "health"
    NAME = "name"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a document. label: what it is called. watch: what is likely in it."""

    label: Any
    text: str
    watch: Watch = Watch.NOTHING


@dataclass(frozen=True, slots=True)
class Record:
    """One document. ref: its number within its kind, the same for ever. at: when it came in, was sent or was drawn up.
    who: from whom or to whom; a number, not a name, while the unit does not know the name. about: what it is about.
    assignment_id: to which assignment it belongs. person_id: whom it is about. paper_id: what the kind's `paper` and
    `words` are asked for; None: it has none."""

    ref: str
    at: datetime
    way: Way
    who: str
    about: str
    passages: tuple[Passage, ...]
    assignment_id: int | None = None
    person_id: int | None = None
    paper_id: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as a file. ending: of its name ("pdf"). called: its own name without the ending; "" where the number
    says all."""

    ending: str
    content: bytes
    called: str = ""

    def named(self, number: str) -> str:
        """What the file is called in an archive, beside the document's number."""
        return f"{number}-{self.called}.{self.ending}" if self.called else f"{number}.{self.ending}"


@dataclass(frozen=True, slots=True)
class PastDue:
    """A thing of a kind whose time counts from `at`. title: what it is called."""

    thing_id: int
    at: datetime
    title: str


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of document: a row of config/public_records.py.

    mark: begins each document's number ("ANS-12"). models: every table it lies in. handling: registered or kept in
    order; secrecy: what is to be assessed and by which chapter of OSL. disposal: a proposal in words. confirmed_by:
    who in the organisation says that it is right.
    The rest are dotted paths, "" where there is nothing:
    rows: (node path, since, until) -> list[Record], since <= at < until, the organisation's own.
    paper: (paper_id) -> Paper | None, the document as a file; None where it is gone. words: (paper_id) ->
        tuple[Passage, ...], what the paper says, where it can be read as text.
    due: (node path, limit) -> list[PastDue], whose moment is at or before the limit and that are not disposed of yet.
    dispose: (thing_id, *, limit, by, now) -> bool, one thing, looking again under its lock; whether it did anything.
    since: from which moment the time of a disposal decision counts, in words; where `due` is. meanwhile: what is so
    until there is a decision, in words; "": it stays.
    """

    key: str
    mark: str
    title: Any
    models: tuple[str, ...]
    handling: Handling
    secrecy: Any
    disposal: Any
    confirmed_by: Any
    rows: str = ""
    paper: str = ""
    words: str = ""
    due: str = ""
    dispose: str = ""
    since: Any = ""
    meanwhile: Any = ""
