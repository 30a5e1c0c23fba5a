"""How an assignment comes through the stage of choosing: nobody forgotten, nobody answered twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .standing import TooManyDeputies
from .words import NEXT, ApplicationState, Assessment, State

#: Host and coordinator are reminded this many days before the promised day.
REMIND_DAYS_BEFORE = 3


class NotChoosing(Exception):
    """The assignment is not in the stage of choosing."""


class CannotMove(Exception):
    """An assignment cannot go from its state to the one that was asked for."""


class ReasonMissing(Exception):
    """A choice and an answer are given with a reason, always."""


class NobodyChosen(Exception):
    """At least one must be chosen; otherwise the assignment is called off, with the reason."""


class OnlyDeputies(Exception):
    """A deputy steps in for somebody: at least one is chosen as ordinary."""


class NotAmongApplicants(Exception):
    """Somebody who has not applied, or has withdrawn, cannot be chosen. `ids` are applications."""

    def __init__(self, ids: list[int]):
        super().__init__(ids)
        self.ids = ids


class ExcludedByConflict(Exception):
    """The coordinator found a conflict of interest that excludes. `ids` are applications."""

    def __init__(self, ids: list[int]):
        super().__init__(ids)
        self.ids = ids


class ConflictNotAssessed(Exception):
    """Somebody declared a conflict of interest that the coordinator has not assessed yet."""

    def __init__(self, ids: list[int]):
        super().__init__(ids)
        self.ids = ids


class AnsweredOtherwise(Exception):
    """A new choice cannot take back an answer that has been sent. `ids` are applications."""

    def __init__(self, ids: list[int]):
        super().__init__(ids)
        self.ids = ids


class NotAsChosen(Exception):
    """The answer says something else than the choice: change the choice first, with a reason."""


class NoChoiceYet(Exception):
    """Answers follow a choice; none has been made."""


class OwnMatter(Exception):
    """Who has applied does not choose, assess or answer: nobody handles a matter of their own (16 and 17 §§
    förvaltningslagen 2017:900)."""


class NotWaiting(Exception):
    """The person has withdrawn (or never applied): no answer is to be sent."""


class AlreadyAnswered(Exception):
    """Somebody else has answered this applicant; `theirs` is what was sent. Nothing is sent twice."""

    def __init__(self, theirs: Reply):
        super().__init__(theirs.answered_by_id)
        self.theirs = theirs


class StillUnanswered(Exception):
    """The stage cannot be left: these applications (ids) wait for an answer."""

    def __init__(self, ids: list[int]):
        super().__init__(ids)
        self.ids = ids


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that has been given to an applicant."""

    outcome: ApplicationState
    reason: str
    answered_by_id: int
    is_deputy: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """An application as far as choosing is concerned. `assessment` is "" when nothing is assessed; is_deputy: answered
    as one."""

    id: int
    state: ApplicationState
    declared_conflict: bool = False
    assessment: str = ""
    is_deputy: bool = False


def check_move(old: str, new: str) -> None:
    """Refuse a step that the order of states does not have."""
    if State(new) not in NEXT[State(old)]:
        raise CannotMove(f"{old} -> {new}")


def check_choice(
    candidates: Iterable[Candidate],
    chosen: Iterable[int],
    reason: str,
    *,
    deputies: Iterable[int] = (),
    most_deputies: int = 0,
) -> None:
    """Refuse a choice without reason, of nobody, of one who cannot be chosen, or against an answer already sent.

    deputies: those of the chosen who are so as deputies, at most `most_deputies` and never all of them.
    """
    by_id = {candidate.id: candidate for candidate in candidates}
    chosen, deputies = sorted(set(chosen)), set(deputies)
    if not reason.strip():
        raise ReasonMissing
    if not chosen:
        raise NobodyChosen
    in_play = {ApplicationState.APPLIED, ApplicationState.CHOSEN, ApplicationState.NOT_CHOSEN}
    if strangers := [pk for pk in chosen if pk not in by_id or by_id[pk].state not in in_play]:
        raise NotAmongApplicants(strangers)
    if excluded := [pk for pk in chosen if by_id[pk].assessment == Assessment.EXCLUDES]:
        raise ExcludedByConflict(excluded)
    if waiting := [pk for pk in chosen if by_id[pk].declared_conflict and not by_id[pk].assessment]:
        raise ConflictNotAssessed(waiting)
    if len(deputies) > most_deputies:
        raise TooManyDeputies(most_deputies)
    if not set(chosen) - deputies:
        raise OnlyDeputies
    taken_back = [
        pk
        for pk, candidate in by_id.items()
        if (
            candidate.state == ApplicationState.CHOSEN and (pk not in chosen or candidate.is_deputy != (pk in deputies))
        )
        or (candidate.state == ApplicationState.NOT_CHOSEN and pk in chosen)
    ]
    if taken_back:
        raise AnsweredOtherwise(sorted(taken_back))


def check_finish(candidates: Iterable[Candidate]) -> None:
    """Refuse to leave the stage while anybody waits for an answer, or when nobody takes part."""
    candidates = list(candidates)
    if waiting := sorted(c.id for c in candidates if c.state == ApplicationState.APPLIED):
        raise StillUnanswered(waiting)
    if not any(c.state == ApplicationState.CHOSEN for c in candidates):
        raise NobodyChosen


def reminder(answer_by: date, today: date) -> str:
    """Which reminder is due today: "" none, "before" once in the last days, else the date, once a day when late."""
    if today > answer_by:
        return today.isoformat()
    if today >= answer_by - timedelta(days=REMIND_DAYS_BEFORE):
        return "before"
    return ""
