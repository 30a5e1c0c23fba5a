"""The law of what may be shown of answers: nothing of fewer than a threshold, and nothing by subtraction either. Pure.

A side is shown when enough on it have answered; a question of it when enough on the side have answered that question.
All sides together are shown when what is left after taking away the sides that are shown is nobody, or enough. Results
are made once, when a round is over (decision 18): there is no earlier one to compare with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .questions import DONT_KNOW, Answers, Kind, Question, chosen, questions_for

#: Of fewer answers nothing is shown, in any round (DESIGN 7: cells under five).
LEAST = 5
#: What stands for all sides together.
TOGETHER = ""


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """key, version, kind: the question's. answered: how many answered it, "I do not know" included; known: without.
    dont_know: how many do not know. counts: (value, how many) for each value that can be chosen, in order; () for own
    words. mean: of a scale, in tenths (38 is 3.8), None where too few know."""

    key: str
    version: int
    kind: str
    answered: int
    known: int
    dont_know: int
    counts: tuple[tuple[str, int], ...]
    mean: int | None


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What is shown of one side, or of all (TOGETHER). sheets: how many answered. questions: those that may be shown;
    hidden: the keys of those that too few answered."""

    side: str
    sheets: int
    questions: tuple[QuestionResult, ...]
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """threshold: of fewer nothing is shown. groups: those that may be shown. hidden: the sides that may not."""

    threshold: int
    groups: tuple[GroupResult, ...]
    hidden: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Results:
        groups = tuple(
            GroupResult(
                group["side"],
                group["sheets"],
                tuple(
                    QuestionResult(**{**each, "counts": tuple((value, number) for value, number in each["counts"])})
                    for each in group["questions"]
                ),
                tuple(group["hidden"]),
            )
            for group in told["groups"]
        )
        return cls(told["threshold"], groups, tuple(told["hidden"]))


def results_of(
    questions: Sequence[Question],
    sheets: Mapping[str, Sequence[Answers]],
    *,
    threshold: int = LEAST,
    alike: Collection[str] | None = None,
) -> Results:
    """What may be shown. sheets: side -> the answers that count of each sheet; their order makes no difference.

    alike: keys of the questions that all sides are asked in the same words, which alone are counted together; None:
    all.
    """
    sizes = {side: len(each) for side, each in sheets.items()}
    visible = [side for side, size in sizes.items() if size >= threshold]
    hidden = tuple(side for side, size in sizes.items() if 0 < size < threshold)
    groups = [_group(side, questions_for(questions, side), sheets[side], threshold, set()) for side in visible]
    left = sum(sizes[side] for side in hidden)
    if len(sizes) > 1 and sum(sizes.values()) >= threshold and _cannot_be_taken_away(left, threshold):
        everybody = [sheet for each in sheets.values() for sheet in each]
        # Of a question that is hidden on some sides, all together would tell them by subtraction.
        by_subtraction = {
            question.key
            for question in questions
            if not _cannot_be_taken_away(_unseen(question.key, sheets, groups), threshold)
        }
        asked = [each for each in questions if len(each.sides) != 1 and (alike is None or each.key in alike)]
        if asked:
            groups.append(_group(TOGETHER, asked, everybody, threshold, by_subtraction))
    return Results(threshold, tuple(groups), hidden)


def _cannot_be_taken_away(left: int, threshold: int) -> bool:
    """Whether nobody, or enough, are left when what is shown is taken from the whole."""
    return left == 0 or left >= threshold


def _unseen(key: str, sheets: Mapping[str, Sequence[Answers]], groups: Iterable[GroupResult]) -> int:
    """How many answered the question on sides where it is not shown."""
    seen = {group.side for group in groups if any(each.key == key for each in group.questions)}
    return sum(key in sheet for side, each in sheets.items() if side not in seen for sheet in each)


def _group(
    side: str, questions: Iterable[Question], sheets: Sequence[Answers], threshold: int, not_these: set[str]
) -> GroupResult:
    found, hidden = [], []
    for question in questions:
        given = [chosen(sheet[question.key]) for sheet in sheets if question.key in sheet]
        if len(given) >= threshold and question.key not in not_these:
            found.append(_count(question, given, threshold))
        else:
            hidden.append(question.key)
    return GroupResult(side, len(sheets), tuple(found), tuple(hidden))


def _count(question: Question, given: list[list[str]], threshold: int) -> QuestionResult:
    dont_know = 0 if question.kind is Kind.TEXT else sum(each == [DONT_KNOW] for each in given)
    counts = Counter(value for each in given for value in each)
    known = len(given) - dont_know
    mean = None
    if question.kind is Kind.SCALE and known >= threshold:
        mean = round(10 * sum(int(value) * counts[value] for value in question.values) / known)
    return QuestionResult(
        question.key,
        question.version,
        question.kind.value,
        len(given),
        known,
        dont_know,
        tuple((value, counts[value]) for value in question.values),
        mean,
    )
