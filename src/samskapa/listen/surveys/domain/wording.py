"""The words of a question: per side, per language, and in easy read. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .questions import BadSet, Kind, Question, ShownIf, check_questions

#: What is said where the reader's own language has no words.
FIRST_LANGUAGE = "sv"


@dataclass(frozen=True, slots=True)
class Words:
    """text: the question. help: under it, "" if none. labels: value -> what it is called; yes, no and "do not know"
    have names of their own."""

    text: str
    help: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


#: (side, "" for all; language; easy read) -> words.
Wordings = Mapping[tuple[str, str, bool], Words]


def words_for(wordings: Wordings, *, side: str, language: str, easy: bool) -> Words:
    """The nearest words: easy read where it is wanted and there is any, one's own side before all, one's own language
    before Swedish. A label that they lack is taken from the next nearest. Raises BadSet where there are no words."""
    order = [
        (each_side, each_language, each_easy)
        for each_language in dict.fromkeys((language, FIRST_LANGUAGE))
        for each_easy in dict.fromkeys((easy, False))
        for each_side in dict.fromkeys((side, ""))
    ]
    found = [wordings[each] for each in order if each in wordings]
    if not found:
        raise BadSet("no words")
    labels: dict[str, str] = {}
    for words in reversed(found):
        labels |= words.labels
    return Words(found[0].text, found[0].help, labels)


@dataclass(frozen=True, slots=True)
class QuestionSpec:
    """A question with all its words."""

    question: Question
    wordings: Wordings


@dataclass(frozen=True, slots=True)
class SetSpec:
    """A set of questions as somebody wrote it. sides: key -> language -> name; {"": ...} where all are asked alike.
    wordings: its title (`text`) and what is said before the first question (`help`)."""

    key: str
    sides: Mapping[str, Mapping[str, str]]
    wordings: Wordings
    questions: tuple[QuestionSpec, ...]


def check_set(spec: SetSpec) -> None:
    """Raise BadSet where it cannot be asked: its questions, or words that are missing in Swedish for some side."""
    check_questions([each.question for each in spec.questions], list(spec.sides))
    for side in spec.sides:
        words_for(spec.wordings, side=side, language=FIRST_LANGUAGE, easy=False)
    for each in spec.questions:
        question = each.question
        for side in question.sides or spec.sides:
            words = words_for(each.wordings, side=side, language=FIRST_LANGUAGE, easy=False)
            if question.kind in (Kind.ONE, Kind.MANY) and set(question.options) - set(words.labels):
                raise BadSet(f"{question.key}: an option without a name")


def read_set(key: str, written: Mapping[str, Any]) -> SetSpec:
    """A set as a file under `sets/` tells it (see closing.toml). Raises BadSet, KeyError, ValueError."""
    questions = []
    for each in written["questions"]:
        rule = each.get("shown_if")
        question = Question(
            key=each["key"],
            kind=Kind(each["kind"]),
            options=tuple(each.get("options", ())),
            has_dont_know=each.get("dont_know", each["kind"] != Kind.TEXT),
            sides=tuple(each.get("sides", ())),
            shown_if=ShownIf(rule["key"], tuple(rule["values"])) if rule else None,
        )
        questions.append(QuestionSpec(question, _wordings(each["words"])))
    spec = SetSpec(key, written["sides"], _wordings(written["words"]), tuple(questions))
    check_set(spec)
    return spec


def _wordings(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, bool], Words]:
    found = {}
    for row in rows:
        place = (row.get("side", ""), row["language"], row.get("easy", False))
        if place in found:
            raise BadSet(f"{place}: worded twice")
        found[place] = Words(row["text"], row.get("help", ""), row.get("labels", {}))
    return found
