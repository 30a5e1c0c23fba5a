"""What a party can say, where that leaves a line, and whose promise it is."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """On whose side a party stands, and whose promise a line is."""

    PERSON = "person"
    CARE = "care"
    BOTH = "both"  # lines only


class Verdict(StrEnum):
    """What a party says of one revision of one line."""

    CONFIRMED = "confirmed"
    NOT_AGREED = "not_agreed"
    LEFT_OPEN = "left_open"


class Status(StrEnum):
    """Where the newest revision of a line stands in one agreement."""

    WAITING = "waiting"  # somebody it binds has not answered
    NOT_AGREED = "not_agreed"  # somebody said no, and that is not the end of it
    AGREED = "agreed"  # confirmed by all it binds: applies, for good
    LEFT_OPEN = "left_open"  # all it binds chose to leave it open
    REMOVED = "removed"  # a removal confirmed by all it binds
    FALLEN = "fallen"  # nobody stands behind the proposal any longer: what applied before applies


class Outcome(StrEnum):
    """As what a revision stands in a fixed version."""

    AGREED = "agreed"
    OPEN = "open"


SETTLED = {Status.AGREED, Status.LEFT_OPEN, Status.REMOVED, Status.FALLEN}
