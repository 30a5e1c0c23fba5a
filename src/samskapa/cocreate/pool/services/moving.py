"""The lock, the one way in which a member moves, and who is told of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import queue_mail, record
from samskapa.ground.people.services import lock_person

from ..domain import AgeUnknown, Status, Why, check_move
from ..domain.moving import CHECKED_IN, first_check_in
from ..models import Member, Move


def lock(member: Member) -> Member:
    """The row as it is now, and nobody else's until we are done. The person first, as everywhere."""
    lock_person(member.person_id)
    return Member.objects.select_for_update(of=("self",)).select_related("group__node", "person").get(pk=member.pk)


def move(member: Member, why: Why, to: Status, *, also: Iterable[str] = (), by: Actor, now: datetime) -> Move:
    """Move a locked member, with a row of why. also: columns that change with it, set already; the table refuses one
    without the other. Whom one checks in with from now on gets a first day for it, where there is none. Raises
    NotThatMove, AgeUnknown."""
    check_move(member.status, why, to)
    if to is Status.WELCOMED and not member.age:
        raise AgeUnknown(member.status)
    begun = Move(member=member, from_status=member.status, why=why.value, to_status=to.value, at=now)
    begun.by_id = by.person_id
    begun.save()
    member.rests_from = member.status if to is Status.RESTING else ""
    member.status, member.since = to.value, now
    columns = ["status", "since", "rests_from", *also]
    if to in CHECKED_IN and member.next_check_in is None:
        member.next_check_in = first_check_in(timezone.localdate(now))
        columns.append("next_check_in")
    member.save(update_fields=columns)
    record("pool.moved", by=by, at=now, on=member, at_status=begun.from_status, to=begun.to_status, why=begun.why)
    return begun


def heard(member: Member, *, by: Actor, now: datetime) -> None:
    """The member said or did something themselves, or somebody in their name: the year counts from now."""
    if member.person_id == (by.for_person_id or by.person_id):
        member.heard_at = now
        member.save(update_fields=["heard_at"])


def tell(
    kind: str, people: Iterable[int | None], member: Member, *, key: str, now: datetime, path: str = "", **params: Any
) -> None:
    """Queue one mail about the member to each of `people`, once per `key`. It leads to the member's own page."""
    for person_id in dict.fromkeys(pk for pk in people if pk):
        queue_mail(
            f"pool/{kind}",
            to=person_id,
            key=f"pool.{key}",
            now=now,
            group=member.group.name,
            group_id=member.group_id,
            place=member.group.node.name,
            path=path or reverse("pool:mine", args=[member.group.node_id]),
            **params,
        )
