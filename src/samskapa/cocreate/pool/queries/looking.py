"""Members looked for in words: each word is found in a name, in an answer or in what somebody has told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from samskapa.ground.core.queries.among import among
from samskapa.ground.people.domain import swedish_sort_key

from ..domain.own_words import Word, words_wanted
from ..domain.searching import Search
from ..models import Group, Member
from .answered import Answer, Answers, given, given_by
from .names import answered_by_name
from .own_words import OwnWords


@dataclass(slots=True)
class Met:
    """Where one word is found: whom by name and in their own words, and in which answers."""

    text: str
    named: set[int] = field(default_factory=set)
    told: set[int] = field(default_factory=set)
    answers: set[Answer] = field(default_factory=set)


class Looked:
    """A search in words, made once for a page. Four queries, and one each for sheets of names and of own words that are
    not made; then two at most for why each was found. As many however many members there are."""

    def __init__(self, group: Group, text: str) -> None:
        self.words = words_wanted(text)
        self._answers = Answers(group)
        self._met = _met(group, self.words, self._answers)

    @property
    def nowhere(self) -> list[str]:
        """The words that nobody is found by, as they were written."""
        return [met.text for met in self._met if not (met.named or met.told or met.answers)]

    def condition(self) -> Q:
        """Of those who are found by each of the words."""
        by_id: set[int] | None = None
        asked = Q()
        for met in self._met:
            if not met.answers:
                by_id = (met.named | met.told) & (met.named | met.told if by_id is None else by_id)
        for met in self._met:
            if met.answers:
                ids = met.named | met.told
                asked &= Q(pk__in=among(ids if by_id is None else ids & by_id)) | given(met.answers)
        return asked if by_id is None else asked & Q(pk__in=among(by_id))

    def why(self, members: Iterable[Member]) -> dict[int, list[str]]:
        """Member's id -> by what they were found, as a person reads it: "Name", "Form of care: Psychiatry", "Own
        words". Never what somebody has written."""
        rows = list(members)
        answers = sorted(set().union(*(met.answers for met in self._met)), key=str)
        said = given_by(rows, answers)
        found: dict[int, list[str]] = {}
        for member in rows:
            because = [_("Name")] if any(member.pk in met.named for met in self._met) else []
            because += [self._answers.in_words(answer) for answer in answers if answer in said[member.pk]]
            because += [_("Own words")] if self._has_told(member) else []
            found[member.pk] = because
        return found

    def by_own_words(self, members: Iterable[Member]) -> list[Member]:
        """Those of them who have one of the words in their own words."""
        return [member for member in members if self._has_told(member)]

    def _has_told(self, member: Member) -> bool:
        return any(member.pk in met.told for met in self._met)


def _met(group: Group, words: list[Word], answers: Answers) -> list[Met]:
    """A word that stands in an answer or in somebody's own words is no misspelt name; one that is nearly a name is no
    misspelt answer. So what is written right is not lost among what is like it."""
    search = Search([swedish_sort_key(word.text).replace(" ", "") for word in words])
    names, own = answered_by_name(group, search), OwnWords(group, words)
    found = []
    for at, word in enumerate(words):
        met = Met(word.text, answers=answers.with_word(word), told=own.who_has(word))
        met.named = {pk for pk, said in names.items() if said >> at & 1}
        if not (met.answers or met.told):
            met.named |= {pk for pk, said in names.items() if said >> at + search.size & 1}
        if not (met.answers or met.told or met.named):
            met.answers, met.told = answers.with_nearly(word), own.who_nearly_has(word)
        found.append(met)
    return found
