"""Whether a name is the one that somebody is looking for, when neither is spelt as the other. Pure.

Words are compared as `swedish_sort_key` writes them: without case and accents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
    return Search(wanted.split()).finds(name)


class Search:
    """What is looked for, ready to be compared with thousands of names. words: each a sort key without spaces.

    Which of the words a name answers is one number: bit n for the word n that stands in it, bit n + `size` for one that
    is nearly in it.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.size = len(words)
        # Many have a word of their name in common: each word is compared once.
        self._known = _Known(words)

    def answers(self, name: str) -> int:
        """Which words the name, a sort key, answers."""
        found = 0
        for other in name.split():
            found |= self._known[other]
        return found

    def on_sheets(self, sheets: Iterable[str]) -> Iterator[tuple[int, int]]:
        """The numbers of the members of the sheets whose name answers any of the words, each with which. -1 for those
        who have no name there."""
        read = [(pks, names, set(names.split())) for pks, names in map(_opened, filter(None, sheets))]
        known = self._known
        # The words of all are compared once each. Only of sheets where one of them answers are the lines read.
        asked_for = {word for word in set().union(*(there for _pks, _names, there in read)) if known[word]}
        for pks, names, there in read:
            if asked_for.isdisjoint(there) and "\n\n" not in names:
                continue
            for pk, name in zip(pks, _lines(names), strict=True):
                found = 0 if name else -1
                for other in name.split():
                    found |= known[other]
                if found:
                    yield int(pk), found

    def finds(self, name: str) -> bool:
        """Whether the name is one of those looked for (`is_found`)."""
        found = self.answers(name)
        return (found | found >> self.size) & self.all == self.all

    @property
    def all(self) -> int:
        return (1 << self.size) - 1


class _Known(dict[str, int]):
    """A word of a name -> which of the words it answers."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, other: str) -> int:
        found = 0
        for at, word in enumerate(self._words):
            if word and word in other:
                found |= 1 << at
            elif len(word) > 3 and alike(word, other) >= ALIKE:
                found |= 1 << at + len(self._words)
        self[other] = found
        return found


def number_of(member_id: int) -> int:
    """On which sheet a member's name stands."""
    return member_id // SHEET


def sheet_of(names: Iterable[tuple[int, str]]) -> str:
    """Members' numbers and sort keys as one text: a line of the numbers, then a line for each name, in their order."""
    lines = list(names)
    return "\n".join([" ".join(str(pk) for pk, _key in lines), *(key for _pk, key in lines), ""]) if lines else ""


def lines_of_sheet(sheet: str) -> Iterator[tuple[int, str]]:
    """What `sheet_of` was given."""
    if sheet:
        pks, names = _opened(sheet)
        yield from zip(map(int, pks), _lines(names), strict=True)


def _opened(sheet: str) -> tuple[list[str], str]:
    """The numbers, and the names with a break before the first and after each."""
    at = sheet.index("\n")
    return sheet[:at].split(" "), sheet[at:]


def _lines(names: str) -> list[str]:
    return names[1:-1].split("\n")


def alike(one: str, other: str) -> float:
    """1 where two words have the same pairs of letters, 0 where they have none in common. The first and the last letter
    make pairs with the edge."""
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def _pairs(word: str) -> set[str]:
    edged = f" {word} "
    return {edged[place : place + 2] for place in range(len(edged) - 1)}
