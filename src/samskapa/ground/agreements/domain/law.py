"""What applies, who owes an answer, when a version is fixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from .facts import Line, Revision, Standing, Statement
from .refusals import AlreadyConfirmed, ChangedMeanwhile, NotBound, ReasonMissing, TakenBack
from .words import SETTLED, Outcome, Status, Verdict


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
