"""What a question is, which answers it takes, and which questions are shown after which answers. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"  # 1 to 5
    YES_NO = "yes_no"
    ONE = "one"  # one of the options
    MANY = "many"  # any of the options
    TEXT = "text"  # own words


#: The answer of somebody who does not know: no "no", and in no mean.
DONT_KNOW = "dont_know"
SCALE = ("1", "2", "3", "4", "5")
YES_NO = ("yes", "no")
#: How long an answer in own words may be.
LONGEST_TEXT = 2000
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")

#: An answer as it is kept: a text (a chosen value, or own words), or a list of chosen values.
Value = str | list[str]
#: Question key -> answer. What was not answered is not there.
Answers = dict[str, Value]


class BadSet(ValueError):
    """A set of questions that cannot be asked. `args[0]` says why."""


class BadAnswer(ValueError):
    """An answer that the question does not take. `args[0]` is the question's key."""


@dataclass(frozen=True, slots=True)
class ShownIf:
    """The question is shown when the earlier question `key` is shown and its answer is, or holds, one of `values`."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question without its words.

    key: who it is: the same in every version of its set, so that answers can be compared over time.
    version: 1, 2, ...: changes when kind, options, sides or words do. options: of ONE and MANY.
    has_dont_know: whether "I do not know" is an answer. sides: who is asked it; () is everybody.
    """

    key: str
    kind: Kind
    version: int = 1
    options: tuple[str, ...] = ()
    has_dont_know: bool = True
    sides: tuple[str, ...] = ()
    shown_if: ShownIf | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """What can be chosen, "I do not know" left out; () for own words."""
        return {Kind.SCALE: SCALE, Kind.YES_NO: YES_NO, Kind.TEXT: ()}.get(self.kind, self.options)

    @property
    def takes(self) -> tuple[str, ...]:
        """What can be chosen, "I do not know" last where it is an answer."""
        return (*self.values, DONT_KNOW) if self.has_dont_know and self.values else self.values


def check_questions(questions: Sequence[Question], sides: Sequence[str]) -> None:
    """Raise BadSet where the questions cannot be asked in this order of these sides."""
    known: dict[str, Question] = {}
    if not questions:
        raise BadSet("no questions")
    for question in questions:
        key = question.key
        if not _KEY.fullmatch(key) or key in known:
            raise BadSet(f"{key}: not a key, or given twice")
        chosen = question.kind in (Kind.ONE, Kind.MANY)
        if chosen != (len(question.options) >= 2) or len(set(question.options)) != len(question.options):
            raise BadSet(f"{key}: options")
        if DONT_KNOW in question.options or not all(_KEY.fullmatch(option) for option in question.options):
            raise BadSet(f"{key}: options")
        if set(question.sides) - set(sides):
            raise BadSet(f"{key}: a side that nobody stands on")
        if question.shown_if:
            before = known.get(question.shown_if.key)
            if before is None or not question.shown_if.values or set(question.shown_if.values) - set(before.takes):
                raise BadSet(f"{key}: shown after what is not asked before it")
        known[key] = question


def questions_for(questions: Iterable[Question], side: str) -> list[Question]:
    """The questions that somebody on `side` may be asked, in their order."""
    return [question for question in questions if not question.sides or side in question.sides]


def shown(questions: Iterable[Question], answers: Mapping[str, Value], side: str) -> list[Question]:
    """The questions to ask now: those of the side whose condition the answers so far fulfil."""
    found: dict[str, Question] = {}
    for question in questions_for(questions, side):
        rule = question.shown_if
        if rule is None or (rule.key in found and set(chosen(answers.get(rule.key))) & set(rule.values)):
            found[question.key] = question
    return list(found.values())


def chosen(value: Value | None) -> list[str]:
    """An answer as a list."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def counted(questions: Iterable[Question], answers: Mapping[str, Value], side: str) -> Answers:
    """The answers that count: to questions that are shown. What lies behind a way not taken does not."""
    return {q.key: answers[q.key] for q in shown(questions, answers, side) if q.key in answers}


def clean_value(question: Question, value: object) -> Value | None:
    """The answer as it is kept; None for none at all. Raises BadAnswer for one the question does not take."""
    if value is None or value in ("", [], ()):
        return None
    if question.kind is Kind.TEXT:
        if not isinstance(value, str) or len(value.strip()) > LONGEST_TEXT:
            raise BadAnswer(question.key)
        return value.strip() or None
    if question.kind is Kind.MANY:
        if isinstance(value, str) or not isinstance(value, Iterable):
            raise BadAnswer(question.key)
        picked = set(value)
        if picked - set(question.takes):
            raise BadAnswer(question.key)
        # Whoever does not know has chosen nothing else.
        return [DONT_KNOW] if DONT_KNOW in picked else [option for option in question.options if option in picked]
    if not isinstance(value, str) or value not in question.takes:
        raise BadAnswer(question.key)
    return value


def stamp_of(value: Value | None) -> str:
    """A short mark of an answer: a form says by it which answer it was filled in over."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]


def merged(
    kept: Mapping[str, Value], given: Mapping[str, Value | None], based_on: Mapping[str, str]
) -> tuple[Answers, list[str]]:
    """`kept` with `given` put in, and the keys of those that cannot be: changed in another window since the form with
    the marks `based_on` was opened, and to something else. None as an answer takes it away."""
    result, clashes = dict(kept), []
    for key, value in given.items():
        now = kept.get(key)
        if now == value:
            continue
        if key in based_on and based_on[key] != stamp_of(now):
            clashes.append(key)
        elif value is None:
            result.pop(key, None)
        else:
            result[key] = value
    return result, clashes
