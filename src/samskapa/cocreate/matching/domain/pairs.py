"""Two who are asked together: what follows of an answer."""

from __future__ import annotations

from enum import StrEnum

from .waves import Reply

#: So many are a pair.
PAIR = 2


class NotTwo(ValueError):
    """A pair is two."""


class CannotBeNamed(ValueError):
    """One of the two has a protected identity: nobody is told who they are."""


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
