"""Two who are asked together: what follows of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from .waves import FEWEST, MOST, Reply

#: So many are a pair.
PAIR = 2


class NotTwo(ValueError):
    """A pair is two: nobody is left over, and nobody is in two pairs."""


class CannotBeNamed(ValueError):
    """One of the two has a protected identity: nobody is told who they are."""


def two_and_two(ids: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs of those who stand next to each other: the first with the second, the third with the fourth. Raises
    NotTwo."""
    if not ids or len(ids) % PAIR or len(set(ids)) != len(ids):
        raise NotTwo(len(ids))
    return list(zip(ids[::PAIR], ids[1::PAIR], strict=True))


def whole_pairs(number: int) -> int:
    """How many of so many can be asked two and two: nobody is asked alone."""
    return number - number % PAIR


def suggested(wanted: int, free: int) -> tuple[int, bool]:
    """How many are ticked from the beginning, and whether two and two is suggested: where more than one is wanted, and
    nobody would be left over. wanted: how many yes are needed. free: how many there are to tick."""
    most = min(free, MOST)
    number = max(wanted, FEWEST)
    if wanted < PAIR:
        return min(number, most), False
    number = min(number + number % PAIR, most)
    return number, number > 0 and number % PAIR == 0


class Follows(StrEnum):
    """What follows when one of two has answered, or no longer can."""

    NOTHING = "nothing"
    BOTH = "both"  # both have said yes, and are told so
    ALONE = "alone"  # the pair ends; the other is told, and asked whether alone is all right


def follows(one: str, other: str) -> Follows:
    """Of the answers of two whose pair has not ended: `one` is the newer. "" waits."""
    if one == Reply.YES:
        return Follows.BOTH if other == Reply.YES else Follows.NOTHING
    if one == "":
        return Follows.NOTHING
    return Follows.ALONE
