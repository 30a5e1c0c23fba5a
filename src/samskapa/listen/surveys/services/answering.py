"""Answer: kept as one goes, and handed in. By name on a row of one's own; without a name into the urn."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import publish, record

from ..domain import (
    AnsweredAlready,
    Answers,
    BadAnswer,
    BadSet,
    ChangedMeanwhile,
    Mode,
    NothingAnswered,
    Value,
    clean_value,
    counted,
    merged,
    questions_for,
)
from ..models import AnonymousDraft, Asked, Asking, PaperTyped, Sheet, Urn
from ..queries.answers import draft_key
from ..queries.sets import questions_of
from .asking import lock, must_be_open
from .links import keep_draft, locked_draft


@transaction.atomic
def save_answers(
    asked: Asked,
    given: Mapping[str, Value | None],
    *,
    based_on: Mapping[str, str] | None = None,
    token: str = "",
    by: Actor,
    now: datetime,
) -> Answers:
    """Keep some answers on the way, and answer all that are kept. None takes an answer away.

    based_on: question key -> `stamp_of` the answer the form was filled in over; another answer meanwhile is not written
    over. token: of the link one came by; without it an anonymous sheet cannot be kept on the way.
    Raises NotOpen, AnsweredAlready (an anonymous sheet that is handed in), BadAnswer, ChangedMeanwhile.
    """
    asking, asked = _locked(asked, now)
    clean = _clean(asking, asked.side, given)
    if asking.mode == Mode.ANONYMOUS:
        if asked.has_answered:
            raise AnsweredAlready
        draft, kept = locked_draft(asking.pk, token)
        answers = _put_in(kept, clean, based_on)
        keep_draft(draft, answers, token)
        return answers  # nothing in the trail: what somebody answered anonymously leaves no row that has a moment
    sheet = _locked_sheet(asked, now)
    answers = _put_in(sheet.answers, clean, based_on)
    if answers != sheet.answers:
        sheet.answers, sheet.saved_at = answers, now
        sheet.save(update_fields=["answers", "saved_at"])
        record("surveys.answers_saved", by=by, at=now, on=asked, keys=sorted(clean))
    return answers


@transaction.atomic
def hand_in(
    asked: Asked,
    given: Mapping[str, Value | None] | None = None,
    *,
    based_on: Mapping[str, str] | None = None,
    token: str = "",
    by: Actor,
    now: datetime,
) -> Asked:
    """Hand in the sheet: what was kept on the way, with `given` put in. Twice is once.

    By name one can change it until the round closes; without a name it is in the urn and cannot be found again.
    Raises NotOpen, NothingAnswered, BadAnswer, ChangedMeanwhile.
    """
    asking, asked = _locked(asked, now)
    clean = _clean(asking, asked.side, given or {})
    if asking.mode == Mode.ANONYMOUS:
        if asked.has_answered:
            return asked
        kept: Answers = {}
        if token:
            _draft, kept = locked_draft(asking.pk, token)
        _into_the_urn(asking, asked.side, _put_in(kept, clean, based_on))
        AnonymousDraft.objects.filter(pk=draft_key(token)).delete()
        Asked.objects.filter(pk=asked.pk).update(has_answered=True)
        asked.has_answered = True
        return asked
    sheet = _locked_sheet(asked, now)
    answers = counted(questions_of(asking.set_version_id), _put_in(sheet.answers, clean, based_on), asked.side)
    if not answers:
        raise NothingAnswered
    if sheet.submitted_at is None or answers != sheet.answers:
        sheet.answers, sheet.saved_at = answers, now
        sheet.submitted_at = sheet.submitted_at or now
        sheet.save(update_fields=["answers", "saved_at", "submitted_at"])
        record("surveys.answered", by=by, at=now, on=asked, asking_id=asking.pk)
        _mark_answered(asking, asked, now)
    return asked


@transaction.atomic
def type_in_paper(
    asking: Asking,
    given: Mapping[str, Value | None],
    *,
    side: str,
    asked: Asked | None = None,
    key: UUID,
    by: Actor,
    now: datetime,
) -> bool:
    """Type in a sheet that came on paper; whether it was new (the same `key` types it once).

    asked: who wrote it, in a round by name, where it says that it came on paper; None in an anonymous one, where it
    goes into the urn like any other. Raises NotOpen, NothingAnswered, BadAnswer, BadSet, AnsweredAlready.
    """
    asking = lock(asking)
    must_be_open(asking, now)
    if side not in asking.set_version.sides:
        raise BadSet(side)
    try:
        with transaction.atomic():
            PaperTyped.objects.create(asking=asking, key=key)
    except IntegrityError:
        return False
    answers = {name: value for name, value in _clean(asking, side, given).items() if value is not None}
    if asking.mode == Mode.ANONYMOUS:
        _into_the_urn(asking, side, answers)
    else:
        if asked is None or asked.asking_id != asking.pk or asked.side != side:
            raise BadSet(side)
        asked = Asked.objects.select_for_update().get(pk=asked.pk)
        sheet = _locked_sheet(asked, now)
        if sheet.submitted_at:
            raise AnsweredAlready
        sheet.answers = counted(questions_of(asking.set_version_id), answers, side)
        if not sheet.answers:
            raise NothingAnswered
        sheet.is_paper, sheet.saved_at, sheet.submitted_at = True, now, now
        sheet.save(update_fields=["answers", "is_paper", "saved_at", "submitted_at"])
        _mark_answered(asking, asked, now)
    asking.papers += 1
    asking.save(update_fields=["papers"])
    record("surveys.paper_typed_in", by=by, at=now, on=asked or asking)
    return True


# --- within ---------------------------------------------------------------------------------------


def _locked(asked: Asked, now: datetime) -> tuple[Asking, Asked]:
    """The round and the one who is asked, locked in that order. Raises NotOpen."""
    asking = lock(asked.asking)
    must_be_open(asking, now)
    return asking, Asked.objects.select_for_update().get(pk=asked.pk)


def _locked_sheet(asked: Asked, now: datetime) -> Sheet:
    # The round is locked: nobody makes it beside us.
    sheet, _new = Sheet.objects.get_or_create(asked=asked, defaults={"saved_at": now})
    return sheet


def _clean(asking: Asking, side: str, given: Mapping[str, Value | None]) -> dict[str, Value | None]:
    """The answers as they are kept. Raises BadAnswer, also for a question that the side is not asked."""
    if not given:
        return {}
    questions = {question.key: question for question in questions_for(questions_of(asking.set_version_id), side)}
    if unknown := set(given) - set(questions):
        raise BadAnswer(min(unknown))
    return {key: clean_value(questions[key], value) for key, value in given.items()}


def _put_in(kept: Answers, clean: Mapping[str, Value | None], based_on: Mapping[str, str] | None) -> Answers:
    answers, clashes = merged(kept, clean, based_on or {})
    if clashes:
        raise ChangedMeanwhile(dict(kept), clashes)
    return answers


def _into_the_urn(asking: Asking, side: str, answers: Answers) -> None:
    """Lay the sheet among the others. All of them are written anew in another order, in one text: there is no row, no
    number and no moment by which one of them could be told from the others. The round is locked."""
    counts = counted(questions_of(asking.set_version_id), answers, side)
    if not counts:
        raise NothingAnswered
    urn, _new = Urn.objects.get_or_create(asking=asking, side=side)
    # The order of a sheet's own answers says in which order they were given: that goes too.
    sheets = [*urn.sheets, dict(sorted(counts.items()))]
    random.SystemRandom().shuffle(sheets)
    urn.sheets = sheets
    urn.save(update_fields=["sheets"])


def _mark_answered(asking: Asking, asked: Asked, now: datetime) -> None:
    """Once per person: news to whoever began the round."""
    if not asked.has_answered:
        asked.has_answered = True
        asked.save(update_fields=["has_answered"])
        publish(
            "surveys.answered",
            now=now,
            key=str(asked.pk),
            asking_id=asking.pk,
            asking_key=asking.key,
            asked_id=asked.pk,
        )
