"""What others than the coordinators are told of a group: counts in fives, and only those that leave doubt. Pure.

A group is a stock: nearly everybody in it this month is in it the next. With exact counts the difference between two
months tells of single people, however well each month is protected by itself. So no exact count is told at all:

1. A count is told as which five it is in: 5 to 9, 10 to 14, 15 to 19. From 0 to 4 nothing is told. Every number on the
   page is a whole number of fives, so every sum and difference of them is too, of one month and of many: equations give
   no count from 1 to 4, and no change of 1 to 4.
2. What is left are bounds (five parts of which nothing is told, with 20 to 24 all together, are 4 each if it is 20). So
   for every count that is not zero there must be another group of people, whole, with all its tables, that reads the
   same and has another count there. `telling` looks for one; where it finds none, it hides more (complementary
   suppression) until it does: the smallest of the same division first, then the total, then the whole column.

The months need not be held against each other: whoever is in a group one month may be anybody's age or place the next,
so that nothing that is told of one month narrows what another month can have been. A change is therefore known only
where both counts are, and none but zeros can be.

What a reader is taken to know: all of this, every sum, that whoever was asked or chosen is in the group, and of each
count that is not told whether it is under five or hidden to protect another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

#: Counts are told in steps of this, and none below it.
FIVE = 5
#: The part of those who have not answered a question, or would rather not.
NOT_SAID = "not_said"


class Column(StrEnum):
    """Whom a table counts. Everybody in a column is in the group."""

    MEMBERS = "members"  # have sent the form, and not left
    ASKED = "asked"  # to an assignment, within a year
    CHOSEN = "chosen"  # for an assignment, within a year
    ACTIVE = "active"  # take part in a work that goes on now


COLUMNS = tuple(column.value for column in Column)

#: A count: column, feature, part; ("", "") is the column's total.
Cell = tuple[str, str, str]
#: What another world has more (or less) than this one.
Change = dict[Cell, int]


@dataclass(frozen=True, slots=True)
class Profile:
    """All that the tables know of somebody. columns: those they are counted in, the group's own always among them.
    parts: one of each feature, in order."""

    columns: frozenset[str]
    parts: tuple[str, ...]

    def at(self, place: int, part: str) -> Profile:
        """The same person with another part."""
        return Profile(self.columns, (*self.parts[:place], part, *self.parts[place + 1 :]))


@dataclass(frozen=True, slots=True)
class World:
    """A group of people. features: key -> its parts, every one; each person is in exactly one part of each."""

    features: Mapping[str, tuple[str, ...]]
    people: Mapping[Profile, int]

    def counts(self) -> Counter[Cell]:
        """Cell -> how many. Zeros are left out."""
        found: Counter[Cell] = Counter()
        for profile, number in self.people.items():
            for cell in cells_of(profile, self.features):
                found[cell] += number
        return +found


def cells_of(profile: Profile, features: Mapping[str, tuple[str, ...]]) -> Iterator[Cell]:
    """Where somebody is counted."""
    for column in profile.columns:
        yield column, "", ""
        for feature, part in zip(features, profile.parts, strict=True):
            yield column, feature, part


@dataclass(slots=True)
class Telling:
    """What is told. covered: counts of five and more that are hidden to protect others. silent: columns of which
    nothing is told; with that of the members nothing is told at all."""

    counts: Mapping[Cell, int]
    covered: set[Cell] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)

    @property
    def fives(self) -> dict[Cell, int]:
        """Cell -> in which five it is, from 1 on: 1 is 5 to 9. What is not here is not told."""
        if Column.MEMBERS in self.silent:
            return {}
        return {
            cell: number // FIVE
            for cell, number in self.counts.items()
            if number >= FIVE and cell not in self.covered and cell[0] not in self.silent
        }

    def hides(self, change: Change) -> bool:
        """Whether a world with that change reads the same as this one."""
        return all(self._reads_the_same(cell, step) for cell, step in change.items() if step)

    def _reads_the_same(self, cell: Cell, step: int) -> bool:
        before = self.counts.get(cell, 0)
        after = before + step
        if after < 0:
            return False
        if cell[0] in self.silent:
            return True
        return after >= FIVE if cell in self.covered else after // FIVE == before // FIVE


def tell(world: World) -> dict[Cell, int]:
    """Cell -> in which five it is, of those that may be told. The same world always gives the same."""
    return telling(world).fives


def telling(world: World) -> Telling:
    """What is told of the world, and what is hidden to protect the rest."""
    counts = world.counts()
    told = Telling(counts, silent={column for column in COLUMNS if counts.get((column, "", ""), 0) < FIVE})
    while Column.MEMBERS not in told.silent:
        found = known(world, told)
        if not found:
            break
        _hide_more(told, found[0])
    return told


def known(world: World, told: Telling) -> list[Cell]:
    """The counts, zeros apart, for which there is no other world, totals last: what one wants is []."""
    if Column.MEMBERS in told.silent:
        return []
    spoken = sorted((cell for cell in told.counts if cell[0] not in told.silent), key=lambda c: (not c[1], c))
    return [cell for cell in spoken if not _has_another_world(world, told, cell)]


def _has_another_world(world: World, told: Telling, cell: Cell) -> bool:
    return any(change.get(cell) and told.hides(change) for change in _changes(world, cell))


def _hide_more(told: Telling, cell: Cell) -> None:
    column, feature, _part = cell
    beside = [
        (number, each)
        for each, number in told.counts.items()
        if each[:2] == (column, feature) and number >= FIVE and each not in told.covered
    ]
    total = (column, "", "")
    if beside:
        told.covered.add(min(beside)[1])
    elif total not in told.covered:
        told.covered.add(total)
    else:
        told.silent.add(column)


# --- other worlds ---------------------------------------------------------------------------------


def _changes(world: World, cell: Cell) -> Iterator[Change]:
    """What could be otherwise in `cell`: somebody of another part or not in the column, two who change places, one
    more, one less. Each is a whole other group of people."""
    column, feature, part = cell
    place = list(world.features).index(feature) if feature else -1
    there: list[Profile] = []
    elsewhere: list[Profile] = []
    for profile in sorted(world.people, key=_order):
        is_there = column in profile.columns and (not feature or profile.parts[place] == part)
        (there if is_there else elsewhere).append(profile)
    if feature:
        yield from _other_part(world, there, elsewhere, column, place, part)
    for profile in there:
        if column != Column.MEMBERS:
            yield _change(world, [profile], [Profile(profile.columns - {column}, profile.parts)])
        yield _change(world, [], [profile])
        yield _change(world, [profile], [])
    if column != Column.MEMBERS:
        for profile in elsewhere:
            if column not in profile.columns:
                yield _change(world, [profile], [Profile(profile.columns | {column}, profile.parts)])


def _other_part(
    world: World, there: list[Profile], elsewhere: list[Profile], column: str, place: int, part: str
) -> Iterator[Change]:
    """Somebody who is there has another part, or the other way round; then two of different columns change places."""
    parts = [each for each in list(world.features.values())[place] if each != part]
    seen: set[tuple[frozenset[str], str]] = set()
    for profile in there:
        for other in parts:
            if (profile.columns, other) not in seen:
                seen.add((profile.columns, other))
                yield _change(world, [profile], [profile.at(place, other)])
    moved: dict[tuple[frozenset[str], str], Profile] = {}
    for profile in elsewhere:
        if profile.parts[place] != part:
            moved.setdefault((profile.columns, profile.parts[place]), profile)
    for (columns, _other), profile in moved.items():
        if column in columns:
            yield _change(world, [profile], [profile.at(place, part)])
    if column == Column.MEMBERS:
        return
    by_columns: dict[frozenset[str], Profile] = {}
    for profile in there:
        by_columns.setdefault(profile.columns, profile)
    for profile in by_columns.values():
        for (columns, other), partner in moved.items():
            if column not in columns:
                yield _change(world, [profile, partner], [profile.at(place, other), partner.at(place, part)])
    # The other way round: somebody in the column comes there, and somebody who is not in it goes.
    at_part = {p.columns: p for p in elsewhere if p.parts[place] == part}
    for (columns, other), profile in moved.items():
        if column in columns:
            for partner in at_part.values():
                yield _change(world, [profile, partner], [profile.at(place, part), partner.at(place, other)])


def _change(world: World, gone: list[Profile], come: list[Profile]) -> Change:
    change: dict[Cell, int] = defaultdict(int)
    for profiles, step in ((gone, -1), (come, 1)):
        for profile in profiles:
            for cell in cells_of(profile, world.features):
                change[cell] += step
    return change


def _order(profile: Profile) -> tuple[tuple[str, ...], list[str]]:
    return profile.parts, sorted(profile.columns)
