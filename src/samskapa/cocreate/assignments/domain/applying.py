"""When one can apply, what an application must hold, and what can be taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .words import ApplicationState, State

#: The longest a text may be, in characters: long enough for a story, short enough to be read by others.
LONGEST_EXPERIENCE = 4000
LONGEST_ANSWER = 2000
LONGEST_QUESTION = 1000
LONGEST_REASON = 2000

#: The person takes part, or waits for an answer.
STILL_IN = {ApplicationState.APPLIED, ApplicationState.CHOSEN}


class NotOpen(Exception):
    """One cannot apply, nominate or ask: not published, closed, or called off."""


class OnlyByNomination(Exception):
    """A standing assignment to which organisations nominate."""


class AlreadyApplied(Exception):
    """The person has an application to this assignment; there is never a second one."""

    def __init__(self, application_id: int):
        super().__init__(application_id)
        self.application_id = application_id


class NobodyActs(Exception):
    """Only a person can do that, and the actor is none."""


class AlreadyNominated(Exception):
    """The organisation has already nominated somebody with this address, who has not answered yet."""


class NotWaitingForAnswer(Exception):
    """The nomination has been answered, or the assignment closed first."""


class CannotWithdraw(Exception):
    """Withdrawn before, answered with no, or the assignment is called off."""


class CannotChange(Exception):
    """Not in a state in which the application can be changed."""


class ChangedMeanwhile(Exception):
    """Somebody (perhaps oneself, in another window) saved a newer version than the one that was read."""

    def __init__(self, newest: int):
        super().__init__(newest)
        self.newest = newest


class Incomplete(Exception):
    """Something that must be answered is not. `missing` holds names of fields, questions as "question_<id>"."""

    def __init__(self, missing: list[str]):
        super().__init__(missing)
        self.missing = missing


class AnsweredBefore(Exception):
    """The question has an answer, or was taken down; nobody's words are written over."""


@dataclass(frozen=True, slots=True)
class Given:
    """What an applicant has written.

    answers: question id -> text. has_conflict: None where it is not asked.
    present_now: whether the name may be shown to the host already now.
    """

    experience: str
    answers: dict[int, str] = field(default_factory=dict)
    access_needs: str = ""
    organisation_id: int | None = None
    has_conflict: bool | None = None
    conflict_text: str = ""
    present_now: bool = False


def person_of(person_id: int | None) -> int:
    """The id of who acts. Raises NobodyActs for a visitor and for the system."""
    if person_id is None:
        raise NobodyActs
    return person_id


def is_open(state: str, closes_on: date | None, today: date) -> bool:
    """Whether one can apply today: the last day counts, whether or not the closing job has run."""
    return state == State.OPEN and closes_on is not None and today <= closes_on


def is_due_to_close(state: str, closes_on: date | None, today: date) -> bool:
    """Whether the last day has passed while the assignment still says open."""
    return state == State.OPEN and closes_on is not None and closes_on < today


def check_given(given: Given, *, required: list[int], ask_conflict: bool) -> None:
    """Refuse with `Incomplete` an application that lacks something that must be answered."""
    missing = [] if given.experience.strip() else ["experience"]
    missing += [f"question_{pk}" for pk in required if not given.answers.get(pk, "").strip()]
    if ask_conflict and given.has_conflict is None:
        missing.append("has_conflict")
    if ask_conflict and given.has_conflict and not given.conflict_text.strip():
        missing.append("conflict_text")
    if missing:
        raise Incomplete(missing)


def can_withdraw(application_state: str, assignment_state: str) -> bool:
    """At any time, without a reason: also when the agreement is fixed, which then ends and is kept as it was."""
    if application_state not in STILL_IN:
        return False
    return assignment_state in {State.OPEN, State.CHOOSING, State.AGREEING, State.AGREED}


def can_change(application_state: str, assignment_state: str, closes_on: date | None, today: date) -> bool:
    """While one can still apply, and has not had an answer."""
    return application_state == ApplicationState.APPLIED and is_open(assignment_state, closes_on, today)
