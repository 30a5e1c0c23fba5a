"""The fixed answers that a word stands in: the form's, places, organisations and the group's labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from samskapa.ground.language.domain import stem, stems_of
from samskapa.ground.organisations.domain import Kind
from samskapa.ground.organisations.models import Node

from ..domain.own_words import Word
from ..models import Group, Label, Labelled, Member, Tag
from . import wording
from .also import ALSO

#: Kind of answer -> what it is called and its answers, in the order of the form.
TAGS: dict[str, tuple[Any, wording.Words]] = {
    "as": (_("Experience as"), wording.AS),
    "care": (_("Form of care"), wording.CARE),
    "contribution": (_("Would like to do"), wording.CONTRIBUTION),
    "language": (_("Language"), wording.LANGUAGE),
    "need": (_("Needs to take part"), wording.NEED),
    "when": (_("Times"), wording.WHEN),
}
#: The same of answers that point at a row.
ROWS = {"municipality": _("Municipality"), "organisation": _("Organisation"), "label": _("Label")}
#: Every municipality is one.
_OF_ALL = {stem("kommun")}

#: An answer: its kind, and its value or the number of the row that it points at.
Answer = tuple[str, Any]


class Answers:
    """All the fixed answers that there may be in a group, with their stems. Two queries, whatever the size of the
    group: they ask for no member."""

    def __init__(self, group: Group) -> None:
        self._stems: dict[Answer, frozenset[str]] = dict(_form())
        self._names: dict[Answer, str] = {}
        nodes = Node.objects.filter(kind__in=[Kind.MUNICIPALITY, Kind.PATIENT_ORGANISATION], closed_at=None)
        for pk, kind, name in nodes.values_list("pk", "kind", "name"):
            self._add(("municipality" if kind == Kind.MUNICIPALITY else "organisation", pk), name)
        for pk, name in Label.objects.filter(group=group).values_list("pk", "name"):
            self._add(("label", pk), name)

    def _add(self, answer: Answer, name: str) -> None:
        self._names[answer] = name
        self._stems[answer] = frozenset(stems_of(name) - (_OF_ALL if answer[0] == "municipality" else set()))

    def with_word(self, word: Word) -> set[Answer]:
        """Those in which the word stands, or a longer one that begins with it."""
        return self._where(word.meets)

    def with_nearly(self, word: Word) -> set[Answer]:
        """Those in which a word stands that is nearly that one."""
        return self._where(word.is_nearly)

    def _where(self, is_it: Callable[[str], bool]) -> set[Answer]:
        return {answer for answer, stems in self._stems.items() if any(map(is_it, stems))}

    def in_words(self, answer: Answer) -> str:
        """ "Form of care: Psychiatry"."""
        kind, value = answer
        if kind in TAGS:
            label, words = TAGS[kind]
            return f"{label}: {words[value]}"
        return f"{ROWS[kind]}: {self._names[answer]}"


def given(answers: Iterable[Answer]) -> Q:
    """The members who have given one of the answers."""
    values: dict[str, list[Any]] = {}
    for kind, value in sorted(answers, key=str):
        values.setdefault(kind, []).append(value)
    tags, found = Q(), Q(pk__in=[])
    for kind, those in values.items():
        if kind in TAGS:
            tags |= Q(kind=kind, value__in=those)
        elif kind == "label":
            found |= Q(Exists(Labelled.objects.filter(member=OuterRef("pk"), label__in=those)))
        else:
            found |= Q(**{f"{kind}__in": those})
    return found | Q(Exists(Tag.objects.filter(tags, member=OuterRef("pk")))) if tags else found


def given_by(members: Iterable[Member], answers: Iterable[Answer]) -> Mapping[int, set[Answer]]:
    """Member's id -> which of the answers they have given. Two queries at most."""
    rows, wanted = list(members), set(answers)
    found: dict[int, set[Answer]] = {member.pk: set() for member in rows}
    kinds = {kind for kind, _value in wanted}
    for member in rows:
        found[member.pk] |= {("municipality", member.municipality_id), ("organisation", member.organisation_id)}
    if tags := kinds & TAGS.keys():
        for pk, kind, value in Tag.objects.filter(member__in=found, kind__in=tags).values_list(
            "member", "kind", "value"
        ):
            found[pk].add((kind, value))
    if "label" in kinds:
        for pk, label in Labelled.objects.filter(member__in=found).values_list("member", "label"):
            found[pk].add(("label", label))
    return {pk: said & wanted for pk, said in found.items()}


@lru_cache(maxsize=1)
def _form() -> dict[Answer, frozenset[str]]:
    """The answers of the form, by their words in every language we have and what people also call them."""
    found: dict[Answer, set[str]] = {}
    for kind, (_label, words) in TAGS.items():
        for language, _title in settings.LANGUAGES:
            with override(language):
                for value, text in words.items():
                    found.setdefault((kind, str(value)), set()).update(stems_of(str(text)))
        for text, value in ALSO.get(kind, {}).items():
            found[kind, value] |= stems_of(text)
    return {answer: frozenset(stems) for answer, stems in found.items()}
