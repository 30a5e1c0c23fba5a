"""The law of lists that are taken in and out: how far a list has come, what its columns are, what a row says."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from .columns import REFUSED, Column, guess, heading_key
from .reading import Read, Told, Trouble, Words, as_cell, read_row

__all__ = [
    "BUSY",
    "KEPT",
    "REFUSED",
    "Choice",
    "Column",
    "NotNow",
    "Read",
    "Stage",
    "State",
    "Told",
    "Trouble",
    "Words",
    "as_cell",
    "guess",
    "heading_key",
    "read_row",
]

#: How long the rows of a list are kept that nobody finishes.
KEPT = timedelta(days=30)


class Stage(StrEnum):
    """How far a list has come."""

    READING = "reading"  # the file is read, row by row
    BROKEN = "broken"  # it could not be read: the coordinator sends a mended one
    MAPPING = "mapping"  # waits for what the columns are
    CHECKING = "checking"  # each row is looked at
    CHECKED = "checked"  # waits for the coordinator to look, and to say who comes in
    MAKING = "making"  # they come in
    MADE = "made"  # done; what was not taken in is still to be seen
    CLOSED = "closed"  # nothing of the list is left but how many


#: Stages in which the worker has something to do.
BUSY = frozenset({Stage.READING, Stage.CHECKING, Stage.MAKING})


class State(StrEnum):
    """What is known of a row."""

    NEW = "new"
    GOOD = "good"
    BAD = "bad"  # cannot be taken in, and says why


class Choice(StrEnum):
    """What the coordinator says of a row that may be somebody who is there already."""

    FILL = "fill"  # the same person: answer what they have not answered
    NEW = "new"  # somebody else
    SKIP = "skip"


class NotNow(Exception):
    """The list is not where that is done: it has gone on, or is worked with just now."""
