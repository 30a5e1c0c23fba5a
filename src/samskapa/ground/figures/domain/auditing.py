"""The exact auditor: for every count from 1 to 4 another world that looks the same to everybody.

It does not trust the network: it builds the other world whole, for all features of the measure, counts its tables anew
and holds everything that is told against the first. What it returns is what it could find no other world for.
"""

from __future__ import annotations

from collections import defaultdict

from .protecting import Arc, Hidden, Network, networks_of, row_above, small_arcs
from .tables import TOTAL, Cell, Family

#: What one reads of a family: the count of each cell that is told; None where a cell is hidden of which one knows that
#: it is no zero, for zeros beside it are told. A cell that is not here is a zero, or nothing is told of it.
Told = dict[tuple[Cell, bool], int | None]


def told(family: Family, hidden: Hidden) -> Told:
    """What a reader has: sums, and what they get by subtraction for the own part of a node that has nodes below it."""
    sums = family.sums()
    has_below = {family.parents[node] for node, *rest in sums if tuple(rest) == TOTAL}
    seen: Told = {}
    for is_own, counts in ((False, sums), (True, dict(family.own))):
        for cell, count in counts.items():
            row = (cell[0], is_own)
            if is_own and cell[0] not in has_below:
                continue  # the node's own is all of it
            if (cell, is_own) not in hidden.cells:
                seen[cell, is_own] = count
            elif row_above(family, row) not in hidden.silent if cell[1:] == TOTAL else not hidden.hides_row(row):
                seen[cell, is_own] = None
    return seen


def other_world(network: Network, cycle: list[tuple[Arc, int]]) -> Family | None:
    """The whole family with the cycle's changes in the network's feature, and in each other one a change for every
    thing that moved from one node to another; None where no such thing is there to move."""
    own: dict[Cell, int] = defaultdict(int, network.family.own)
    below = {above for above in network.children if network.children[above]}
    for arc, sign in cycle:
        node = arc.cell[0]
        if arc.is_own or node not in below:
            own[arc.cell] += sign
    for feature, parts in network.family.features.items():
        if feature == network.feature:
            continue
        for gains, loses in _moves(cycle, below):
            part = next((p for p in parts if loses is None or own[loses, feature, p] > 0), None)
            if part is None:
                return None
            if gains is not None:
                own[gains, feature, part] += 1
            if loses is not None:
                own[loses, feature, part] -= 1
    if any(count < 0 for count in own.values()):
        return None
    return Family(network.family.parents, network.family.features, {c: n for c, n in own.items() if n})


def _moves(cycle: list[tuple[Arc, int]], below: set[int | None]) -> list[tuple[int | None, int | None]]:
    """(node that gains one, node that loses one) for each stretch of totals in the cycle; None: the top."""
    first = next((n for n, (arc, _sign) in enumerate(cycle) if not arc.is_total), 0)
    stretches: list[list[tuple[int, int]]] = []
    was_total = False
    for arc, sign in cycle[first:] + cycle[:first]:
        if arc.is_total:
            if not was_total:
                stretches.append([])
            if arc.is_own or arc.cell[0] not in below:
                stretches[-1].append((arc.cell[0], sign))
        was_total = arc.is_total
    return [
        (
            next((node for node, sign in ends if sign > 0), None),
            next((node for node, sign in ends if sign < 0), None),
        )
        for ends in stretches
        if ends
    ]


def known(family: Family, hidden: Hidden) -> list[tuple[Cell, bool]]:
    """The cells from 1 to 4 that a reader can compute from all that is told of the family; [] is what one wants."""
    found: list[tuple[Cell, bool]] = []
    seen = told(family, hidden)
    for network in networks_of(family, hidden):
        for arc in small_arcs(network):
            cycle = network.other_flow(arc) if arc.key in hidden.cells else None
            world = other_world(network, cycle) if cycle else None
            if world is None or told(world, hidden) != seen or _count(world, arc) == arc.count:
                found.append(arc.key)
    return found


def _count(family: Family, arc: Arc) -> int:
    return (dict(family.own) if arc.is_own else family.sums()).get(arc.cell, 0)
