"""Begin a round, ask more people, invite them by mail, close it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.services import publish, queue_mail, record
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.domain import normal_address, referred_to
from samskapa.ground.people.models import Person
from samskapa.ground.people.queries import kept_address

from ..domain import (
    LEAST,
    MOST_ASKED,
    REMIND_AFTER_DAYS,
    REMINDERS_MOST,
    BadSet,
    Mode,
    NotOpen,
    TooMany,
    Whom,
    is_open,
)
from ..models import AnonymousDraft, Asked, Asking, SetVersion
from ..queries.answers import make_results
from ..queries.askings import not_invited
from .links import new_link


def lock(asking: Asking) -> Asking:
    """The round, locked: whoever answers, closes or reminds waits in line. It is locked before those who are asked."""
    return Asking.objects.select_for_update(of=("self",)).select_related("set_version__question_set").get(pk=asking.pk)


def must_be_open(asking: Asking, now: datetime) -> None:
    """Raises NotOpen."""
    if not is_open(opens_at=asking.opens_at, closes_at=asking.closes_at, closed_at=asking.closed_at, now=now):
        raise NotOpen


@transaction.atomic
def ask(
    version: SetVersion,
    people: Iterable[Whom],
    *,
    key: str,
    title: str,
    node: Node,
    mode: Mode | str,
    thing: str = "",
    why: str = "",
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    threshold: int = LEAST,
    remind_after_days: int = REMIND_AFTER_DAYS,
    reminders_most: int = REMINDERS_MOST,
    by_mail: bool = True,
    by: Actor,
    now: datetime,
) -> Asking:
    """Begin a round. The same `key` begins once: again it answers the one that was begun, and asks who is new.

    version: from `make_set`. key: what it is for ("assignments.closing:12"). title: what it is about, in words.
    thing: what it is about, "app.model:id". closes_at: None is until somebody closes it. by_mail: whether each gets a
    link by mail, and reminders; False where another page asks them. Raises TooMany, BadSet (a side that the set lacks),
    ValueError (a threshold under LEAST).
    """
    if threshold < LEAST:
        raise ValueError(f"nothing is shown of fewer than {LEAST}")
    begun, is_new = Asking.objects.get_or_create(
        key=key,
        defaults={
            "set_version": version,
            "thing": thing,
            "node": node,
            "title": title.strip(),
            "why": why.strip(),
            "mode": Mode(mode).value,
            "threshold": threshold,
            "opens_at": opens_at or now,
            "closes_at": closes_at,
            "remind_after_days": remind_after_days,
            "reminders_most": reminders_most if by_mail else 0,
            "created_at": now,
            "created_by_id": by.person_id,
        },
    )
    asking = lock(begun)
    if is_new:
        record("surveys.begun", by=by, at=now, on=asking, mode=asking.mode, node_id=asking.node_id)
    if asking.closed_at is None:
        _add(asking, people, by_mail=by_mail, by=by, now=now)
    return asking


@transaction.atomic
def ask_more(asking: Asking, people: Iterable[Whom], *, by_mail: bool = True, by: Actor, now: datetime) -> int:
    """Ask others too; who is asked already is not asked again. Returns how many are new. Raises NotOpen, TooMany."""
    asking = lock(asking)
    if asking.closed_at is not None or (asking.closes_at and asking.closes_at <= now):
        raise NotOpen
    return _add(asking, people, by_mail=by_mail, by=by, now=now)


def _add(asking: Asking, people: Iterable[Whom], *, by_mail: bool, by: Actor, now: datetime) -> int:
    before = list(Asked.objects.filter(asking=asking).values_list("person_id", "address"))
    known = {person for person, _address in before if person} | {address for _person, address in before if address}
    people = list(people)
    addresses = [normal_address(whom.address) for whom in people if whom.person_id is None]
    # Who is asked as a person is not asked once more at their address.
    accounts = dict(Person.objects.filter(email__in=addresses).values_list("email", "pk"))
    new = []
    for whom in sorted(people, key=lambda whom: whom.person_id is None):
        if whom.side not in asking.set_version.sides:
            raise BadSet(f"{whom.side}: a side that nobody stands on")
        # A protected person's address is stored nowhere: a reference stands for it.
        address = kept_address(normal_address(whom.address)) if whom.person_id is None else ""
        who = whom.person_id or address
        if who and who not in known and accounts.get(address) not in known:
            known.add(who)
            new.append(Asked(asking=asking, person_id=whom.person_id, address=address, side=whom.side, asked_at=now))
    if len(before) + len(new) > MOST_ASKED:
        raise TooMany
    Asked.objects.bulk_create(new)
    if new:
        record("surveys.asked", by=by, at=now, on=asking, count=len(new))
        if by_mail:
            publish("surveys.asked", now=now, asking_id=asking.pk)
    return len(new)


def invite_all(asking_id: int, *, now: datetime) -> int:
    """Mail a link to each who has none yet: each in a transaction of its own, so that a kill in between neither forgets
    nor doubles anybody. Returns how many."""
    return sum(_invite_one(asked_id, now=now) for asked_id in not_invited(asking_id))


@transaction.atomic
def _invite_one(asked_id: int, *, now: datetime) -> bool:
    asked = _lock_asked(asked_id)
    if asked.links.exists() or asked.blanked_at or asked.asking.closed_at:
        return False
    mail_link("asked", asked, key=f"surveys.asked:{asked.pk}", now=now)
    return True


def _lock_asked(asked_id: int) -> Asked:
    return (
        Asked.objects.select_for_update(of=("self",))
        .select_related("asking__set_version__question_set", "asking__node", "person")
        .get(pk=asked_id)
    )


def mail_link(kind: str, asked: Asked, *, key: str, now: datetime) -> None:
    """A mail with a link of its own. What is in it is blanked once it has left: the token is then in nobody's hands but
    the reader's."""
    asking = asked.asking
    queue_mail(
        f"surveys/{kind}",
        to=asked.person_id or referred_to(asked.address) or asked.address,
        key=key,
        now=now,
        secret=True,
        path=new_link(asked, now=now),
        title=asking.title,
        node=asking.node.name,
        is_anonymous=asking.mode == Mode.ANONYMOUS,
        closes_at=asking.closes_at.isoformat() if asking.closes_at else "",
    )


@transaction.atomic
def close(asking: Asking, *, by: Actor, now: datetime) -> Asking:
    """End the round, and make once what may be shown of it. Twice is once."""
    asking = lock(asking)
    if asking.closed_at is None:
        asking.closed_at, asking.results = now, make_results(asking).as_json()
        asking.save(update_fields=["closed_at", "results"])
        AnonymousDraft.objects.filter(asking=asking).delete()
        record("surveys.closed", by=by, at=now, on=asking)
        publish("surveys.closed", now=now, key=str(asking.pk), asking_id=asking.pk, asking_key=asking.key)
    return asking


@transaction.atomic
def close_if_due(asking_id: int, *, now: datetime) -> bool:
    """Close it if its time is out; whether it did."""
    asking = lock(Asking(pk=asking_id))
    if asking.closed_at is not None or asking.closes_at is None or now < asking.closes_at:
        return False
    close(asking, by=SYSTEM, now=now)
    return True
