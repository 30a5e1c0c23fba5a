"""How long one helps, how somebody asked for it, and what became of a letter. No Django, no clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

#: How long a session of help lasts at most.
LASTS = timedelta(minutes=60)
#: Session key: the id of the session of help that this browser is in.
HELP = "help"
#: A hidden field of a form that is to be sent again: whom it was written for.
FOR = "help_for"
#: How long the link works by which a person takes over their account.
TAKE_OVER_LASTS = timedelta(days=14)


class Asked(StrEnum):
    """How the person asked for help, or said yes to being registered."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    PAPER = "paper"


class How(StrEnum):
    """How a session of help ended."""

    BUTTON = "button"
    TIME = "time"
    ROLE = "role"  # the coordinator's role ended, or she went on in another
    NEXT = "next"  # she began a new one elsewhere


class Done(StrEnum):
    """What became of a mail to somebody who has no address, or wants it in another way."""

    POSTED = "posted"
    PHONED = "phoned"


class HelpsAlready(ValueError):
    """One helps one person at a time."""


def is_over(ends_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """Whether a session of help no longer runs."""
    return ended_at is not None or now >= ends_at
