"""Which cells are hidden so that no count from 1 to 4 can be computed from what is told.

The problem is cell suppression (A. Hundepool et al., Statistical Disclosure Control, Wiley 2012, chapter 4). A table
with one feature over a tree of nodes, with all its sums, is a network in which every cell is an arc that carries its
count (M. Fischetti and J. J. Salazar, Management Science 47(7), 2001; J. P. Kelly, B. L. Golden and A. A. Assad,
Networks 22, 1992): what is counted flows from the top down through the totals of the nodes to the lowest node, out into
one part of the feature, and up through that part's cells to the top again. What a reader cannot exclude is another
flow that agrees with all that is told, and it exists if and only if a cycle of hidden cells along which one more and
one less can go passes through the cell. Networks are whole in whole numbers, so the answer is exact, bounds included.

Two rules make it hold for all features of a measure at once, which share their totals:

1. Where a node's total is hidden, all its cells are hidden, zeros too. So if another flow of one feature moves one
   thing from one node to another, every other feature can move one along the same way.
2. Below a total from 1 to 4 nothing is told, zeros neither: four units with one each would be known from a hidden 4.

What a reader is taken to know: every sum, that zeros are told, and which hidden cells are under 5 in themselves.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from .tables import SMALLEST_TOLD, TOTAL, Cell, Family

#: A vertex: ("up", node, part) where a part's cells meet, ("down", node) where totals meet, ("own", node) where what is
#: counted at a node itself goes over from its total into the parts, and the top, where both ends meet.
Vertex = tuple
_TOP: Vertex = ("top",)
_FREE = 1 << 60
#: What it costs to hide a total, beside a cell of the same size: all of the node goes with it.
_TOTAL_COST = 40
#: Added to each, so that few large cells are hidden rather than many.
_EACH_COST = 10
#: How much more it costs to hide a node than one that stands a step below it: more people ask for it.
_STEP_COST = 4


@dataclass(frozen=True, slots=True)
class Arc:
    """A cell as an arc from tail to head. is_own: what is counted at the node itself, beside the nodes below it; told
    by nobody, but whoever has the rest can subtract, so it counts as a table's cell of its own."""

    cell: Cell
    is_own: bool
    tail: Vertex
    head: Vertex
    count: int

    @property
    def is_total(self) -> bool:
        return self.cell[1:] == TOTAL

    @property
    def key(self) -> tuple[Cell, bool]:
        return self.cell, self.is_own


#: (node, is_own): a row of a table.
Row = tuple[int, bool]
Keys = set[tuple[Cell, bool]]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is not told. cells: (cell, is_own). silent: the rows below which nothing is told, not even zeros."""

    cells: Keys
    silent: set[Row]

    def tables(self) -> set[Cell]:
        """The hidden cells of the tables (the own parts of nodes stand in none)."""
        return {cell for cell, is_own in self.cells if not is_own}

    def hides_row(self, row: Row) -> bool:
        return ((row[0], *TOTAL), row[1]) in self.cells


class Network:
    """One feature of a family as a network, and which of its cells are hidden. `hidden` is shared between the features
    of a measure, for they share the totals."""

    def __init__(self, family: Family, feature: str, hidden: Hidden) -> None:
        self.family, self.feature, self.hidden = family, feature, hidden
        self.children: dict[int | None, list[int]] = defaultdict(list)
        sums = family.sums()
        for node, above in family.parents.items():
            if (node, *TOTAL) in sums:
                self.children[above].append(node)
        #: How many steps there are from a node down to the lowest below it.
        self.heights: dict[int, int] = {}
        for top in self.children[None]:
            self._measure(top)
        self.arcs = [arc for top in self.children[None] for arc in self._arcs_below(top, sums)]
        #: The same, what stands lowest first: what is solved there is solved for all above.
        self.upward = sorted(self.arcs, key=lambda arc: (not arc.is_own, self.heights[arc.cell[0]]))
        self.around: dict[Vertex, list[tuple[Arc, int]]] = defaultdict(list)
        for arc in self.arcs:
            self.around[arc.tail].append((arc, 1))
            self.around[arc.head].append((arc, -1))

    def _measure(self, node: int) -> int:
        self.heights[node] = max((self._measure(child) + 1 for child in self.children[node]), default=0)
        return self.heights[node]

    def _arcs_below(self, node: int, sums: dict[Cell, int]) -> Iterator[Arc]:
        above = self.family.parents[node]
        yield from self._arcs_of(node, above, sums, is_own=False)
        if self.children[node]:
            if (node, *TOTAL) in self.family.own:
                yield from self._arcs_of(node, node, dict(self.family.own), is_own=True)
            for child in self.children[node]:
                yield from self._arcs_below(child, sums)

    def _arcs_of(self, node: int, above: int | None, counts: dict[Cell, int], *, is_own: bool) -> Iterator[Arc]:
        is_leaf = is_own or not self.children[node]
        total: Vertex = ("own", node) if is_leaf else ("down", node)
        yield Arc((node, *TOTAL), is_own, _TOP if above is None else ("down", above), total, counts[(node, *TOTAL)])
        for part in self.family.features[self.feature]:
            cell = (node, self.feature, part)
            yield Arc(
                cell,
                is_own,
                total if is_leaf else ("up", node, part),
                _TOP if above is None else ("up", above, part),
                counts.get(cell, 0),
            )

    # --- what is hidden -------------------------------------------------------------------------------

    def hide(self, arc: Arc) -> None:
        """Hide the cell; a total with every cell of its node (rule 1), and from 1 to 4 all below it (rule 2)."""
        if not arc.is_total:
            self.hidden.cells.add(arc.key)
            return
        self._hide_row(arc.cell[0], is_own=arc.is_own)
        if arc.count < SMALLEST_TOLD:
            self.silence_below((arc.cell[0], arc.is_own))

    def _hide_row(self, node: int, *, is_own: bool) -> None:
        self.hidden.cells.add(((node, *TOTAL), is_own))
        self.hidden.cells.update(
            ((node, feature, part), is_own) for feature, parts in self.family.features.items() for part in parts
        )

    def silence_below(self, row: Row) -> None:
        """Hide everything below the row, zeros too."""
        rows = [row]
        while rows:
            at = rows.pop()
            self.hidden.silent.add(at)
            for below in self._rows_below(at):
                self._hide_row(below[0], is_own=below[1])
                rows.append(below)

    def _rows_below(self, row: Row) -> list[Row]:
        node, is_own = row
        if is_own or not self.children[node]:
            return []
        return [(node, True), *((child, False) for child in self.children[node])]

    def room(self, arc: Arc) -> tuple[int, int]:
        """The least and the most that the cell can be, for all that one knows of it by itself; (count, count) where it
        is told."""
        if arc.key not in self.hidden.cells:
            return arc.count, arc.count
        row = (arc.cell[0], arc.is_own)
        if row_above(self.family, row) in self.hidden.silent if arc.is_total else self.hidden.hides_row(row):
            return 0, _FREE
        return (1, SMALLEST_TOLD - 1) if arc.count < SMALLEST_TOLD else (1, _FREE)

    # --- what can be known ----------------------------------------------------------------------------

    def other_flow(self, arc: Arc) -> list[tuple[Arc, int]] | None:
        """Arcs with one more or one less each, the cell itself first, that change nothing that is told; None: the cell
        can be computed."""
        return self._cycle(arc, may_hide=False)

    def protect(self, arc: Arc) -> None:
        """Hide as little as is found until another count is possible in `arc`."""
        while self._cycle(arc, may_hide=False) is None:
            cycle = self._cycle(arc, may_hide=True)
            if cycle is None:
                self._hide_more_around(arc)
                continue
            for other, _sign in cycle:
                if other.key not in self.hidden.cells:
                    self.hide(other)

    def _hide_more_around(self, arc: Arc) -> None:
        """No cell by itself helps: hide all of a node. The lowest first that has something of the cell (five parts with
        one each are known from a five that is told); then, from the node itself up, the next with all below it."""
        for below in self.upward:
            if below.cell[1:] == arc.cell[1:] and below.count and self._is_in(below, arc):
                row = (below.cell[0], below.is_own)
                if not self.hidden.hides_row(row):
                    self._hide_row(row[0], is_own=row[1])
                    return
        up: Row | None = (arc.cell[0], arc.is_own)
        while up is not None and self.hidden.hides_row(up) and up in self.hidden.silent:
            up = row_above(self.family, up)
        if up is None:  # with all of it hidden there is another flow
            raise AssertionError(f"nothing left to hide around {arc}")
        self._hide_row(up[0], is_own=up[1])
        self.silence_below(up)

    def _is_in(self, below: Arc, arc: Arc) -> bool:
        """Whether what `below` counts is counted in `arc` too."""
        row: Row | None = (below.cell[0], below.is_own)
        while row is not None:
            if row == (arc.cell[0], arc.is_own):
                return True
            row = row_above(self.family, row)
        return False

    def _cycle(self, arc: Arc, *, may_hide: bool) -> list[tuple[Arc, int]] | None:
        least, most = self.room(arc)
        found = []
        if arc.count < most:
            found.append(self._path(arc, 1, may_hide=may_hide))
        if arc.count > least:
            found.append(self._path(arc, -1, may_hide=may_hide))
        ways = [way for way in found if way is not None]
        return min(ways, key=lambda way: way[0])[1] if ways else None

    def _path(self, arc: Arc, sign: int, *, may_hide: bool) -> tuple[int, list[tuple[Arc, int]]] | None:
        """The cheapest way round that gives the cell one more (or less), and its price: Dijkstra, hidden arcs free."""
        start, goal = (arc.head, arc.tail) if sign > 0 else (arc.tail, arc.head)
        price: dict[Vertex, int] = {start: 0}
        came: dict[Vertex, tuple[Vertex, Arc, int]] = {}
        queue, turn = [(0, 0, start)], 0
        while queue:
            cost, _turn, vertex = heapq.heappop(queue)
            if cost > price[vertex]:
                continue
            if vertex == goal:
                break
            for other, way in self.around[vertex]:
                step = self._step(other, way, may_hide=may_hide) if other is not arc else None
                if step is None:
                    continue
                there = other.head if way > 0 else other.tail
                if cost + step < price.get(there, _FREE):
                    price[there], came[there] = cost + step, (vertex, other, way)
                    turn += 1
                    heapq.heappush(queue, (cost + step, turn, there))
        if goal not in price:
            return None
        path, vertex = [], goal
        while vertex != start:
            vertex, other, way = came[vertex]
            path.append((other, way))
        return price[goal], [(arc, sign), *reversed(path)]

    def _step(self, arc: Arc, way: int, *, may_hide: bool) -> int | None:
        """What it costs to put one more (way 1) or one less (-1) through the arc; None where that cannot be."""
        if arc.key in self.hidden.cells:
            least, most = self.room(arc)
            return 0 if (arc.count < most if way > 0 else arc.count > least) else None
        if not may_hide or arc.count == 0:
            return None  # a zero is told, and hidden only with all of its node
        price = (arc.count + _EACH_COST) * (_TOTAL_COST if arc.is_total else 1)
        return price * _STEP_COST ** self.heights[arc.cell[0]]


def row_above(family: Family, row: Row) -> Row | None:
    """The row that this one is part of: what is a node's own is part of the node."""
    node, is_own = row
    above = node if is_own else family.parents[node]
    return None if above is None else (above, False)


def networks_of(family: Family, hidden: Hidden) -> list[Network]:
    """A network for each feature; they share what is hidden."""
    return [Network(family, feature, hidden) for feature in family.features]


def small_arcs(network: Network) -> list[Arc]:
    """The cells that must not be known: 1 to 4, those that stand lowest first."""
    return [arc for arc in network.upward if 0 < arc.count < SMALLEST_TOLD]


def protect(family: Family) -> Hidden:
    """What of the family is not told: the cells from 1 to 4, and those from which one could compute them.

    The same family always gives the same answer.
    """
    hidden = Hidden(set(), set())
    networks = networks_of(family, hidden)
    for network in networks:
        for arc in small_arcs(network):
            network.hide(arc)
    for network in networks:
        for arc in small_arcs(network):
            network.protect(arc)
    return hidden
