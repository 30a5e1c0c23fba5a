"""Material that is put to an assignment: for whom, how much, when, and when those it is for are told."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from .words import State

#: Files that stand with one assignment at the same time: more is an archive, which nobody reads before a meeting.
MOST = 20
LONGEST_TITLE = 120
LONGEST_WHY = 500
#: Whoever puts one file there puts the next one there too: so long nothing must have come before anybody is told.
SITTING = timedelta(minutes=30)

#: In these host and coordinator may put material there and change it.
_TAKES = {State.NEED, State.OPEN, State.CHOOSING, State.AGREEING, State.AGREED}


class Audience(StrEnum):
    """For whom material is."""

    EVERYBODY = "everybody"  # on the public page, once there is one
    CHOSEN = "chosen"  # those who are chosen, host and coordinator


class TooMany(Exception):
    """There are MOST already."""


class Gone(Exception):
    """It has been taken away."""


def takes_material(state: str, *, is_coordinator: bool) -> bool:
    """Whether material can be put there or changed now. While the coordinator has the need it is hers alone. Taking
    away is always possible: what should never have been there must be."""
    return State(state) in _TAKES or (state == State.SENT and is_coordinator)


def sitting_is_over(newest: datetime, now: datetime) -> bool:
    """Whether it is time to tell of material, the newest of which came at `newest`."""
    return now - newest >= SITTING
