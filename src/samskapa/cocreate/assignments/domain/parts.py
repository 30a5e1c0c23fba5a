"""The questions in which a need is described: their order, their columns, and which must be answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from .days import as_rows, check_days, from_rows
from .words import State


class Group(StrEnum):
    """The headings under which the questions stand."""

    WHY_AND_WHAT = "why_and_what"
    INFLUENCE = "influence"
    WHO_AND_HOW = "who_and_how"
    TERMS = "terms"
    AFTERWARDS = "afterwards"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the need.

    columns: the answer's columns on Assignment (`questions`, `standing` and the `days` of `time` are kept in tables of
    their own).
    is_important: must be answered before the assignment is published (issue 2, C.2).
    may_be_together: "that we decide together, by ... at the latest" is a full answer.
    may_change_later: facts that may still be put right while the assignment is open, for everybody to see.
    blank_is_answer: saving it empty says something ("no"), so it counts as answered.
    """

    key: str
    group: Group
    columns: tuple[str, ...]
    is_important: bool = False
    may_be_together: bool = False
    may_change_later: bool = False
    blank_is_answer: bool = False


_G = Group
#: In the order in which they are asked.
PARTS: tuple[Question, ...] = (
    Question("title", _G.WHY_AND_WHAT, ("title",), is_important=True),
    Question("why", _G.WHY_AND_WHAT, ("why",), is_important=True, may_be_together=True),
    Question("expected", _G.WHY_AND_WHAT, ("expected",), is_important=True, may_be_together=True),
    Question("phase", _G.WHY_AND_WHAT, ("phase",)),
    Question("contribution", _G.WHY_AND_WHAT, ("contribution",), may_be_together=True),
    Question(
        "influence",
        _G.INFLUENCE,
        ("influence", "influence_how", "influence_reason"),
        is_important=True,
        may_be_together=True,
    ),
    Question("sources", _G.INFLUENCE, ("sources_present", "sources_note"), may_be_together=True),
    Question("harm", _G.INFLUENCE, ("harm", "harm_action"), is_important=True, may_be_together=True),
    Question("people", _G.WHO_AND_HOW, ("people_wanted",), may_be_together=True),
    Question("experience", _G.WHO_AND_HOW, ("experience",), may_be_together=True),
    Question(
        "time",
        _G.WHO_AND_HOW,
        ("occasions", "minutes_each", "reading_minutes", "when_text", "days", "starts_on"),
        is_important=True,
        may_be_together=True,
    ),
    Question(
        "place", _G.WHO_AND_HOW, ("form", "place", "municipality_id"), may_be_together=True, may_change_later=True
    ),
    Question("access", _G.WHO_AND_HOW, ("access",), may_be_together=True, may_change_later=True),
    Question(
        "pay",
        _G.TERMS,
        ("pay", "pay_each_ore", "pay_reading_ore", "pay_note"),
        is_important=True,
        may_be_together=True,
    ),
    Question("budget", _G.TERMS, ("budget_yes", "budget_holder"), is_important=True),
    Question(
        "contact",
        _G.TERMS,
        ("contact_name", "contact_title", "contact_phone", "contact_email", "contact_hours"),
        is_important=True,
        may_change_later=True,
    ),
    Question("conflict", _G.TERMS, ("conflict_matter",), blank_is_answer=True),
    Question("questions", _G.TERMS, ("questions",), blank_is_answer=True),
    Question(
        "standing",
        _G.TERMS,
        (
            "is_standing",
            "term_months",
            "deputies",
            "by_nomination",
            "renewal",
            "hand_over",
            "told_back_month",
        ),
        blank_is_answer=True,
    ),
    Question("result", _G.AFTERWARDS, ("result_use", "told_back_on"), may_be_together=True),
)
BY_KEY: dict[str, Question] = {question.key: question for question in PARTS}
IMPORTANT: tuple[str, ...] = tuple(question.key for question in PARTS if question.is_important)
LATER: tuple[str, ...] = tuple(question.key for question in PARTS if question.may_change_later)

#: While these last, a part may be changed; once it is open only those that `may_change_later`.
WRITING = {State.NEED, State.SENT}
STILL_OPEN = {State.OPEN, State.CHOOSING}
#: While these last only the contact person may be put right: one who quits must have a successor.
AT_WORK = {State.AGREEING, State.AGREED}
CONTACT = "contact"

Values = Mapping[str, Any]

#: What a column holds before anybody has answered, where that is not an empty text.
_EMPTY: dict[str, Any] = {
    "sources_present": [],
    "questions": [],
    "days": [],
    "people_wanted": None,
    "occasions": None,
    "minutes_each": None,
    "reading_minutes": None,
    "starts_on": None,
    "municipality_id": None,
    "pay_each_ore": None,
    "pay_reading_ore": None,
    "budget_yes": False,
    "told_back_on": None,
    "is_standing": False,
    "term_months": None,
    "deputies": 0,
    "by_nomination": False,
    "told_back_month": None,
}
_DATES = {"starts_on", "told_back_on"}


class UnknownPart(KeyError):
    """There is no such question."""


class NothingToSay(ValueError):
    """That question cannot be left to be decided together."""


class ChangedMeanwhile(Exception):
    """Somebody else saved the part since it was opened. `theirs` is what it says now (a PartRevision)."""

    def __init__(self, theirs) -> None:
        super().__init__("the part was changed meanwhile")
        self.theirs = theirs


class Locked(Exception):
    """The part can no longer be changed: the assignment has come too far."""


def question(key: str) -> Question:
    """The question called `key`. Raises UnknownPart."""
    try:
        return BY_KEY[key]
    except KeyError as unknown:
        raise UnknownPart(key) from unknown


def empty_values(key: str) -> dict[str, Any]:
    """The answer before anybody has answered."""
    return {
        column: list(empty) if isinstance(empty := _EMPTY.get(column, ""), list) else empty
        for column in question(key).columns
    }


def complete(key: str, values: Values) -> dict[str, Any]:
    """`values` with every column of the part, in its order; what is not given is empty. Texts lose outer space.
    Where there are fixed days, the first of them is the first day.

    Raises UnknownPart, TypeError where a column is not the part's, and WrongDays.
    """
    full = empty_values(key)
    strange = set(values) - set(full)
    if strange:
        raise TypeError(f"{key} has no {', '.join(sorted(strange))}")
    for column, value in values.items():
        full[column] = tidy(value) if isinstance(value, str) else value
    if full.get("days"):
        days = from_rows(full["days"])
        check_days(days)
        full["days"] = as_rows(days)
        full["starts_on"] = min(each.day for each in days)
    return full


def tidy(text: str) -> str:
    """The text as kept: one kind of line break, no space at its ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def is_blank(key: str, values: Values) -> bool:
    """Whether the values say nothing at all."""
    return complete(key, values) == empty_values(key)


def as_json(values: Values) -> dict[str, Any]:
    """The values as they are kept in a revision: days become ISO text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def from_json(values: Values) -> dict[str, Any]:
    """The values of a revision as columns take them: ISO text becomes days again."""
    return {
        name: date.fromisoformat(value) if name in _DATES and isinstance(value, str) and value else value
        for name, value in values.items()
    }


def may_be_changed(key: str, state: State | str, *, is_coordinator: bool = False) -> bool:
    """Whether the part may be changed in that state (whose need one reaches at all is access's to say).

    While the coordinator has it, only the coordinator writes: otherwise it could change under her eyes.
    """
    state = State(state)
    if state in STILL_OPEN:
        return question(key).may_change_later
    if state in AT_WORK:
        return key == CONTACT
    return state is State.NEED or (state is State.SENT and is_coordinator)


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything a need says, as the readiness check reads it.

    values: column -> value, over all parts; columns left out are empty.
    together: part -> the day by which it is decided together.
    """

    values: Values
    together: Mapping[str, date] = field(default_factory=dict)
    has_unit: bool = True

    def of(self, key: str) -> dict[str, Any]:
        """The part's own values, complete."""
        return {column: self.values.get(column, empty) for column, empty in empty_values(key).items()}

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column, _EMPTY.get(column, ""))


def next_key(key: str, among: Iterable[str] | None = None) -> str | None:
    """The question after `key` (among those given), or None after the last."""
    keys = [q.key for q in PARTS if among is None or q.key in set(among)]
    place = keys.index(key) + 1 if key in keys else 0
    return keys[place] if place < len(keys) else None
