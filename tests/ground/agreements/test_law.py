"""What holds whatever the parties do, in whatever order: every sequence of acts, as Hypothesis finds them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from samskapa.ground.agreements.domain import (
    Change,
    Line,
    Refusal,
    Revision,
    Statement,
    Status,
    Verdict,
    content,
    difference,
    must_record,
    standing,
    version_to_fix,
)

START = datetime(2026, 11, 30, 9, tzinfo=UTC)
PARTIES = (1, 2, 3)
LINES = {10: frozenset({1, 2, 3}), 20: frozenset({1, 2})}  # the second binds only two of the three

acts = st.lists(
    st.tuples(
        st.sampled_from(["propose", "remove", *Verdict]),
        st.sampled_from(PARTIES),
        st.sampled_from(sorted(LINES)),
        st.integers(0, 1),  # how many revisions ago one has read
    ),
    max_size=40,
)


@dataclass
class Book:
    """An agreement kept in memory as the services keep it in tables: it asks the law and appends."""

    revisions: dict = field(default_factory=lambda: {10: [], 20: []})
    statements: dict = field(default_factory=lambda: {10: [], 20: []})
    versions: list = field(default_factory=list)
    clock: int = 0

    def standing(self, line):
        return standing(Line(line, LINES[line], tuple(self.revisions[line]), tuple(self.statements[line])))

    def standings(self):
        return [self.standing(line) for line in LINES if self.revisions[line]]

    def act(self, what, party, line, ago):
        """Do it if the law allows it. Returns whether anything was written."""
        self.clock += 1
        at = START + timedelta(minutes=self.clock)
        rows = self.revisions[line]
        if what in ("propose", "remove"):
            if party not in LINES[line] or (what == "remove" and not rows):
                return False
            revision = Revision(line * 1000 + len(rows), len(rows) + 1, party, at, removed=what == "remove")
            rows.append(revision)
            self.statements[line].append(Statement(revision.id, party, Verdict.CONFIRMED, at))
        else:
            if not rows:
                return False
            read = rows[max(0, len(rows) - 1 - ago)].id
            try:
                if not must_record(self.standing(line), party=party, verdict=what, revision=read, reason="because"):
                    return False
            except Refusal:
                return False
            self.statements[line].append(Statement(read, party, what, at, reason="because"))
        fixed = version_to_fix(self.standings(), self.versions[-1] if self.versions else frozenset())
        if fixed is not None:
            self.versions.append(fixed)
        return True


@given(acts)
def test_nothing_confirmed_is_lost_or_altered(sequence):
    book = Book()
    for act in sequence:
        before = {found.line: found for found in book.standings()}
        book.act(*act)
        for line, was in before.items():
            now = book.standing(line)
            replaced = now.status in {Status.AGREED, Status.REMOVED} and all(
                now.words[party].verdict is Verdict.CONFIRMED for party in LINES[line]
            )
            assert now.applying == was.applying or replaced


@given(acts)
def test_a_line_applies_only_by_the_word_of_everybody_it_binds(sequence):
    book = Book()
    for act in sequence:
        book.act(*act)
        for found in book.standings():
            if found.applying is not None:
                said = [s for s in book.statements[found.line] if s.revision == found.applying.id]
                assert {s.party for s in said if s.verdict is Verdict.CONFIRMED} == LINES[found.line]


@given(acts)
def test_a_version_is_fixed_only_when_nobody_owes_an_answer(sequence):
    book = Book()
    for act in sequence:
        known = len(book.versions)
        book.act(*act)
        if len(book.versions) > known:
            assert all(not found.owes for found in book.standings())
            assert book.versions[-1] == content(book.standings())
            assert book.versions[-1] != (book.versions[-2] if known else frozenset())


@given(acts)
def test_somebody_owes_an_answer_exactly_while_a_line_is_unsettled(sequence):
    book = Book()
    for act in sequence:
        book.act(*act)
        for found in book.standings():
            assert bool(found.owes) is not found.is_settled
            assert set(found.owes) <= LINES[found.line]


@given(acts)
def test_what_is_said_of_an_older_text_is_refused_and_changes_nothing(sequence):
    book = Book()
    for what, party, line, ago in sequence:
        is_old = ago and len(book.revisions[line]) > 1 and what in tuple(Verdict)
        written = book.act(what, party, line, ago)
        assert not (is_old and written)


@given(acts, st.permutations([1, 2, 3]))
def test_the_order_of_confirmations_does_not_matter(sequence, order):
    book = Book()
    for act in sequence:
        book.act(*act)
    book.act("propose", 1, 10, 0)
    for party in order:
        book.act(Verdict.CONFIRMED, party, 10, 0)
    found = book.standing(10)
    assert (found.status, found.applying) == (Status.AGREED, book.revisions[10][-1])


@given(acts)
def test_doing_the_same_twice_writes_it_once(sequence):
    book = Book()
    for act in sequence:
        book.act(*act)
        if act[0] in tuple(Verdict):
            assert book.act(*act) is False


@given(acts)
def test_the_parties_can_always_end_in_agreement(sequence):
    """No dead end: from wherever they are, one writes and the others confirm."""
    book = Book()
    for act in sequence:
        book.act(*act)
    for line, binds in LINES.items():
        book.act("propose", 1, line, 0)
        for party in binds:
            book.act(Verdict.CONFIRMED, party, line, 0)
    assert all(found.status is Status.AGREED for found in book.standings())
    assert book.versions[-1] == content(book.standings())


texts = st.lists(st.sampled_from(["fem", "sju", "dagar", " ", "\n", "före", "möte."]), max_size=30).map("".join)


@given(texts, texts)
def test_a_difference_holds_both_texts_whole(old, new):
    pieces = difference(old, new)
    assert "".join(p.text for p in pieces if p.change is not Change.ADDED) == old
    assert "".join(p.text for p in pieces if p.change is not Change.REMOVED) == new
    assert all(a.change != b.change for a, b in pairwise(pieces))


def test_a_hostile_text_is_compared_in_a_moment():
    old, new = "a " * 1000, "b a " * 500
    pieces = difference(old, new)
    assert "".join(p.text for p in pieces if p.change is not Change.ADDED) == old
