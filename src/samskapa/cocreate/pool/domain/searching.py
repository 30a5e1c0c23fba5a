"""Whether a name is the one that somebody is looking for, when neither is spelt as the other. Pure.

Words are compared as `swedish_sort_key` writes them: without case and accents.
"""

from __future__ import annotations

#: How much of two words' pairs of letters must be the same (Dice's measure: twice the common ones through all).
#: It lets a letter be wrong, missing or too many; at a half, short names become each other (Maria and Marek).
ALIKE = 0.55
#: The longest name of a view of the members.
LONGEST_NAME = 80


class ViewNameTaken(ValueError):
    """A view of the group has that name, and shows something else."""


def is_found(wanted: str, name: str) -> bool:
    """Whether each word that is looked for is the beginning of a word of the name, stands in it, or is nearly one.
    wanted, name: sort keys."""
    words = name.split()
    return all(any(_is_like(word, each) for each in words) for word in wanted.split())


def _is_like(word: str, other: str) -> bool:
    if word in other:
        return True
    return len(word) > 3 and alike(word, other) >= ALIKE


def alike(one: str, other: str) -> float:
    """1 where two words have the same pairs of letters, 0 where they have none in common. The first and the last letter
    make pairs with the edge."""
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def _pairs(word: str) -> set[str]:
    edged = f" {word} "
    return {edged[place : place + 2] for place in range(len(edged) - 1)}
