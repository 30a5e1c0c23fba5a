"""The group's own words on members. They only describe: no rule anywhere asks for them. What lets somebody be asked is
in `moving` and in matching's gates."""

from __future__ import annotations

from collections.abc import Set

#: The longest word.
LONGEST_LABEL = 40
#: So many words a group can have: a closed list that nobody can read through is none.
MOST_LABELS = 40


class LabelTaken(ValueError):
    """The group has a word that is spelt so, whatever the case."""


class TooManyLabels(ValueError):
    """The group has MOST_LABELS words."""


class UnknownLabel(LookupError):
    """Not one of the group's words; somebody may just have removed it."""


def changed(shown: Set[int], chosen: Set[int], now: Set[int]) -> tuple[set[int], set[int]]:
    """What one of two who choose at the same time adds and takes away: only what they changed themselves.

    shown: what the page said. chosen: what was sent. now: what stands. Returns (to add, to take away).
    """
    return set(chosen - shown - now), set((shown - chosen) & now)
