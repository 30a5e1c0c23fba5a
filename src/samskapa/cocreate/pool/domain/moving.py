"""How a member moves from one status to another: only by these moves, each with its reason. And the refusals."""

from __future__ import annotations

from datetime import date, timedelta

from .words import Introduction, Status, Why

_IN = (Status.INTERESTED, Status.TALKED, Status.WELCOMED, Status.ACTIVE)

#: (from, why, to). The table of moves in the database refuses every other.
MOVES: frozenset[tuple[Status, Why, Status]] = frozenset(
    {
        (Status.BEGUN, Why.SENT, Status.INTERESTED),
        (Status.BEGUN, Why.IMPORTED, Status.INTERESTED),
        (Status.INTERESTED, Why.TALKED, Status.TALKED),
        (Status.TALKED, Why.WELCOMED, Status.WELCOMED),
        (Status.WELCOMED, Why.INTRODUCED, Status.ACTIVE),
        (Status.INTERESTED, Why.NOT_WELCOMED, Status.LEFT),
        (Status.TALKED, Why.NOT_WELCOMED, Status.LEFT),
        (Status.ACTIVE, Why.NO_ANSWER, Status.RESTING),
        (Status.LEFT, Why.AGAIN, Status.BEGUN),
        (Status.BEGUN, Why.TIME, Status.LEFT),
        (Status.RESTING, Why.TIME, Status.LEFT),
        *((at, Why.OWN_WISH, Status.RESTING) for at in _IN),
        *((at, Why.ENDED, Status.RESTING) for at in _IN),  # a death, which can be taken back
        *((Status.RESTING, Why.BACK, at) for at in _IN),
        *((at, Why.OWN_WISH, Status.LEFT) for at in (Status.BEGUN, *_IN, Status.RESTING)),
        *((at, Why.ENDED, Status.LEFT) for at in (Status.BEGUN, *_IN, Status.RESTING)),
    }
)

#: One is a member of the group in these: a coordinator sees what one has told.
SEEN = frozenset({*_IN, Status.RESTING})
#: With whom one checks in.
CHECKED_IN = (Status.WELCOMED, Status.ACTIVE)
#: In these nothing of what somebody told is kept, or nothing has been told yet.
NOT_IN = frozenset({Status.BEGUN, Status.LEFT})

#: The yearly question: how long after one was last heard from, when to remind, and how long after that the silence
#: means rest.
ASKED_EACH = timedelta(days=365)
REMINDED_AFTER = timedelta(days=21)
RESTS_AFTER = timedelta(days=21)
#: The first check-in with somebody who is welcomed or can be asked, and has no day yet: thirteen weeks on, which is the
#: same day of the week. The coordinator may choose another.
FIRST_CHECK_IN_AFTER = timedelta(weeks=13)
#: Who has been active so long and never asked stands among what waits on the desk (docs/decisions/0033-group-desk.md).
NEVER_ASKED_AFTER = timedelta(days=90)


class NotThatMove(ValueError):
    """There is no such move from where the member stands now."""


class AgeUnknown(NotThatMove):
    """Nobody has told the age of somebody who came from a list: it is asked for before they are welcomed."""


class Unanswered(ValueError):
    """The form cannot be sent: `args[0]` are the keys of the questions that must be answered."""


class ChangedMeanwhile(Exception):
    """Somebody saved another answer to the question while one wrote. `version` is the newest."""

    def __init__(self, version: int):
        super().__init__(version)
        self.version = version


class GroupChangedMeanwhile(Exception):
    """Somebody changed the group's page while one wrote."""


class Closed(ValueError):
    """The group takes nobody in now."""


class ConsentNeeded(ValueError):
    """A diagnosis without an explicit yes."""


class GuardianNeeded(ValueError):
    """Under eighteen: no guardian's yes, guide or known adult is noted."""


class NotIntroduced(ValueError):
    """The introduction is not done: `args[0]` are the points that are left."""


class NotAgreed(ValueError):
    """Both have not confirmed the joining agreement yet."""


class AnsweredAlready(Exception):
    """The yearly question has been answered or closed."""


class ReasonNeeded(ValueError):
    """A no to somebody needs words that they can read."""


class AheadOfToday(ValueError):
    """A talk that is noted has been held."""


def check_move(at: str, why: Why, to: Status) -> None:
    """Raises NotThatMove."""
    if (Status(at), why, to) not in MOVES:
        raise NotThatMove(f"{at} -> {to} ({why})")


def points_left(done: set[str]) -> list[Introduction]:
    """The points of the introduction that have not been gone through, in order."""
    return [point for point in Introduction if point.value not in done]


def first_check_in(today: date) -> date:
    """When one first checks in with somebody who comes in today."""
    return today + FIRST_CHECK_IN_AFTER


def is_ahead(day: date, today: date) -> bool:
    return day > today
