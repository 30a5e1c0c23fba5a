"""The law of agreements: what applies, who owes an answer, when a version is fixed.

No Django, no database, no clock: it is told what was written and said, in order, and says where that leaves
the parties. Texts play no part here; a revision is its id, so that the law is the same for encrypted texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

#: Characters. A promise that needs more is several promises.
MAX_TEXT = 2000
MAX_REASON = 1000


class Side(StrEnum):
    """On whose side a party stands, and whose promise a line is."""

    PERSON = "person"
    CARE = "care"
    BOTH = "both"  # lines only


class Verdict(StrEnum):
    """What a party says of one revision of one line."""

    CONFIRMED = "confirmed"
    NOT_AGREED = "not_agreed"
    LEFT_OPEN = "left_open"


class Status(StrEnum):
    """Where the newest revision of a line stands in one agreement."""

    WAITING = "waiting"  # somebody it binds has not answered
    NOT_AGREED = "not_agreed"  # somebody said no, and that is not the end of it
    AGREED = "agreed"  # confirmed by all it binds: applies, for good
    LEFT_OPEN = "left_open"  # all it binds chose to leave it open
    REMOVED = "removed"  # a removal confirmed by all it binds
    FALLEN = "fallen"  # nobody stands behind the proposal any longer: what applied before applies


class Outcome(StrEnum):
    """As what a revision stands in a fixed version."""

    AGREED = "agreed"
    OPEN = "open"


SETTLED = {Status.AGREED, Status.LEFT_OPEN, Status.REMOVED, Status.FALLEN}


# --- refusals -------------------------------------------------------------------------------------


class Refusal(Exception):
    """A party asked for something that the law of agreements does not allow."""


class ChangedMeanwhile(Refusal):
    """A newer revision was written after the one that was read. `theirs` is the newest one."""

    def __init__(self, theirs: Any) -> None:
        super().__init__(theirs)
        self.theirs = theirs


class NotAParty(Refusal):
    """Only the agreement's own parties write, answer and comment in it."""


class NotBound(Refusal):
    """The line binds others: one may comment on it, not confirm, refuse or change it."""


class AlreadyConfirmed(Refusal):
    """All whom the revision binds have confirmed it; it changes only by a new revision."""


class TakenBack(Refusal):
    """Nobody stands behind the proposal any longer; one may write a new one."""


class AlreadyRemoved(Refusal):
    """The newest revision is a removal already."""


class NothingChanged(Refusal):
    """The proposed text is the text that is there."""


class ReasonMissing(Refusal):
    """ "Not agreed" without a reason gives the other party nothing to answer."""


class EmptyText(Refusal):
    """A line or comment without a single visible character."""


class TooLong(Refusal):
    """`limit` is the highest number of characters."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


# --- facts ----------------------------------------------------------------------------------------


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


# --- the law --------------------------------------------------------------------------------------


def standing(line: Line) -> Standing:
    """Where `line` stands.

    A revision applies from the moment all whom it binds have confirmed it, until a later one does. That
    cannot be unsaid: what is said of it afterwards does not count, and one proposes a change or a removal
    instead. Until then a party's latest word counts, and words about an older revision never count for a
    newer.
    """
    applying: Revision | None = None
    words: dict[int, Statement] = {}
    decided: Status | None = None
    for revision in line.revisions:
        decided, words = _hear(line, revision)
        if decided is Status.AGREED:
            applying = None if revision.removed else revision
    newest = line.revisions[-1]
    objections = [s for s in words.values() if s.verdict is Verdict.NOT_AGREED]
    if decided is Status.AGREED and newest.removed:
        decided = Status.REMOVED
    status = decided or (Status.NOT_AGREED if objections else Status.WAITING)
    return Standing(
        line=line.id,
        binds=line.binds,
        status=status,
        newest=newest,
        applying=applying,
        words=words,
        owes={} if status in SETTLED else _owes(line, newest, words),
        objection=max(objections, key=lambda s: s.at) if objections and status is Status.NOT_AGREED else None,
        settled_at=max(s.at for s in words.values()) if status in SETTLED and words else None,
    )


def _hear(line: Line, revision: Revision) -> tuple[Status | None, dict[int, Statement]]:
    """Listen to what was said of `revision`, in order, until it is decided.

    On a line that several agreements share, a confirmation counts in every agreement that the party belongs
    to until the party says something in this one; a no or "leave it open" counts only where it was said;
    but who takes back their own proposal takes it back everywhere.
    """
    words: dict[int, Statement] = {}
    spoke_here: set[int] = set()
    taken_back = False
    for said in line.statements:
        if said.revision != revision.id:
            continue
        takes_back = said.party == revision.by and said.verdict is Verdict.NOT_AGREED
        if said.party == revision.by:
            taken_back = takes_back
        if said.party in line.binds:
            counts_from_afar = said.verdict is Verdict.CONFIRMED and said.party not in spoke_here
            if said.here or counts_from_afar or takes_back:
                words[said.party] = said
            if said.here:
                spoke_here.add(said.party)
        if _all_say(Verdict.CONFIRMED, line.binds, words):
            return Status.AGREED, words
        nobody_behind = not any(word.verdict is Verdict.CONFIRMED for word in words.values())
        if _all_say(Verdict.NOT_AGREED, line.binds, words) or (taken_back and nobody_behind):
            return Status.FALLEN, words
    return (Status.LEFT_OPEN if _all_say(Verdict.LEFT_OPEN, line.binds, words) else None), words


def _all_say(verdict: Verdict, binds: frozenset[int], words: Mapping[int, Statement]) -> bool:
    return bool(binds) and all(party in words and words[party].verdict is verdict for party in binds)


def _owes(line: Line, newest: Revision, words: Mapping[int, Statement]) -> dict[int, datetime]:
    """Who has not answered, or was answered otherwise after their own last word. Never empty while
    unsettled."""
    owes = {}
    in_order = [s for s in line.statements if words.get(s.party) is s]
    for party in line.binds:
        if party not in words:
            owes[party] = newest.at
            continue
        own = words[party]
        place = next(i for i, s in enumerate(in_order) if s is own)
        against = [s.at for s in in_order[place + 1 :] if s.verdict is not own.verdict]
        if against:
            owes[party] = min(against)
    return owes


def must_record(found: Standing, *, party: int, verdict: Verdict, revision: int, reason: str = "") -> bool:
    """Whether saying this changes anything: a double click says the same twice and records it once.

    Refuses NotBound, ChangedMeanwhile (with the newest Revision), AlreadyConfirmed, TakenBack, ReasonMissing.
    """
    if party not in found.binds:
        raise NotBound
    if revision != found.newest.id:
        raise ChangedMeanwhile(found.newest)
    word = found.words.get(party)
    same = word is not None and word.verdict is verdict
    if found.status in {Status.AGREED, Status.REMOVED}:
        if verdict is Verdict.CONFIRMED:
            return False
        raise AlreadyConfirmed
    if found.status is Status.FALLEN:
        if same:
            return False
        raise TakenBack
    if verdict is Verdict.NOT_AGREED and not reason:
        raise ReasonMissing
    return not (same and word is not None and (verdict is Verdict.CONFIRMED or (word.here and word.reason == reason)))


def content(standings: Iterable[Standing]) -> frozenset[tuple[int, int, Outcome]]:
    """What a version would hold: (line, revision, outcome). A line left open may stand there twice, with
    the text that goes on applying and with the one that the parties chose to differ about."""
    rows = set()
    for found in standings:
        if found.applying is not None:
            rows.add((found.line, found.applying.id, Outcome.AGREED))
        if found.status is Status.LEFT_OPEN:
            rows.add((found.line, found.newest.id, Outcome.OPEN))
    return frozenset(rows)


def version_to_fix(
    standings: Iterable[Standing], last: frozenset[tuple[int, int, Outcome]]
) -> frozenset[tuple[int, int, Outcome]] | None:
    """The content of the version to fix now, or None: something is unsettled, or the last version says the
    same."""
    standings = list(standings)
    if not all(found.is_settled for found in standings):
        return None
    now = content(standings)
    return None if now == last else now


# --- texts ----------------------------------------------------------------------------------------


def plain(text: str, *, limit: int, required: bool = True) -> str:
    """`text` with one kind of line break and no blanks around. Refuses EmptyText and TooLong."""
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if required and not text:
        raise EmptyText
    if len(text) > limit:
        raise TooLong(limit)
    return text


class Change(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Segment:
    change: Change
    text: str


#: Beyond this many pairs of words the middle is shown as one removed and one added piece: difflib's worst
#: case (the same word over and over) grows with the square, and nobody reads such a difference word by word.
_MAX_PAIRS = 160_000


def difference(old: str, new: str) -> list[Segment]:
    """What was taken away and added, word by word. `same` + `removed` is `old`, `same` + `added` is `new`."""
    a, b = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    middle_a, middle_b = a[head : len(a) - tail], b[head : len(b) - tail]
    pieces = [(Change.SAME, a[:head])]
    if len(middle_a) * len(middle_b) > _MAX_PAIRS:
        pieces += [(Change.REMOVED, middle_a), (Change.ADDED, middle_b)]
    else:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, middle_a, middle_b, autojunk=False).get_opcodes():
            if tag == "equal":
                pieces.append((Change.SAME, middle_a[i1:i2]))
            else:
                pieces += [(Change.REMOVED, middle_a[i1:i2]), (Change.ADDED, middle_b[j1:j2])]
    pieces.append((Change.SAME, a[len(a) - tail :] if tail else []))
    return _readable(pieces)


def _readable(pieces: list[tuple[Change, list[str]]]) -> list[Segment]:
    """Join neighbours, and let a lone blank between two changed words be changed with them, so that the
    reader meets "fem dagar -> sju veckor" once and not as two changes."""
    removed = added = ""
    segments: list[Segment] = []

    def flush() -> None:
        nonlocal removed, added
        if removed:
            segments.append(Segment(Change.REMOVED, removed))
        if added:
            segments.append(Segment(Change.ADDED, added))
        removed = added = ""

    filled = [(change, "".join(words)) for change, words in pieces if words]
    for index, (change, text) in enumerate(filled):
        if change is Change.REMOVED:
            removed += text
        elif change is Change.ADDED:
            added += text
        elif text.isspace() and removed and added and index + 1 < len(filled):
            removed, added = removed + text, added + text
        else:
            flush()
            if segments and segments[-1].change is Change.SAME:
                segments[-1] = Segment(Change.SAME, segments[-1].text + text)
            else:
                segments.append(Segment(Change.SAME, text))
    flush()
    return segments
