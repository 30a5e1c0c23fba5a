"""What a reader can compute from what is told, by other means than the code uses to hide it.

`pinned_by_sums` solves the linear equations exactly, in fractions. `worlds` tries every whole-numbered world of a tiny
family, with all that a reader knows: which hidden cells are no zeros, and which are under 5.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from samskapa.ground.figures.domain import TOTAL, Family, Hidden

#: A leaf cell: (node, feature, part) of what is counted at the node itself.
Atom = tuple[int, str, str]


def cells(family: Family) -> list[tuple[tuple[int, str, str], bool]]:
    """Every cell that there is, own parts of nodes too, zeros too."""
    parts = [(feature, part) for feature, keys in family.features.items() for part in keys]
    return [((node, *which), own) for node in family.parents for which in [TOTAL, *parts] for own in (False, True)]


def atoms_of(family: Family, cell: tuple[int, str, str], own: bool) -> list[Atom]:
    """The leaf cells whose sum the cell is; a total is the sum over the parts of any one feature: the first."""
    node, feature, part = cell
    below = [node] if own else [each for each in family.parents if node in line_up(family, each)]
    if (feature, part) != TOTAL:
        return [(each, feature, part) for each in below]
    first = next(iter(family.features))
    return [(each, first, key) for each in below for key in family.features[first]]


def line_up(family: Family, node: int) -> list[int]:
    found: list[int] = []
    at: int | None = node
    while at is not None:
        found.append(at)
        at = family.parents[at]
    return found


def count_of(family: Family, cell, own: bool) -> int:
    return (dict(family.own) if own else family.sums()).get(cell, 0)


def is_told(family: Family, hidden: Hidden, cell, own: bool, sums) -> bool:
    """Whether the cell is told. sums: of the family. Own parts of a node with nothing below are the node itself;
    a node without anything is told unless it is below something of which nothing is told."""
    if (cell, own) in hidden.cells:
        return False
    below = [node for node, above in family.parents.items() if above == cell[0]]
    if own and not any(sums.get((node, *TOTAL)) for node in below):
        return (cell, False) not in hidden.cells
    return True


def pinned_by_sums(family: Family, hidden: Hidden) -> list:
    """Cells from 1 to 4 whose count follows from the sums that are told, as linear equations and nothing more."""
    parts = [(feature, part) for feature, keys in family.features.items() for part in keys]
    atoms = {(node, *which): n for n, (node, which) in enumerate(product(family.parents, parts))}
    rows, sums, at_node = [], family.sums(), dict(family.own)
    for cell, own in cells(family):
        if is_told(family, hidden, cell, own, sums):
            rows.append(vector(atoms, atoms_of(family, cell, own)))
    for node in family.parents:  # the features of a node have the same total
        first, *others = family.features
        for other in others:
            row = vector(atoms, [(node, first, key) for key in family.features[first]])
            for key in family.features[other]:
                row[atoms[node, other, key]] -= 1
            rows.append(row)
    basis = reduced(rows)
    return [
        (cell, own)
        for cell, own in cells(family)
        if 0 < (at_node if own else sums).get(cell, 0) < 5 and is_in(basis, vector(atoms, atoms_of(family, cell, own)))
    ]


def vector(atoms: dict[Atom, int], wanted: list[Atom]) -> dict[int, Fraction]:
    row: dict[int, Fraction] = defaultdict(Fraction)
    for atom in wanted:
        row[atoms[atom]] += 1
    return row


def subtract(row, basis):
    """What is left of the row when every basis row has been taken out of it."""
    row = {key: value for key, value in row.items() if value}
    while True:
        pivot = next((key for key in sorted(row) if key in basis), None)
        if pivot is None:
            return row
        factor = row[pivot]
        for key, value in basis[pivot].items():
            left = row.get(key, Fraction(0)) - factor * value
            if left:
                row[key] = left
            else:
                row.pop(key, None)


def reduced(rows):
    basis = {}
    for row in rows:
        left = subtract(row, basis)
        if left:
            pivot = min(left)
            basis[pivot] = {key: value / left[pivot] for key, value in left.items()}
    return basis


def is_in(basis, row) -> bool:
    return not subtract(row, basis)


def worlds(family: Family, hidden: Hidden, *, most: int) -> Iterator[Family]:
    """Every family of one feature that agrees with all that is told. most: the highest leaf count that is tried."""
    ((feature, parts),) = family.features.items()
    leaves = [node for node in family.parents if (node, *TOTAL) in family.own]
    atoms = [(node, feature, part) for node in leaves for part in parts]
    sums = family.sums()
    at = {atom: n for n, atom in enumerate(atoms)}
    told = [
        ([at[atom] for atom in atoms_of(family, *each) if atom in at], count_of(family, *each))
        for each in cells(family)
        if is_told(family, hidden, *each, sums)
    ]
    alone = {where[0]: count for where, count in told if len(where) == 1}
    tried = [[alone[n]] if n in alone else range(most + 1) for n in range(len(atoms))]
    for counts in product(*tried):
        if any(sum(counts[n] for n in where) != count for where, count in told):
            continue
        own = {atom: count for atom, count in zip(atoms, counts, strict=True) if count}
        for node in leaves:
            total = sum(own.get((node, feature, part), 0) for part in parts)
            if total:
                own[node, *TOTAL] = total
        world = Family(family.parents, family.features, own)
        if looks_alike(family, world, hidden):
            yield world


def looks_alike(family: Family, world: Family, hidden: Hidden) -> bool:
    """Whether the hidden cells are what the reader knows of them: under 5 where they are, and no zero where zeros
    beside them are told."""
    sums, others = family.sums(), world.sums()
    for cell, count in sums.items():
        if (cell, False) not in hidden.cells:
            continue
        above, other = family.parents[cell[0]], others.get(cell, 0)
        if cell[1:] == TOTAL:
            silent = above is not None and (above, False) in hidden.silent
        else:
            silent = hidden.hides_row((cell[0], False))
        if not silent and (other == 0 or count < 5 <= other):
            return False
    return True
