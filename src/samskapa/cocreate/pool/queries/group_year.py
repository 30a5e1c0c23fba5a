"""A year of a resource group: who was in it, who came and left. From the moves, which are kept when words are not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, Subquery

from ..domain import SEEN, Status, Why
from ..models import Group, Member, Move


def stood_at(group: Group, moment: datetime) -> dict[Status, int]:
    """How many stood where just before `moment`, of those in the group: who fills in the form, or has left, is not in
    it. One query; statuses in their order, zeros too."""
    last = Move.objects.filter(member=OuterRef("pk"), at__lt=moment).order_by("-at", "-pk").values("to_status")[:1]
    stood = Member.objects.filter(group=group).annotate(stood=Subquery(last)).order_by()
    counts = dict(stood.values_list("stood").annotate(n=Count("pk")))
    return {status: counts.get(status, 0) for status in Status if status in SEEN}


@dataclass(frozen=True, slots=True)
class Moves:
    """came: sent the form or came from a list. welcomed, active: said welcome to, and could be asked the first time.
    rested: began to rest. left: left after they had come, whatever the reason. A person who comes twice counts twice,
    so that those at the start, and came, less left, are those at the end."""

    came: int
    welcomed: int
    active: int
    rested: int
    left: int


def moves_between(group: Group, first: datetime, until: datetime) -> Moves:
    """What happened from `first` until just before `until`. One query."""
    was_in = Q(from_status__in=[status.value for status in SEEN])
    return Moves(
        **Move.objects.filter(member__group=group, at__gte=first, at__lt=until).aggregate(
            came=Count("pk", filter=Q(why__in=[Why.SENT, Why.IMPORTED])),
            welcomed=Count("pk", filter=Q(why=Why.WELCOMED)),
            active=Count("pk", filter=Q(why=Why.INTRODUCED)),
            rested=Count("pk", filter=Q(to_status=Status.RESTING)),
            left=Count("pk", filter=was_in & Q(to_status=Status.LEFT)),
        )
    )
