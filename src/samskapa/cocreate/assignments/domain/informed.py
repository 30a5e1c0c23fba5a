"""Following an assignment, and saved searches: what there is news of. No Django, no clock."""

from __future__ import annotations

from enum import StrEnum

#: Topics of config/notices.py.
FOLLOWED, SEARCHES = "followed", "searches"
#: So many searches one person may have saved; more would be no choice.
MOST_SEARCHES = 20
LONGEST_NAME = 80


class News(StrEnum):
    """What those who follow an assignment are told of."""

    ANSWERED = "answered"
    MOVED = "moved"
    CLOSED = "closed"
    CALLED_OFF = "called_off"
    TOLD_BACK = "told_back"


class NameTaken(ValueError):
    """One's own search has that name already, and looks for something else."""


class EnoughSearches(ValueError):
    """One has MOST_SEARCHES already."""


def codes_above(code: str) -> list[str]:
    """The codes of the counties that a municipality with that code may lie in: its beginnings."""
    return [code[:length] for length in range(1, len(code))]
