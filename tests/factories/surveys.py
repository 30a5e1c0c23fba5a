"""Rounds of questions, made by the services themselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from uuid import uuid4

from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import Person
from samskapa.listen.surveys.domain import Answers, Mode, Whom
from samskapa.listen.surveys.models import Asked, Asking
from samskapa.listen.surveys.queries import shipped
from samskapa.listen.surveys.services import ask, hand_in, make_set, type_in_paper
from samskapa.listen.surveys.services.links import new_link

from .organisations import NOW, make_node

_numbers = count(1)


def make_asking(
    people: list[Whom] | int = 1,
    *,
    set_key: str = "pulse",
    mode: Mode = Mode.ANONYMOUS,
    node: Node | None = None,
    now: datetime = NOW,
    days: int | None = 14,
    by: Actor = SYSTEM,
    side: str = "",
    **fields,
) -> Asking:
    """A round that is open; `people` may be a number of made-up addresses on `side`."""
    number = next(_numbers)
    if isinstance(people, int):
        people = [Whom(address=f"svarar{number}.{each}@example.se", side=side) for each in range(people)]
    defaults = {
        "key": f"tests.round:{number}",
        "title": "Mötet den 12 mars",
        "node": node or make_node(),
        "closes_at": now + timedelta(days=days) if days else None,
    }
    return ask(make_set(shipped(set_key), by=by, now=now), people, mode=mode, by=by, now=now, **(defaults | fields))


def person_asked(person: Person, side: str = "") -> Whom:
    return Whom(person_id=person.pk, side=side)


def link_of(asked: Asked, now: datetime = NOW) -> str:
    """The path of a new link of somebody who is asked."""
    return new_link(asked, now=now)


def token_of(asked: Asked, now: datetime = NOW) -> str:
    return link_of(asked, now).split("/")[-2]


def answer_all(asking: Asking, sheets: list[Answers], *, side: str = "", now: datetime = NOW) -> None:
    """The first ones on `side` hand in these sheets."""
    waiting = asking.asked.filter(side=side, has_answered=False).order_by("pk")
    for asked, answers in zip(list(waiting)[: len(sheets)], sheets, strict=True):
        hand_in(asked, answers, by=Actor(person_id=asked.person_id), now=now)


def add_paper(asking: Asking, answers: Answers, *, side: str = "", now: datetime = NOW) -> None:
    type_in_paper(asking, answers, side=side, key=uuid4(), by=SYSTEM, now=now)


__all__ = ["add_paper", "answer_all", "link_of", "make_asking", "person_asked", "token_of"]
