"""Choose how soon one is told, end and begin the digest, and gather what waits for it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from samskapa.ground.core.domain import Actor, Pace, Topic
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.core.queries import waiting_for_digest
from samskapa.ground.core.services import record
from samskapa.ground.core.services.digests import gather, keep_for_page, lock_waiting, put_off, send_alone
from samskapa.ground.people.models import Person

from .access import stop_token
from .domain import GATHERED, WHOLE_TOPIC, Wishes, next_digest
from .models import Rhythm, Wish
from .queries import topic_called, wishes_of

log = logging.getLogger("samskapa.notices")


class NotOffered(ValueError):
    """A pace that its topic does not offer, or a topic that is none."""


@transaction.atomic
def choose(person: Person, *, paces: Mapping[str, Pace], hour: int, weekday: int, by: Actor, now: datetime) -> Rhythm:
    """How soon the person wants to know of each topic, and when their digest comes. What waits follows at once.

    paces: topic's key -> pace. Raises NotOffered.
    """
    rhythm = _lock(person)
    for key, pace in paces.items():
        _choose(person, key, WHOLE_TOPIC, pace)
    rhythm.hour, rhythm.weekday = hour, weekday
    rhythm.save(update_fields=["hour", "weekday"])
    record(
        "notices.chosen",
        by=by,
        at=now,
        on=person,
        hour=hour,
        weekday=weekday,
        paces={k: p.value for k, p in paces.items()},
    )
    _sort(person.pk, by=by, now=now)
    return rhythm


@transaction.atomic
def choose_for_matter(person: Person, topic: str, matter: str, pace: Pace | None, *, by: Actor, now: datetime) -> None:
    """How soon the person wants to know of this one matter; None: as of its whole topic. Raises NotOffered."""
    _lock(person)
    if pace is None:
        Wish.objects.filter(person=person, topic=topic, matter=matter).delete()
    else:
        _choose(person, topic, matter, pace)
    record(
        "notices.matter_chosen", by=by, at=now, on=person, topic=topic, matter=matter, pace=pace.value if pace else ""
    )
    _sort(person.pk, by=by, now=now)


@transaction.atomic
def stop_digest(person: Person, *, by: Actor, now: datetime) -> Rhythm:
    """The person wants no digest. What waits for it is kept for their page; what may not be switched off goes by
    itself. Twice is once."""
    rhythm = _lock(person)
    if rhythm.stopped_at is None:
        rhythm.stopped_at = now
        rhythm.save(update_fields=["stopped_at"])
        record("notices.digest_stopped", by=by, at=now, on=person)
        _sort(person.pk, by=by, now=now)
    return rhythm


@transaction.atomic
def begin_digest(person: Person, *, by: Actor, now: datetime) -> Rhythm:
    """The person wants the digest again, from now on. Twice is once."""
    rhythm = _lock(person)
    if rhythm.stopped_at is not None:
        rhythm.stopped_at = None
        rhythm.save(update_fields=["stopped_at"])
        record("notices.digest_begun", by=by, at=now, on=person)
    return rhythm


@transaction.atomic
def mark_read(person: Person, *, until: datetime, by: Actor, now: datetime) -> None:
    """What came until then is not marked as new any more. A moment to come is now; never backwards. Not in the trail:
    what somebody reads on their own page is nobody's business."""
    rhythm = _lock(person)
    until = min(until, now)
    if rhythm.read_until is None or rhythm.read_until < until:
        rhythm.read_until = until
        rhythm.save(update_fields=["read_until"])


def gather_due(*, by: Actor, now: datetime) -> int:
    """Write the digest of everybody for whom something is due; returns how many there were. Each person is a
    transaction of their own: a kill loses nobody's, and who was done is not done again. What fails is logged, and
    comes with the next run."""
    due = waiting_for_digest().filter(due_at__lte=now)
    found = due.order_by("recipient_id").values_list("recipient_id", flat=True).distinct()
    people = [person_id for person_id in found if person_id is not None]
    count = 0
    for person_id in people:
        try:
            count += gather_for(person_id, by=by, now=now) is not None
        except Exception as error:
            log.error("digest failed person=%s error=%s", person_id, type(error).__name__)
    return count


@transaction.atomic
def gather_for(person_id: int, *, by: Actor, now: datetime) -> OutboxMail | None:
    """Write one person's digest of what is due, as they have chosen by now. None where nothing is, where they have had
    one today, and while mail is held."""
    return _sort(person_id, by=by, now=now, gathering=True)


def blank_choices_of(person_id: int, *, by: Actor, now: datetime) -> None:
    """Nothing of what the person chose is left."""
    Wish.objects.filter(person_id=person_id).delete()
    Rhythm.objects.filter(person_id=person_id).delete()


# --- within ---------------------------------------------------------------------------------------


def _lock(person: Person) -> Rhythm:
    Rhythm.objects.get_or_create(person=person)
    return Rhythm.objects.select_for_update().get(person=person)


def _choose(person: Person, key: str, matter: str, pace: Pace) -> None:
    topic = topic_called(key)
    if topic is None or pace not in topic.choices:
        raise NotOffered(key)
    Wish.objects.update_or_create(person=person, topic=key, matter=matter, defaults={"pace": pace.value})


def _sort(person_id: int, *, by: Actor, now: datetime, gathering: bool = False) -> OutboxMail | None:
    """Let what waits follow the person's wishes as they are now: it goes alone, is kept, or waits for its day; with
    `gathering`, what is due becomes a digest."""
    rows = lock_waiting(person_id)
    if not rows:
        return None
    wishes, here = wishes_of(person_id), timezone.localtime(now)
    by_pace: dict[Pace, list[OutboxMail]] = {pace: [] for pace in Pace}
    for row in rows:
        by_pace[_pace(wishes, row)].append(row)
    send_alone(by_pace[Pace.AT_ONCE], now=now)
    keep_for_page(by_pace[Pace.NEVER])
    waiting = [(pace, row) for pace in GATHERED for row in by_pace[pace]]
    if not gathering:
        put_off({row.pk: _due(wishes, pace, row, here) for pace, row in waiting if row.due_at > now})
        return None
    due = [row for _, row in waiting if row.due_at <= now]
    if not due:
        return None
    day = timezone.localtime(max(row.due_at for row in due)).date()  # a worker that was away past midnight is late
    params = {
        "page": reverse("notices:page"),
        "choose": reverse("notices:choose"),
        "stop": reverse("notices:stop", args=[stop_token(person_id)]),
    }
    digest = gather(person_id, due, day=day, now=now, params=params)
    if digest is None:  # they have had that day's, at an hour that they chose before
        put_off({row.pk: next_digest(wishes, Pace.DAILY, here) for row in due})
    else:
        record("notices.gathered", by=by, at=now, on=digest, person_id=person_id, mails=len(due))
    return digest


def _due(wishes: Wishes, pace: Pace, row: OutboxMail, here: datetime) -> datetime:
    """When it comes now; not in the hour that has passed while nobody had chosen it yet."""
    at = next_digest(wishes, pace, timezone.localtime(row.created_at))
    return at if at > here else next_digest(wishes, pace, here)


def _pace(wishes: Wishes, row: OutboxMail) -> Pace:
    topic: Topic | None = settings.MAILS.get(row.kind)
    return wishes.pace(topic, row.matter) if topic else Pace.DAILY
