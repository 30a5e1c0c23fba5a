"""What is told of a group: attackers read many months of it, and none finds a count or a change of 1 to 4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskapa.cocreate.coverage.domain import COLUMNS, FIVE, Cell, Profile, World, tell
from samskapa.cocreate.coverage.domain.telling import Telling, known, telling

FEATURES = {"age": ("18-29", "30-49", "50-64", "65-79", "not_said"), "gender": ("woman", "man", "not_said")}
MEMBERS = ("members", "", "")
#: A count: the month, and the cell.
Variable = tuple[int, Cell]


def profile(*parts: str, columns: tuple[str, ...] = ()) -> Profile:
    return Profile(frozenset({"members", *columns}), parts)


def world(*people: tuple[Profile, int], features: Mapping[str, tuple[str, ...]] = FEATURES) -> World:
    return World(features, Counter(dict(people)))


people = st.builds(
    Profile,
    columns=st.sets(st.sampled_from(["asked", "chosen", "active"])).map(lambda more: frozenset({"members", *more})),
    parts=st.tuples(*(st.sampled_from(parts) for parts in FEATURES.values())),
)


@st.composite
def months(draw) -> list[World]:
    """A group in which people join, leave, are asked and tell more, month after month."""
    now = draw(st.lists(people, min_size=0, max_size=60))
    found = [World(FEATURES, Counter(now))]
    for _month in range(draw(st.integers(2, 7))):
        gone = draw(st.sets(st.integers(0, max(len(now) - 1, 0)), max_size=6))
        now = [person for at, person in enumerate(now) if at not in gone] + draw(st.lists(people, max_size=9))
        found.append(World(FEATURES, Counter(now)))
    return found


# --- the attackers --------------------------------------------------------------------------------


def cells(features: Mapping[str, tuple[str, ...]]) -> Iterator[Cell]:
    for column in COLUMNS:
        yield column, "", ""
        for feature, parts in features.items():
            for part in parts:
                yield column, feature, part


def sums(features: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[Cell, list[Cell]]]:
    """Total, and the parts that make it."""
    for column in COLUMNS:
        for feature, parts in features.items():
            yield (column, "", ""), [(column, feature, part) for part in parts]


def solved(told: list[Mapping[Cell, int]], features: Mapping[str, tuple[str, ...]]) -> dict[Variable, Fraction]:
    """One linear system of all months: every sum, and what is told as if it were the count. What it answers."""
    rows: list[dict[Variable | None, Fraction]] = []
    for month, numbers in enumerate(told):
        for total, parts in sums(features):
            row: dict[Variable | None, Fraction] = {}
            for cell, sign in [(total, -1), *((part, 1) for part in parts)]:
                if cell in numbers:
                    row[None] = row.get(None, Fraction(0)) - sign * numbers[cell]
                else:
                    row[month, cell] = Fraction(sign)
            rows.append(row)
    pivots: dict[Variable, dict[Variable | None, Fraction]] = {}
    for row in rows:
        for variable, other in pivots.items():
            if factor := row.get(variable):
                row = _minus(row, other, factor)
        first = next((v for v, n in row.items() if v is not None and n), None)
        if first is None:
            continue  # says nothing new; or, as what is told are no counts, something impossible
        row = {v: n / row[first] for v, n in row.items()}
        for variable, other in pivots.items():
            if factor := other.get(first):
                pivots[variable] = _minus(other, row, factor)
        pivots[first] = row
    found = {(month, cell): Fraction(n) for month, numbers in enumerate(told) for cell, n in numbers.items()}
    for variable, row in pivots.items():
        if not any(n for v, n in row.items() if v not in (None, variable)):
            found[variable] = row.get(None, Fraction(0))
    return found


def _minus(row, other, factor):
    return {v: n for v in {*row, *other} if (n := row.get(v, 0) - factor * other.get(v, 0))}


def recovered(told: list[Mapping[Cell, int]], truth: list[Counter[Cell]], features=FEATURES) -> list:
    """What the linear system says rightly: counts of 1 to 4, and changes of 1 to 4 between any two months."""
    found = solved(told, features)
    hits: list = [v for v, n in found.items() if 1 <= n < FIVE and truth[v[0]].get(v[1], 0) == n]
    for (month, cell), n in found.items():
        for later in range(month + 1, len(told)):
            step = found.get((later, cell), n) - n
            if 1 <= abs(step) < FIVE and truth[later].get(cell, 0) - truth[month].get(cell, 0) == step:
                hits.append((month, later, cell))
    return hits


def bounds(told: Telling, features: Mapping[str, tuple[str, ...]]) -> dict[Cell, tuple[int, float]]:
    """The least and the most of each count, drawn together by every sum and by "whoever is asked is in the group"."""
    free = float("inf")
    found: dict[Cell, tuple[int, float]] = {}
    for cell in cells(features):
        count = told.counts.get(cell, 0)
        if "members" in told.silent or cell[0] in told.silent:
            found[cell] = (0, free)
        elif cell in told.covered:
            found[cell] = (FIVE, free)
        else:
            found[cell] = (count // FIVE * FIVE, count // FIVE * FIVE + FIVE - 1)
    before = None
    while before != found:
        before = dict(found)
        for total, parts in sums(features):
            least, most = (sum(found[part][end] for part in parts) for end in (0, 1))
            found[total] = (max(found[total][0], least), min(found[total][1], most))
            for part in parts:
                low = found[total][0] - (most - found[part][1]) if most != free else 0
                high = found[total][1] - (least - found[part][0])
                found[part] = (max(found[part][0], low), min(found[part][1], high))
        for cell in found:
            group = ("members", *cell[1:])
            found[cell] = (found[cell][0], min(found[cell][1], found[group][1]))
            found[group] = (max(found[group][0], found[cell][0]), found[group][1])
    return found


def pinned(told: list[Telling], features: Mapping[str, tuple[str, ...]] = FEATURES) -> list:
    """Counts of 1 to 4, and changes of 1 to 4, of which the bounds leave one."""
    months = [bounds(each, features) for each in told]
    hits: list = []
    for month, each in enumerate(told):
        for cell in cells(features):
            count = each.counts.get(cell, 0)
            least, most = months[month][cell]
            assert least <= count <= most
            if 1 <= count < FIVE and least == most:
                hits.append((month, cell))
            for later in range(month + 1, len(told)):
                step = told[later].counts.get(cell, 0) - count
                low, high = months[later][cell][0] - most, months[later][cell][1] - least
                if 1 <= abs(step) < FIVE and low == high:
                    hits.append((month, later, cell))
    return hits


# --- many months ----------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(months())
def test_one_linear_system_of_many_months_gives_no_count_and_no_change_of_1_to_4(worlds):
    told = [{cell: FIVE * n for cell, n in tell(each).items()} for each in worlds]
    assert recovered(told, [each.counts() for each in worlds]) == []


@settings(max_examples=60, deadline=None)
@given(months())
def test_bounds_of_many_months_leave_doubt_of_every_count_and_change_of_1_to_4(worlds):
    assert pinned([telling(each) for each in worlds]) == []


@settings(max_examples=40, deadline=None)
@given(months())
def test_there_is_another_group_for_every_count_and_what_is_told_is_true(worlds):
    for each in worlds:
        told = telling(each)
        assert known(each, told) == []
        for cell, fives in told.fives.items():
            assert fives >= 1
            assert told.counts[cell] // FIVE == fives


def exact(each: World) -> dict[Cell, int]:
    """Told as figures of flows are: every count but those from 1 to 4."""
    counts = each.counts()
    return {cell: counts.get(cell, 0) for cell in cells(FEATURES) if not 1 <= counts.get(cell, 0) < FIVE}


def test_the_attackers_find_what_exact_counts_give_away():
    young, old = profile("18-29", "woman"), profile("65-79", "man")
    before, after = world((young, 9), (old, 12)), world((young, 11), (old, 12))
    hits = recovered([exact(before), exact(after)], [before.counts(), after.counts()])
    assert (0, 1, ("members", "age", "18-29")) in hits
    few = world((young, 3), (old, 12))
    assert (0, ("members", "age", "18-29")) in recovered([exact(few)], [few.counts()])
    assert recovered([{c: FIVE * n for c, n in tell(few).items()}], [few.counts()]) == []


# --- every other group ----------------------------------------------------------------------------

SMALL = {"age": ("young", "old", "not_said")}
_TINY = [Profile(frozenset(c), (p,)) for c in (("members",), ("members", "asked")) for p in SMALL["age"]]


@cache
def all_groups() -> list[tuple[World, Counter[Cell]]]:
    """Every group of thirteen at most of these six kinds of people."""
    found = []
    for size in range(14):
        for chosen in combinations_with_replacement(_TINY, size):
            each = World(SMALL, Counter(chosen))
            found.append((each, each.counts()))
    return found


def reads_as(told: Telling, counts: Counter[Cell]) -> bool:
    return told.hides({cell: counts.get(cell, 0) - told.counts.get(cell, 0) for cell in {*counts, *told.counts}})


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(_TINY), min_size=5, max_size=12))
def test_whoever_tries_every_group_cannot_tell_a_count(chosen):
    told = telling(World(SMALL, Counter(chosen)))
    alike = [counts for _world, counts in all_groups() if reads_as(told, counts)]
    for cell in cells(SMALL):
        count = told.counts.get(cell, 0)
        if count and cell[0] not in told.silent and "members" not in told.silent:
            assert len({counts.get(cell, 0) for counts in alike}) > 1, cell


# --- when more is hidden --------------------------------------------------------------------------


def test_five_parts_of_four_each_hide_their_total():
    parts = {"age": ("a", "b", "c", "d", "e")}
    each = world(*((profile(part), 4) for part in parts["age"]), features=parts)
    told = telling(each)
    assert MEMBERS in told.covered
    assert told.fives == {}
    more = world(*((profile(part), 4) for part in "abcd"), (profile("e"), 9), features=parts)
    assert telling(more).covered == {("members", "age", "e")}
    assert pinned([told, telling(more)], parts) == []
    bare = Telling(each.counts())
    assert (0, ("members", "age", "a")) in pinned([bare], parts)


TIGHT = {"age": ("a", "b", "c", "d", "e"), "gender": ("woman", "man")}
#: For each age: how many there are who are asked, and how many who are not. Most are one short of the next five.
tight = st.lists(st.tuples(st.sampled_from([0, 4, 4, 5, 9]), st.sampled_from([0, 0, 4, 5])), min_size=5, max_size=5)


@settings(max_examples=150, deadline=None)
@given(tight, st.booleans())
def test_where_all_is_one_short_of_the_next_five_more_is_hidden_until_there_is_doubt(numbers, is_mixed):
    people = []
    for part, (asked, others) in zip(TIGHT["age"], numbers, strict=True):
        gender = "man" if is_mixed and part in "ab" else "woman"
        people += [(profile(part, gender, columns=("asked",)), asked), (profile(part, gender), others)]
    each = world(*((who, number) for who, number in people if number), features=TIGHT)
    assert pinned([telling(each)], TIGHT) == []
    assert known(each, telling(each)) == []


def test_of_a_column_with_few_nothing_is_told():
    each = world((profile("18-29", "woman", columns=("asked",)), 4), (profile("65-79", "man"), 20))
    told = tell(each)
    assert {cell[0] for cell in told} == {"members"}
    assert told[MEMBERS] == 4
    assert ("members", "age", "18-29") not in told


@pytest.mark.parametrize("size", [0, 1, 4])
def test_of_a_group_with_few_nothing_is_told(size):
    assert tell(world((profile("18-29", "woman"), size))) == {}


def test_who_has_not_said_is_a_part_like_the_others():
    each = world((profile("not_said", "not_said"), 7), (profile("65-79", "man"), 8))
    assert tell(each)["members", "age", "not_said"] == 1
