"""The sets of questions: those that come with the service, and those that are kept. Never a write."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..domain import Kind, QuestionSpec, SetSpec, ShownIf, Words, read_set, words_for
from ..domain import Question as Asks
from ..domain.wording import Wordings
from ..models import Question, SetVersion, Wording

_SETS = Path(__file__).parents[1] / "sets"
#: Those that whoever asks can choose among.
FREE = ("pulse", "closing")


@cache
def shipped(key: str) -> SetSpec:
    """The set of that name that comes with the service (`sets/<key>.toml`). Raises KeyError where there is none."""
    path = _SETS / f"{key}.toml"
    if path not in set(_SETS.glob("*.toml")):
        raise KeyError(key)
    return read_set(key, tomllib.loads(path.read_text(encoding="utf-8")))


def latest_version(key: str) -> SetVersion | None:
    """The newest version of the set that is kept."""
    return SetVersion.objects.filter(question_set__key=key).order_by("-number").first()


def spec_of(version: SetVersion) -> SetSpec:
    """Everything in a version. Three queries at most."""
    wordings: dict[int | None, dict[tuple[str, str, bool], Words]] = {}
    for row in Wording.objects.filter(set_version=version).order_by("pk"):
        place = (row.side, row.language, row.is_easy)
        wordings.setdefault(row.question_id, {})[place] = Words(row.text, row.help, row.labels)
    rows = Question.objects.filter(set_version=version).order_by("position")
    questions = tuple(QuestionSpec(question_of(row), wordings[row.pk]) for row in rows)
    return SetSpec(version.question_set.key, version.sides, wordings[None], questions)


def questions_of(version_id: int) -> list[Asks]:
    """The questions without their words, in order. One query."""
    return [question_of(row) for row in Question.objects.filter(set_version_id=version_id).order_by("position")]


def question_of(row: Question) -> Asks:
    """A row as the law knows it."""
    rule = ShownIf(row.shown_if_key, tuple(row.shown_if_values)) if row.shown_if_key else None
    return Asks(
        key=row.key,
        kind=Kind(row.kind),
        version=row.number,
        options=tuple(row.options),
        has_dont_know=row.has_dont_know,
        sides=tuple(row.sides),
        shown_if=rule,
    )


@dataclass(frozen=True, slots=True)
class Worded:
    """A question in the words of one reader."""

    question: Asks
    words: Words


@dataclass(frozen=True, slots=True)
class SetInWords:
    """A set as one reader meets it. sides: key -> name. has_easy: whether there are words in easy read for them."""

    key: str
    title: str
    intro: str
    sides: dict[str, str]
    questions: tuple[Worded, ...]
    has_easy: bool

    def worded(self, key: str) -> Worded:
        """The question of that key. Raises KeyError."""
        return {each.question.key: each for each in self.questions}[key]

    @property
    def asks(self) -> list[Asks]:
        """The questions without their words."""
        return [each.question for each in self.questions]


def in_words(spec: SetSpec, *, side: str, language: str, easy: bool = False) -> SetInWords:
    """The set in the words of somebody on `side` who reads `language`; with all questions, also of other sides."""

    def said(wordings: Wordings) -> Words:
        return words_for(wordings, side=side, language=language, easy=easy)

    names = {key: name.get(language) or name.get("sv", "") for key, name in spec.sides.items()}
    own = [each for each in spec.questions if not each.question.sides or side in each.question.sides]
    title = said(spec.wordings)
    return SetInWords(
        key=spec.key,
        title=title.text,
        intro=title.help,
        sides=names,
        questions=tuple(Worded(each.question, said(each.wordings)) for each in own),
        has_easy=any(place[1:] == (language, True) for each in own for place in each.wordings),
    )
