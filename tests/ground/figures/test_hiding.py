"""No count from 1 to 4 can be computed from what is told: by the exact auditor, by linear algebra, and by trying."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskapa.ground.figures.domain import (
    TOTAL,
    Counted,
    Family,
    Feature,
    Hidden,
    Measure,
    Part,
    Place,
    family_of,
    known,
    protect,
)
from samskapa.ground.figures.domain.protecting import Network
from samskapa.ground.figures.queries import measures

from .attacker import count_of, pinned_by_sums, worlds

MONTHS = 12
#: How many parts the features of each measure of config/figures.py have.
SHAPES = sorted({tuple(len(each.parts) for each in one.features) for one in measures()})


def measure(*parts: int) -> Measure:
    """A measure with a feature of so many parts for each number."""
    features = (
        Feature(f"f{n}", f"f{n}", "", tuple(Part(f"p{k}", f"p{k}") for k in range(count)))
        for n, count in enumerate(parts)
    )
    return Measure("m", "M", "", tuple(features))


def tree(*parents: int | None) -> list[Place]:
    """Places 1, 2, 3, ... with these parents."""
    return [Place(n, parent) for n, parent in enumerate(parents, start=1)]


def counted(node: int, *parts: int, count: int = 1) -> Counted:
    return Counted(node, tuple(f"p{part}" for part in parts), count)


@st.composite
def trees(draw) -> list[Place]:
    """A nation, regions, and up to ten places at any depth below them."""
    found = [Place(1, None)]
    for n in range(2, draw(st.integers(2, 12)) + 1):
        found.append(Place(n, draw(st.integers(1, n - 1))))
    return found


@st.composite
def histories(draw) -> list[Family]:
    """Twelve months of small counts over one tree, of a measure with the features and parts of one that there is."""
    places, shape = draw(trees()), draw(st.sampled_from(SHAPES))
    many = st.sampled_from([1, 1, 2, 3, 5, 9])
    parts = [st.integers(0, count - 1) for count in shape]
    row = st.builds(counted, st.integers(1, len(places)), *parts, count=many)
    months = draw(st.lists(st.lists(row, max_size=14), min_size=MONTHS, max_size=MONTHS))
    return [family_of(measure(*shape), rows, places) for rows in months]


@settings(max_examples=60, deadline=None)
@given(histories())
def test_twelve_months_of_tables_reveal_no_count_under_five(months):
    """Each thing counts in one month alone, so that months have no sum in common: each is audited by itself."""
    for family in months:
        hidden = protect(family)
        assert known(family, hidden) == []
        assert pinned_by_sums(family, hidden) == []
        for cell, count in family.sums().items():
            assert not 0 < count < 5 or (cell, False) in hidden.cells


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([2, 3, 4]), st.integers(0, 1), st.integers(1, 4)), max_size=5),
    st.sampled_from([(None, 1, 1, 1), (None, 1, 2, 2), (None, 1, 1, 2)]),
)
def test_every_small_count_has_another_world_found_by_trying_all(rows, parents):
    family = family_of(measure(2), [counted(node, part, count=n) for node, part, n in rows], tree(*parents))
    if any(count > 6 for count in family.own.values()):
        return  # too many worlds to try
    hidden = protect(family)
    found = list(worlds(family, hidden, most=7))
    for cell, count in family.sums().items():
        if 0 < count < 5:
            assert {count_of(world, cell, False) for world in found} != {count}, (cell, count)


def test_the_auditor_finds_what_is_hidden_in_vain():
    """Three regions, one of them small and alone hidden: it is the nation without the two others."""
    family = family_of(
        measure(1), [counted(2, 0, count=3), counted(3, 0, count=7), counted(4, 0, count=9)], tree(None, 1, 1, 1)
    )
    alone = Hidden({((2, *TOTAL), False), ((2, "f0", "p0"), False)}, {(2, False)})
    assert known(family, alone) == [((2, *TOTAL), False), ((2, "f0", "p0"), False)]
    assert [each for each in pinned_by_sums(family, alone) if not each[1]] == known(family, alone)
    # Nothing hidden at all is known too.
    assert len(known(family, Hidden(set(), set()))) == 2


def test_the_smallest_of_the_others_is_hidden_with_it():
    family = family_of(
        measure(1), [counted(2, 0, count=3), counted(3, 0, count=7), counted(4, 0, count=9)], tree(None, 1, 1, 1)
    )
    cells = protect(family).tables()
    assert [(node, *TOTAL) in cells for node in (1, 2, 3, 4)] == [False, True, True, False]


@pytest.mark.parametrize("counts", [(4, 4, 4, 9), (1, 1, 1, 9)])
def test_counts_that_could_be_nothing_else_get_company(counts):
    """12 in three that are each under 5 are three fours; 3 in three that are no zeros are three ones."""
    family = family_of(
        measure(1), [counted(n + 2, 0, count=count) for n, count in enumerate(counts)], tree(None, 1, 1, 1, 1)
    )
    hidden = protect(family)
    assert known(family, hidden) == []
    assert ((5, *TOTAL), False) in hidden.cells  # the nine


def test_four_units_with_one_each_are_not_known_from_a_hidden_four():
    family = family_of(measure(1), [counted(n, 0) for n in (3, 4, 5, 6)], tree(None, 1, 2, 2, 2, 2))
    hidden = protect(family)
    assert known(family, hidden) == []
    assert {(2, False), (1, False)} <= hidden.silent


def test_a_unit_whose_parts_are_one_each_goes_silent_alone():
    """Five in five parts that are no zeros are five ones: the unit's total is hidden, and nobody else's."""
    rows = [*(counted(3, part) for part in range(5)), *(counted(4, part, count=8) for part in range(5))]
    family = family_of(measure(5), [*rows, *(counted(5, part, count=9) for part in range(5))], tree(None, 1, 2, 2, 2))
    hidden = protect(family)
    assert known(family, hidden) == []
    told = [((node, *TOTAL), False) not in hidden.cells for node in (1, 2, 3, 4, 5)]
    assert told == [True, True, False, False, True]


def test_what_is_counted_at_a_region_itself_is_not_known_by_subtraction():
    """The region has 8, its only unit 6: the two at the region itself stand in no table, and are hidden yet."""
    family = family_of(
        measure(1), [counted(2, 0, count=2), counted(3, 0, count=6), counted(4, 0, count=9)], tree(None, 1, 2, 1)
    )
    assert protect(family).tables() == {(3, *TOTAL), (3, "f0", "p0")}


def test_zeros_and_large_counts_stay():
    family = family_of(measure(2, 2), [counted(2, 0, 0, count=20), counted(3, 1, 1, count=30)], tree(None, 1, 1))
    assert protect(family).cells == set()


def test_nothing_counted_hides_nothing():
    assert protect(family_of(measure(2), [], tree(None, 1))).cells == set()


def test_the_same_month_hides_the_same_cells():
    rows = [counted(n, n % 3, n % 2, count=n) for n in range(2, 9)]
    first, second = (protect(family_of(measure(3, 2), order, tree(None, *[1] * 8))) for order in (rows, rows[::-1]))
    assert first == second


def test_a_row_beside_every_table_is_a_fault():
    for row in (counted(9, 0), Counted(1, ("p9",)), Counted(1, ("p0", "p0")), Counted(1, ("p0",), -1)):
        with pytest.raises(ValueError, match="m: "):
            family_of(measure(2), [row], tree(None))
    with pytest.raises(ValueError, match="divided by nothing"):
        family_of(measure(), [], tree(None))


def test_a_country_is_done_within_seconds():
    """21 regions, 63 administrations and 945 units: 1 030 places, some 2 000 things, three features."""
    places = tree(None, *[1] * 21, *[2 + n % 21 for n in range(63)], *[23 + n % 63 for n in range(945)])
    rows = [counted(86 + n * n % 945, n % 9, n % 3, n % 5, count=1 + n % 4) for n in range(900)]
    family = family_of(measure(9, 3, 5), rows, places)
    hidden = protect(family)
    assert all((cell, False) in hidden.cells for cell, count in family.sums().items() if 0 < count < 5)
    assert ((1, *TOTAL), False) not in hidden.cells
    network = Network(family, "f0", hidden)
    assert all(network.other_flow(arc) for arc in network.arcs if 0 < arc.count < 5)
