"""What is due by the table's retention, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from samskapa.ground.core.queries import mails_done
from samskapa.ground.people.domain.my_data import (
    GOES_ON,
    SHOWN_BEFORE,
    DataKind,
    Due,
    Retention,
    latest,
    months_after,
    months_before,
)
from samskapa.ground.people.models import Person

from ..models import RetentionNotice
from .table import call, kinds

#: How many persons one question is about: a database takes only so many values.
_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """Something whose time runs out. on: the first moment at which it may be carried out: its own time is out, and the
    person has been shown it for SHOWN_BEFORE. told_at: when they were told; None: not yet, and then it is never now."""

    kind: DataKind
    due: Due
    on: datetime
    told_at: datetime | None

    def is_ripe(self, now: datetime) -> bool:
        """Whether it may be carried out."""
        return self.on <= now


def _tells(plan: Plan) -> bool:
    return _retention(plan.kind).tells and plan.due.person_id is not None


def _retention(kind: DataKind) -> Retention:
    if kind.retention is None:
        raise LookupError(kind.key)
    return kind.retention


def plans(*, now: datetime) -> list[Plan]:
    """All whose time is out within SHOWN_BEFORE, by kind in the table's order, then as the app gives them."""
    found = []
    for kind in kinds():
        if kind.retention is None:
            continue
        months = kind.retention.months
        told = dict(RetentionNotice.objects.filter(kind=kind.key).values_list("thing_id", "told_at"))
        for due in call(kind.retention.due, months_before(now + SHOWN_BEFORE, months)):
            told_at = told.get(due.thing_id)
            on = months_after(due.at, months)
            if kind.retention.tells and due.person_id is not None:
                on = max(on, (told_at or now) + SHOWN_BEFORE)
            found.append(Plan(kind, due, on, told_at))
    return found


@dataclass(frozen=True, slots=True)
class Coming:
    """What a person is shown before it happens: how many things of a kind, and the day of the first."""

    kind: DataKind
    count: int
    on: datetime


def coming_for(person_id: int) -> list[Coming]:
    """What the person has been told of, the first to happen first. One query."""
    found = RetentionNotice.objects.filter(person_id=person_id).values("kind").order_by()
    counted = {row["kind"]: row for row in found.annotate(count=Count("pk"), on=Min("happens_at"))}
    coming = [
        Coming(kind, counted[kind.key]["count"], counted[kind.key]["on"]) for kind in kinds() if kind.key in counted
    ]
    return sorted(coming, key=lambda each: each.on)


def to_tell(*, now: datetime) -> dict[int, list[Plan]]:
    """Person's id -> what they are to be told of, and have not been."""
    found: dict[int, list[Plan]] = {}
    for plan in plans(now=now):
        if _tells(plan) and plan.told_at is None:
            found.setdefault(plan.due.person_id or 0, []).append(plan)
    return found


def to_carry_out(*, now: datetime) -> list[Plan]:
    """What may be carried out now."""
    return [plan for plan in plans(now=now) if plan.is_ripe(now)]


# --- what belongs to no app of its own ------------------------------------------------------------


def last_of_all(person_ids: Iterable[int]) -> dict[int, datetime | None]:
    """When each person last did, or had, anything here; GOES_ON while something lasts."""
    ids = list(person_ids)
    rows = Person.objects.filter(pk__in=ids).values_list("pk", "joined_at", "last_login", "death_noted_at")
    moments: dict[int, list[datetime | None]] = {
        pk: [moment for moment in seen if moment is not None] for pk, *seen in rows
    }
    for kind in kinds():
        for person_id, moment in (call(kind.last_use, ids) if kind.last_use else {}).items():
            moments[person_id].append(moment)
    return {person_id: latest(each) for person_id, each in moments.items()}


def accounts_past(limit: datetime) -> list[Due]:
    """Accounts in which nothing has happened since `limit`, and nothing goes on."""
    quiet = Person.objects.filter(
        Q(last_login=None) | Q(last_login__lte=limit), forgotten_at=None, joined_at__lte=limit
    ).order_by("pk")
    ids = list(quiet.values_list("pk", flat=True))
    return [
        Due(pk, pk, at)
        for start in range(0, len(ids), _AT_A_TIME)
        for pk, at in last_of_all(ids[start : start + _AT_A_TIME]).items()
        if at is not GOES_ON and at <= limit
    ]


def mails_past(limit: datetime) -> list[Due]:
    """Mails that have done their work and were made at or before `limit`."""
    return [
        Due(pk, person_id, created_at)
        for pk, person_id, created_at in mails_done(limit).values_list("pk", "recipient_id", "created_at")
    ]
