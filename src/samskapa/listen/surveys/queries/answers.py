"""What was answered: of one who answers, of a round, and what may be shown of it. Never a write."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..domain import (
    Answers,
    IsAnonymous,
    Kind,
    Mode,
    Question,
    Results,
    counted,
    results_of,
)
from ..models import AnonymousDraft, Asked, Asking, Sheet, Urn, Wording
from .askings import named_sheets
from .sets import questions_of

NONCE = 12


def digest(token: str) -> str:
    """What is stored of a link. The token has 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def draft_key(token: str) -> str:
    """Under which the sheet of an anonymous link is kept: cannot be told from the digest of the link itself."""
    return hmac.new(token.encode(), b"samskapa.surveys.draft.place", "sha256").hexdigest()


def draft_cipher(token: str) -> AESGCM:
    """What opens it: made from the token alone."""
    return AESGCM(hmac.new(token.encode(), b"samskapa.surveys.draft.key", "sha256").digest())


def answers_so_far(asked: Asked, *, token: str = "") -> Answers:
    """What the one who answers has answered. token: of the link they came by; an anonymous sheet opens by it alone."""
    if asked.asking.mode == Mode.ANONYMOUS:
        draft = AnonymousDraft.objects.filter(pk=draft_key(token)).first() if token else None
        return opened(draft, token) if draft else {}
    sheet = Sheet.objects.filter(asked=asked).first()
    return dict(sheet.answers) if sheet else {}


def opened(draft: AnonymousDraft, token: str) -> Answers:
    """The answers in a draft."""
    box = urlsafe_b64decode(draft.box)
    answers: Answers = json.loads(draft_cipher(token).decrypt(box[:NONCE], box[NONCE:], draft.key.encode()))
    return answers


@dataclass(frozen=True, slots=True)
class Given:
    """What one on a side has answered, by name. answers: those that count. is_paper: it was typed in for them."""

    asked: Asked
    answers: Answers
    submitted_at: datetime
    is_paper: bool


def answers_of(asking: Asking, side: str = "") -> list[Given]:
    """Who answered what, of one side or ("") of all. Two queries. Raises IsAnonymous."""
    if asking.mode != Mode.NAMED:
        raise IsAnonymous
    questions = questions_of(asking.set_version_id)
    return [
        Given(sheet.asked, counted(questions, sheet.answers, sheet.asked.side), sheet.submitted_at, sheet.is_paper)
        for sheet in named_sheets(asking, side)
        if sheet.submitted_at
    ]


def answers_in(keys: Iterable[str], *, before: datetime) -> Iterator[tuple[str, Given]]:
    """(key of the round, who answered what) in the named rounds under these keys, of what was handed in before the
    moment. One query, and one for each version of a set."""
    rows = Sheet.objects.filter(
        asked__asking__key__in=list(keys), asked__asking__mode=Mode.NAMED, submitted_at__lt=before
    ).select_related("asked__asking")
    questions: dict[int, list[Question]] = {}
    for sheet in rows.order_by("asked_id"):
        version = sheet.asked.asking.set_version_id
        if version not in questions:
            questions[version] = questions_of(version)
        answers = counted(questions[version], sheet.answers, sheet.asked.side)
        assert sheet.submitted_at is not None  # noqa: S101  # the filter says so
        yield sheet.asked.asking.key, Given(sheet.asked, answers, sheet.submitted_at, sheet.is_paper)


def sheets_of(asking: Asking, questions: Sequence[Question]) -> dict[str, list[Answers]]:
    """side -> the answers that count of each sheet. What has been emptied is no sheet."""
    found: dict[str, list[Answers]] = {side: [] for side in asking.set_version.sides}
    if asking.mode == Mode.ANONYMOUS:
        for urn in Urn.objects.filter(asking=asking).order_by("pk"):
            found.setdefault(urn.side, []).extend(counted(questions, each, urn.side) for each in urn.sheets)
    else:
        for sheet in named_sheets(asking):
            found.setdefault(sheet.asked.side, []).append(counted(questions, sheet.answers, sheet.asked.side))
    return {side: [each for each in sheets if each] for side, sheets in found.items()}


def make_results(asking: Asking) -> Results:
    """What may be shown of the round as it stands now. Only closing it asks; all others read `results_shown`."""
    questions = questions_of(asking.set_version_id)
    alike = Wording.objects.filter(set_version_id=asking.set_version_id, side="", question__isnull=False)
    return results_of(
        questions,
        sheets_of(asking, questions),
        threshold=asking.threshold,
        alike=set(alike.values_list("question__key", flat=True)),
    )


def results_shown(asking: Asking) -> Results | None:
    """What is shown of a round, for ever the same; None while it goes on."""
    return Results.from_json(asking.results) if asking.results is not None else None


def own_words(asking: Asking) -> dict[tuple[str, str], list[str]]:
    """(side, question key) -> what was written, where that question's results are shown: for those who asked alone, in
    no order, and one question's texts in another order than the next one's. {} while the round goes on."""
    shown = results_shown(asking)
    if shown is None:
        return {}
    questions = [each for each in questions_of(asking.set_version_id) if each.kind is Kind.TEXT]
    sheets = sheets_of(asking, questions_of(asking.set_version_id))
    found = {}
    for group in shown.groups:
        if group.side not in sheets:
            continue
        for key in {each.key for each in group.questions} & {each.key for each in questions}:
            texts = [str(sheet[key]) for sheet in sheets[group.side] if key in sheet]
            random.SystemRandom().shuffle(texts)
            found[group.side, key] = texts
    return found
