"""Rounds of questions: one that is told back, and one that goes on."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from samskapa.ground.core.domain import Actor
from samskapa.listen.surveys.domain import Mode, Whom
from samskapa.listen.surveys.queries import asking_with, shipped
from samskapa.listen.surveys.services import ask, close, hand_in, make_set, tell_results, type_in_paper

from ..domain.asking import ROUNDS, SHEETS, Round
from ..domain.people import COORDINATOR, PEOPLE
from .cast import Cast

#: How long one can answer.
OPEN_FOR = timedelta(days=21)


def ask_rounds(cast: Cast, *, now: datetime) -> None:
    """Ask them, each once however often the demo is built."""
    for each in ROUNDS:
        if asking_with(_key(each)) is None:
            _ask(each, cast, now=now)


def _key(each: Round) -> str:
    return f"demo.round:{each.key}"


def _ask(each: Round, cast: Cast, *, now: datetime) -> None:
    coordinator, began = cast.actor(COORDINATOR), now - timedelta(days=each.asked)
    members = [persona.key for persona in PEOPLE if ("member", "region") in persona.roles]
    asking = ask(
        make_set(shipped("pulse"), by=coordinator, now=began),
        [Whom(person_id=cast.people[key].pk) for key in members],
        key=_key(each),
        title=each.title,
        why=each.why,
        node=cast.places["region"],
        mode=Mode.ANONYMOUS,
        closes_at=began + OPEN_FOR,
        by_mail=not each.told,
        by=coordinator,
        now=began,
    )
    answering = began + timedelta(days=1)
    for asked, answers in zip(list(asking.asked.order_by("pk"))[: each.sheets], SHEETS, strict=False):
        hand_in(asked, answers, by=Actor(), now=answering)
    for number in range(each.paper):
        key = uuid5(NAMESPACE_URL, f"{_key(each)}:{number}")
        type_in_paper(asking, SHEETS[-1], side="", key=key, by=coordinator, now=answering)
    if each.told:
        close(asking, by=coordinator, now=began + OPEN_FOR)
        tell_results(asking, words=each.told, by=coordinator, now=began + OPEN_FOR + timedelta(days=4))
