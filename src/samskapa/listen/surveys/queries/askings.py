"""Rounds, who is asked in them, and how it goes. Never a write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import Node
from samskapa.ground.organisations.queries import nodes_below

from ..domain import reminder_due
from ..models import Asked, AskedLink, Asking, Sheet

#: Who asks: at their own node and below.
ASKERS = (Role.COORDINATOR, Role.HOST)


def askings_seen_by(actor: Actor) -> QuerySet[Asking]:
    """The rounds of the actor's node and below that stand for themselves; those about a thing are met with it."""
    if not actor.acts_as(*ASKERS):
        return Asking.objects.none()
    there = nodes_below(actor.node_path).values("pk")
    return Asking.objects.filter(node__in=there, thing="").select_related("node", "set_version__question_set")


def with_counts(askings: QuerySet[Asking]) -> QuerySet[Asking]:
    """The same, each with `many` (asked) and `answered`, in one query."""
    return askings.annotate(many=Count("asked"), answered=Count("asked", filter=Q(asked__has_answered=True))).order_by(
        "-created_at", "-pk"
    )


def nodes_to_ask_at(actor: Actor) -> QuerySet[Node]:
    """Where the actor may ask, the widest first."""
    if not actor.acts_as(*ASKERS):
        return Node.objects.none()
    return nodes_below(actor.node_path).filter(closed_at=None).order_by("path", "pk")


def asking_with(key: str) -> Asking | None:
    """The round that was begun under `key`."""
    return Asking.objects.filter(key=key).select_related("set_version__question_set", "node").first()


@dataclass(frozen=True, slots=True)
class SideCount:
    """How many on a side are asked, and how many have answered. papers are not among them."""

    side: str
    asked: int
    answered: int


def side_counts(asking: Asking) -> list[SideCount]:
    """One row for each side of the set, in its order; one query."""
    found = {
        row["side"]: row
        for row in Asked.objects.filter(asking=asking)
        .values("side")
        .annotate(many=Count("pk"), answered=Count("pk", filter=Q(has_answered=True)))
    }
    none = {"many": 0, "answered": 0}
    return [
        SideCount(side, found.get(side, none)["many"], found.get(side, none)["answered"])
        for side in asking.set_version.sides
    ]


def asked_in(asking: Asking) -> QuerySet[Asked]:
    """Everybody who is asked, by side, in an order that says nothing of when they answered."""
    return Asked.objects.filter(asking=asking).select_related("person").order_by("side", "pk")


def not_invited(asking_id: int) -> list[int]:
    """Ids of those who have no link yet."""
    has_link = Exists(AskedLink.objects.filter(asked=OuterRef("pk")))
    found = Asked.objects.filter(asking_id=asking_id, blanked_at=None).exclude(has_link)
    return list(found.order_by("pk").values_list("pk", flat=True))


def without_mail(asking: Asking) -> int:
    """How many persons are asked who have no address: they need it on paper."""
    return Asked.objects.filter(
        asking=asking, person__email=None, person__protected_tag=None, person__isnull=False, has_answered=False
    ).count()


def waiting(asking: Asking, *, after: timedelta, now: datetime) -> list[int]:
    """Ids of those who have not answered and whose reminder is due."""
    rows = Asked.objects.filter(asking=asking, has_answered=False, blanked_at=None).order_by("pk")
    return [
        row.pk
        for row in rows
        if reminder_due(
            asked_at=row.asked_at,
            reminded_at=row.reminded_at,
            sent=row.reminders,
            most=asking.reminders_most,
            after=after,
            now=now,
        )
    ]


def open_askings(now: datetime) -> QuerySet[Asking]:
    """Rounds in which one can answer at `now`."""
    return (
        Asking.objects.filter(closed_at=None, opens_at__lte=now)
        .filter(Q(closes_at=None) | Q(closes_at__gt=now))
        .order_by("pk")
    )


def due_to_close(now: datetime) -> list[int]:
    """Ids of rounds whose time is out."""
    return list(Asking.objects.filter(closed_at=None, closes_at__lte=now).order_by("pk").values_list("pk", flat=True))


def named_sheets(asking: Asking, side: str = "") -> QuerySet[Sheet]:
    """What was handed in by name, of one side or ("") of all, by whom they were asked."""
    found = Sheet.objects.filter(asked__asking=asking, submitted_at__isnull=False).select_related("asked__person")
    if side:
        found = found.filter(asked__side=side)
    return found.order_by("asked__side", "asked_id")
