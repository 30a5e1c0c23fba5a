"""Keep a set of questions: once, or as a new version where anything in it is new."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain import QuestionSpec, SetSpec, check_set
from ..domain.wording import Wordings
from ..models import Question, QuestionSet, SetVersion, Wording
from ..queries.sets import latest_version, spec_of


@transaction.atomic
def make_set(spec: SetSpec, *, by: Actor, now: datetime) -> SetVersion:
    """The kept version that says what `spec` says: the newest one where nothing is new, else a new one. A question
    keeps its own number as long as nothing in it changes. Raises BadSet."""
    check_set(spec)
    digest = _digest(spec)
    # The set's row is the lock: two who make the first version at once make one.
    QuestionSet.objects.get_or_create(key=spec.key, defaults={"created_at": now})
    question_set = QuestionSet.objects.select_for_update().get(key=spec.key)
    latest = latest_version(spec.key)
    if latest and latest.digest == digest:
        return latest
    before = {each.question.key: each for each in spec_of(latest).questions} if latest else {}
    version = SetVersion.objects.create(
        question_set=question_set,
        number=latest.number + 1 if latest else 1,
        digest=digest,
        named_sides=[[side, dict(names)] for side, names in spec.sides.items()],
        fixed_at=now,
    )
    _keep_words(version, None, spec.wordings)
    for position, each in enumerate(spec.questions, start=1):
        question = each.question
        row = Question.objects.create(
            set_version=version,
            position=position,
            key=question.key,
            number=_number(each, before.get(question.key)),
            kind=question.kind.value,
            options=list(question.options),
            has_dont_know=question.has_dont_know,
            sides=list(question.sides),
            shown_if_key=question.shown_if.key if question.shown_if else "",
            shown_if_values=list(question.shown_if.values) if question.shown_if else [],
        )
        _keep_words(version, row, each.wordings)
    record("surveys.set_made", by=by, at=now, on=version, number=version.number)
    return version


def _number(each: QuestionSpec, before: QuestionSpec | None) -> int:
    """The question's own version: the one before it, where nothing in it is new."""
    if before is None:
        return 1
    same = replace(each.question, version=before.question.version)
    is_same = same == before.question and _plain(each.wordings) == _plain(before.wordings)
    return before.question.version if is_same else before.question.version + 1


def _keep_words(version: SetVersion, question: Question | None, wordings: Wordings) -> None:
    Wording.objects.bulk_create(
        Wording(
            set_version=version,
            question=question,
            side=side,
            language=language,
            is_easy=easy,
            text=words.text,
            help=words.help,
            labels=dict(words.labels),
        )
        for (side, language, easy), words in wordings.items()
    )


def _plain(wordings: Wordings) -> list:
    return sorted([*place, words.text, words.help, sorted(words.labels.items())] for place, words in wordings.items())


def _digest(spec: SetSpec) -> str:
    """Of all that a reader can meet; the order of the questions counts, that of their wordings does not."""
    told = {
        "sides": [[side, dict(names)] for side, names in spec.sides.items()],
        "words": _plain(spec.wordings),
        "questions": [[asdict(replace(each.question, version=1)), _plain(each.wordings)] for each in spec.questions],
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
