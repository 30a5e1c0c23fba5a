"""The law of letters to many: whom they go to, by which way, and that what was looked at is what is sent. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

#: How long it is kept to whom a letter went.
KEPT = timedelta(days=730)
LONGEST_TITLE = 100
LONGEST_TEXT = 4000


class Stage(StrEnum):
    """How far a letter has come."""

    DRAFT = "draft"
    SENDING = "sending"  # the worker writes to one after the other
    SENT = "sent"


class Way(StrEnum):
    """How somebody gets it, as they have chosen themselves."""

    DIGEST = "digest"  # by mail, in what gathers the day or the week unless they want it at once
    PAPER = "paper"  # no address: a letter or a call through a coordinator, as everywhere
    PAGE = "page"  # wants no mail of the kind: it stands on their page


class ChangedMeanwhile(Exception):
    """Somebody else saved another text while one wrote. `version` is the newest."""

    def __init__(self, version: int):
        super().__init__(version)
        self.version = version


class OthersNow(Exception):
    """Those who get it are not the same as when it was looked at."""


class Nobody(ValueError):
    """Nobody gets it."""


class NotNow(Exception):
    """The letter is on its way, or has been sent: it is not changed any more."""


def mark_of(member_ids: Iterable[int]) -> str:
    """What says whom a page showed, in any order: the same for the same people, and for no others."""
    text = ",".join(str(pk) for pk in sorted(member_ids))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
