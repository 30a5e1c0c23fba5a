"""Whether a name is the one that somebody is looking for, when neither is spelt as the other. Pure.

Words are compared as `swedish_sort_key` writes them: without case and accents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

#: How much of two words' pairs of letters must be the same (Dice's measure: twice the common ones through all).
#: It lets a letter be wrong, missing or too many; at a half, short names become each other (Maria and Marek).
ALIKE = 0.55
#: The longest name of a view of the members.
LONGEST_NAME = 80


#: How many numbers of members a sheet of names has room for.
SHEET = 256


class ViewNameTaken(ValueError):
    """A view of the group has that name, and shows something else."""


def is_found(wanted: str, name: str) -> bool:
    """Whether each word that is looked for is the beginning of a word of the name, stands in it, or is nearly one.
    wanted, name: sort keys."""
    return Search(wanted).finds(name)


class Search:
    """What is looked for, ready to be compared with thousands of names. wanted: a sort key."""

    def __init__(self, wanted: str) -> None:
        # Many have a word of their name in common: each word is compared once.
        self._words: list[tuple[str, dict[str, bool]]] = [(word, {}) for word in wanted.split()]

    def finds(self, name: str) -> bool:
        """Whether the name, a sort key, is one of those looked for (`is_found`)."""
        others = name.split()
        for word, known in self._words:
            for other in others:
                answer = known.get(other)
                if answer is None:
                    answer = known[other] = _is_like(word, other)
                if answer:
                    break
            else:
                return False
        return True


def number_of(member_id: int) -> int:
    """On which sheet a member's name stands."""
    return member_id // SHEET


def sheet_of(names: Iterable[tuple[int, str]]) -> str:
    """Members' numbers and sort keys as one text, a line each."""
    return "\n".join(f"{pk} {key}" for pk, key in names)


def lines_of_sheet(sheet: str) -> Iterator[tuple[int, str]]:
    """What `sheet_of` was given."""
    for line in sheet.split("\n") if sheet else ():
        pk, _, key = line.partition(" ")
        yield int(pk), key


def _is_like(word: str, other: str) -> bool:
    return word in other or (len(word) > 3 and alike(word, other) >= ALIKE)


def alike(one: str, other: str) -> float:
    """1 where two words have the same pairs of letters, 0 where they have none in common. The first and the last letter
    make pairs with the edge."""
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def _pairs(word: str) -> set[str]:
    edged = f" {word} "
    return {edged[place : place + 2] for place in range(len(edged) - 1)}
