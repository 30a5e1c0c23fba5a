"""The documents that arise when people are asked, for a public body and for somebody who asks to read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samskapa.ground.documents.domain.records import Passage, Record, Watch, Way
from samskapa.ground.organisations.queries import nodes_below

from ..domain import Mode
from ..models import Asking, Sheet
from .results import results_in_words
from .sets import SetInWords, in_words, spec_of
from .words import answer_in_words, who_in_words


def survey_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """Rounds that were begun, what came out of them, and what each answered by name; the oldest first.

    What somebody answered anonymously is no document of theirs: it stands in what came out, in the order of the
    alphabet, where it may be shown. Two queries, three for each set of questions, and those of each closed round.
    """
    there = nodes_below(node_path).values("pk")
    words = _Words()
    rounds = Asking.objects.filter(node__in=there).select_related("set_version__question_set", "node")
    in_time = Q(created_at__gte=since, created_at__lt=until) | Q(closed_at__gte=since, closed_at__lt=until)
    found = [each for asking in rounds.filter(in_time).order_by("pk") for each in _of_round(asking, words)]
    sheets = Sheet.objects.filter(asked__asking__node__in=there, submitted_at__gte=since, submitted_at__lt=until)
    related = ("asked__person", "asked__asking__set_version__question_set")
    found += [_of_sheet(sheet, words) for sheet in sheets.select_related(*related).order_by("pk")]
    return sorted((each for each in found if since <= each.at < until), key=lambda each: (each.at, each.ref))


class _Words:
    """The sets of questions in words, each read once."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, str], SetInWords] = {}

    def of(self, asking: Asking, side: str) -> SetInWords:
        place = (asking.set_version_id, side)
        if place not in self._kept:
            spec = spec_of(asking.set_version)
            for each in spec.sides:
                words = in_words(spec, side=each, language=get_language() or "sv")
                self._kept[asking.set_version_id, each] = words
        return self._kept[place]


def _of_round(asking: Asking, words: _Words) -> Iterator[Record]:
    first = words.of(asking, next(iter(asking.set_version.sides)))
    asked = "\n".join(each.words.text for each in first.questions)
    passages = [Passage(_("What it is about"), asking.title), Passage(_("Questions"), asked)]
    if asking.why:
        passages.append(Passage(_("Why you ask"), asking.why))
    yield Record(str(asking.pk), asking.created_at, Way.OUT, asking.node.name, asking.title, tuple(passages))
    if asking.closed_at is None:
        return
    results = results_in_words(asking, with_texts=True)
    passages = [Passage(_("What came out of it"), asking.told_words, Watch.BOTH)] if asking.told_words else []
    for group in results.groups if results else []:
        for each in group.shown:
            counts = "; ".join(f"{bar.label}: {bar.number}" for bar in each.bars)
            text = "\n".join(part for part in (each.sentence, counts, *sorted(each.texts)) if part)
            passages.append(
                Passage(f"{group.name}: {each.question}", text, Watch.BOTH if each.texts else Watch.NOTHING)
            )
    about = _("What came out of it: %(title)s") % {"title": asking.title}
    yield Record(f"{asking.pk}-R", asking.closed_at, Way.MADE, asking.node.name, about, tuple(passages))


def _of_sheet(sheet: Sheet, words: _Words) -> Record:
    asked = sheet.asked
    assert asked.asking.mode == Mode.NAMED  # noqa: S101  # others have no sheet
    passages = tuple(
        Passage(each.words.text, answer_in_words(each, sheet.answers[each.question.key]), Watch.BOTH)
        for each in words.of(asked.asking, asked.side).questions
        if each.question.key in sheet.answers
    )
    at = sheet.submitted_at or sheet.saved_at
    ref, title = f"{asked.asking_id}-{asked.pk}", asked.asking.title
    return Record(ref, at, Way.IN, who_in_words(asked), title, passages, person_id=asked.person_id)
