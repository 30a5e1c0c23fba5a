"""The law of a year's figures, and who is in a group: properties that hold whatever the numbers."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskapa.cocreate.pool.domain import MOVES, SEEN, Status
from samskapa.cocreate.pool.models import Member, Move
from samskapa.cocreate.pool.queries.group_year import moves_between, stood_at
from samskapa.edge.statistics.domain import (
    NoSuchYear,
    Year,
    bands,
    middle,
    share,
    told,
    told_by,
    told_moves,
    told_rows,
    year_of,
)
from samskapa.ground.figures.queries import midnight
from tests.factories.people import make_person
from tests.factories.pool import make_group

YEAR = Year(2026, date(2026, 1, 1), date(2027, 1, 1))
NEXT_MARCH = date(2027, 3, 1)


def at(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 10, tzinfo=UTC)


# --- the law --------------------------------------------------------------------------------------


def test_the_years_are_those_of_the_group_and_the_one_that_goes_on_ends_yesterday():
    made, today = date(2025, 6, 1), date(2027, 3, 1)
    assert year_of(2026, made_on=made, today=today) == YEAR
    this = year_of(2027, made_on=made, today=today)
    assert (this.first, this.until, this.is_over) == (date(2027, 1, 1), today, False)
    for wrong in (2024, 2028):
        with pytest.raises(NoSuchYear):
            year_of(wrong, made_on=made, today=today)


def test_days_are_told_in_bands_with_a_median_and_halves_go_up():
    days = [0, 30, 31, 60, 61, 90, 91, 400]
    assert bands(days) == {"30": 2, "60": 2, "90": 2, "longer": 2}
    assert (middle(days), middle([3, 4]), middle([7]), middle([])) == (61, 4, 7, None)
    assert (share(1, 3), share(1, 8), share(2, 2), share(0, 5), share(0, 0)) == (33, 13, 100, 0, None)


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(0, 9), min_size=1))
def test_what_is_told_of_a_table_leaves_another_number_possible_for_each_small_one(counts):
    found = told(counts)
    assert not any(n is not None and 0 < n < 5 for n in (found.total, *found.parts.values()))
    if found.total is None:
        assert set(found.parts.values()) == {None}
        return
    assert found.total == sum(counts.values())
    hidden = [key for key, n in found.parts.items() if n is None]
    assert all(found.parts[key] == n for key, n in counts.items() if key not in hidden)
    assert all(counts[key] for key in hidden)  # a zero is told
    rest = sum(counts[key] for key in hidden)
    worlds = [world for world in product(range(1, rest + 1), repeat=len(hidden)) if sum(world) == rest]
    for place, key in enumerate(hidden):
        if counts[key] < 5:
            assert len({world[place] for world in worlds}) > 1, (counts, found)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9)))
def test_of_a_sum_that_is_told_no_single_small_part_can_be_computed(counts):
    total, found = sum(counts.values()), told_by(counts)
    if found is None or total == 0:
        return
    assert not any(0 < n < 5 for n in found.values())
    hidden = [n for key, n in counts.items() if n and key not in found]
    assert sum(found.values()) + sum(hidden) == total
    if hidden:
        assert len(hidden) > 1
        assert sum(hidden) > len(hidden)


@given(
    st.dictionaries(
        st.sampled_from("abcd"), st.fixed_dictionaries({"soon": st.integers(0, 9), "late": st.integers(0, 9)})
    )
)
def test_of_rows_whose_sums_are_told_only_those_are_told_that_leave_other_numbers_possible_in_the_rest(rows):
    """Whoever knows the sums of the columns, and has every count of the rows that are told."""
    found = told_rows(rows)
    assert all(not 0 < n < 5 for key in found for n in rows[key].values())
    sums = {part: sum(counts[part] for counts in rows.values()) for part in ("soon", "late")}
    if any(0 < n < 5 for n in sums.values()):
        assert not found
    rest = [counts for key, counts in rows.items() if key not in found and any(counts.values())]
    if not found or not rest:
        return
    assert len(rest) > 1
    for part, total in sums.items():
        left = total - sum(rows[key][part] for key in found)
        worlds = [world for world in product(range(left + 1), repeat=len(rest)) if sum(world) == left]
        for place, counts in enumerate(rest):
            if 0 < counts[part] < 5:
                assert len({world[place] for world in worlds}) > 1, (rows, found)


@given(st.integers(0, 30), st.integers(0, 30))
def test_with_the_difference_known_a_small_number_of_comers_or_leavers_stays_unknown(came, left):
    shown = told_moves(came, left)
    if shown == (came, left):
        assert not any(0 < each < 5 for each in shown)
    else:
        assert shown == (None, None)
        alike = [n for n in range(60) if told_moves(n, n + left - came) == (None, None) and n + left - came >= 0]
        assert len(alike) > 1


# --- members --------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(5))
def test_those_at_the_start_and_came_less_left_are_those_at_the_end(seed):
    chance = random.Random(seed)
    group, _coordinator = make_group()
    start = at(1, 1, 2025)
    for _each in range(12):
        member = Member.objects.create(
            group=group, person=make_person(), since=start, begun_at=start, heard_at=start, age="30-49"
        )
        stands, moment = Status.BEGUN, start
        for _step in range(chance.randrange(9)):
            moment += timedelta(days=chance.randrange(1, 200))
            _from, why, to = chance.choice(sorted(move for move in MOVES if move[0] == stands))
            Move.objects.create(member=member, from_status=stands, why=why, to_status=to, at=moment)
            stands = to
    cuts = [midnight(date(year, 1, 1)) for year in (2025, 2026, 2027, 2028, 2031)]
    for first, until in pairwise(cuts):
        moves = moves_between(group, first, until)
        before, after = sum(stood_at(group, first).values()), sum(stood_at(group, until).values())
        assert before + moves.came - moves.left == after
    now = {
        member.pk: Move.objects.filter(member=member).order_by("-at", "-pk").first() for member in group.members.all()
    }
    assert sum(stood_at(group, cuts[-1]).values()) == sum(bool(m) and m.to_status in SEEN for m in now.values())
