"""What time does by itself: first shown to the person, then carried out, one thing at a time."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.services import queue_mail
from samskapa.ground.people.domain.my_data import DEATH_TAKEN_BACK, months_before
from samskapa.ground.people.models import Person
from samskapa.ground.people.services.my_data import remove_ways_in

from ..models import RetentionNotice
from ..queries import Plan, call, plans, to_carry_out, to_tell

log = logging.getLogger("samskapa.my_data")


def tell_before(*, now: datetime) -> int:
    """Tell everybody whose time runs out, in one mail each, and drop what no longer does. Returns how many persons were
    told. Each person is a transaction of their own: a kill in between loses nothing and tells nobody twice."""
    _drop_what_no_longer_runs_out(now=now)
    waiting = to_tell(now=now)
    for person_id, plan in waiting.items():
        _tell_one(person_id, plan, now=now)
    return len(waiting)


def _drop_what_no_longer_runs_out(*, now: datetime) -> None:
    """Somebody logged in again, or applied again: what was told does not happen."""
    runs_out = {(plan.kind.key, plan.due.thing_id) for plan in plans(now=now)}
    for notice in RetentionNotice.objects.order_by("pk").iterator():
        if (notice.kind, notice.thing_id) not in runs_out:
            notice.delete()


@transaction.atomic
def _tell_one(person_id: int, found: list[Plan], *, now: datetime) -> None:
    for plan in found:
        RetentionNotice.objects.get_or_create(
            kind=plan.kind.key,
            thing_id=plan.due.thing_id,
            defaults={"person_id": person_id, "told_at": now, "happens_at": plan.on},
        )
    queue_mail(
        "my_data/time_runs_out",
        to=person_id,
        key=f"my_data.time_runs_out:{person_id}:{now:%Y-%m-%d}",
        now=now,
        # The reader's language is known only when it is sent: the template looks the words up.
        kinds=list(dict.fromkeys(plan.kind.key for plan in found)),
        on=min(plan.on for plan in found).isoformat(),
    )


def carry_out(*, now: datetime) -> dict[str, int]:
    """Carry out all that is due; returns kind -> how many things. Again it finds nothing."""
    return carry_out_plans(to_carry_out(now=now), now=now)


def carry_out_plans(found: Iterable[Plan], *, now: datetime, by: Actor = SYSTEM) -> dict[str, int]:
    """Carry out each of them in a transaction of its own, which looks again whether it is still due. What fails is
    logged and waits for tomorrow; the others go on."""
    done: Counter[str] = Counter()
    for plan in found:
        try:
            done[plan.kind.key] += _carry_out_one(plan, by=by, now=now)
        except Exception as error:
            log.error("retention failed kind=%s id=%s error=%s", plan.kind.key, plan.due.thing_id, type(error).__name__)
    return {key: count for key, count in done.items() if count}


@transaction.atomic
def _carry_out_one(plan: Plan, *, by: Actor, now: datetime) -> bool:
    retention = plan.kind.retention
    if retention is None:
        return False
    limit = months_before(now, retention.months)
    done = call(retention.carry_out, plan.due.thing_id, limit=limit, by=by, now=now)
    if done:
        RetentionNotice.objects.filter(kind=plan.kind.key, thing_id=plan.due.thing_id).delete()
    return bool(done)


def let_go_of_ways_in(*, now: datetime) -> int:
    """Remove the ways in of those whose death can no longer be taken back. Returns of how many."""
    dead = Person.objects.filter(death_noted_at__lte=now - DEATH_TAKEN_BACK, forgotten_at=None).order_by("pk")
    return sum(remove_ways_in(pk, by=SYSTEM, now=now) for pk in dead.values_list("pk", flat=True))
