"""What the law of agreements refuses, by name."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """A party asked for something that the law of agreements does not allow."""


class ChangedMeanwhile(Refusal):
    """A newer revision was written after the one that was read. `theirs` is the newest one."""

    def __init__(self, theirs: Any) -> None:
        super().__init__(theirs)
        self.theirs = theirs


class NotBeingWritten(Exception):
    """The agreement has ended: nothing is added. Raised by the using app, which knows when."""


class NotAParty(Refusal):
    """Only the agreement's own parties write, answer and comment in it."""


class NotBound(Refusal):
    """The line binds others: one may comment on it, not confirm, refuse or change it."""


class AlreadyConfirmed(Refusal):
    """All whom the revision binds have confirmed it; it changes only by a new revision."""


class TakenBack(Refusal):
    """Nobody stands behind the proposal any longer; one may write a new one."""


class AlreadyRemoved(Refusal):
    """The newest revision is a removal already."""


class NothingChanged(Refusal):
    """The proposed text is the text that is there."""


class ReasonMissing(Refusal):
    """ "Not agreed" without a reason gives the other party nothing to answer."""


class EmptyText(Refusal):
    """A line or comment without a single visible character."""


class TooLong(Refusal):
    """`limit` is the highest number of characters."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit
