"""The questions of joining: one a page, each with what it stores. Nothing is asked for that no assignment needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from .words import Age


@dataclass(frozen=True, slots=True)
class Question:
    """One page of the form. columns: of the member's row. tags: choices of which there may be many, a row each.
    must: the column or tag that has to be answered before the form is sent; "" where the question may be skipped."""

    key: str
    columns: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    must: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.columns, *self.tags)


QUESTIONS: tuple[Question, ...] = (
    Question("name", ("called",), must="called"),
    Question("reach", ("reach_by", "reach_at"), must="reach_by"),
    Question("age", ("age",), must="age"),
    Question("municipality", ("municipality_id",)),
    Question("gender", ("gender",)),
    Question("as", tags=("as",), must="as"),
    Question("experience", ("experience",), tags=("care",)),
    Question("diagnosis", ("diagnosis",)),
    Question("contribute", ("contribute_more",), tags=("contribution",)),
    Question("languages", ("languages_more",), tags=("language",)),
    Question("needs", ("needs_more",), tags=("need",)),
    Question("times", ("times_more",), tags=("when",)),
    Question("organisation", ("organisation_id", "organisation_name"), tags=("speaks_for",)),
    Question("training", ("training",)),
)
BY_KEY = {question.key: question for question in QUESTIONS}
KEYS = tuple(BY_KEY)
#: What may place a member on the map or name them: not kept of somebody whose identity is protected.
HIDDEN = ("name", "reach", "municipality")

#: The lowest ages a group can choose among. At thirteen one may oneself agree to a service over the net (GDPR article
#: 8, lagen (2018:218) 2 kap. 4 §); the rest are where the bands of ages begin.
LOWEST_AGES = (13, 16, 18)
#: Under it a guardian says yes too (föräldrabalken 6 kap. 11 §), and the member has a guide and a known adult.
OF_AGE = 18
#: The longest of the texts.
LONGEST = 4000


class UnknownQuestion(LookupError):
    """No question of that key."""


class TooYoung(ValueError):
    """The band of ages begins below the group's lowest age."""


def question(key: str) -> Question:
    """Raises UnknownQuestion."""
    if key not in BY_KEY:
        raise UnknownQuestion(key)
    return BY_KEY[key]


def question_after(key: str) -> str:
    """The key of the next question; "" after the last."""
    following = KEYS[KEYS.index(key) + 1 :]
    return following[0] if following else ""


def question_before(key: str) -> str:
    """The key of the one before; "" before the first."""
    at = KEYS.index(key)
    return KEYS[at - 1] if at else ""


def unanswered(values: Mapping[str, Any]) -> list[str]:
    """The keys of the questions that must be answered and are not. values: column or tag -> value."""
    return [each.key for each in QUESTIONS if each.must and not values.get(each.must)]


@cache
def ages_from(lowest: int) -> tuple[Age, ...]:
    """The bands of ages that a group with that lowest age takes in."""
    return tuple(age for age in Age if age.youngest >= lowest)


def check_age(age: str, lowest: int) -> None:
    """Raises TooYoung."""
    if age and Age(age) not in ages_from(lowest):
        raise TooYoung(age)


def is_minor(age: str) -> bool:
    """Whether somebody in that band is under eighteen."""
    return bool(age) and Age(age).youngest < OF_AGE
