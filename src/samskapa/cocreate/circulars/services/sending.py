"""The worker writes to those whom a letter goes to, some at a time. Killed anywhere it goes on from the last write."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from samskapa.cocreate.pool.models import Member
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import queue_mail, record
from samskapa.ground.people.services import lock_people

from ..domain import Stage
from ..models import Addressee, Circular
from ..queries.letters import can_be_written_to, next_to_write_to
from .writing import lock

#: So many are written to in one step of the worker.
BATCH = 50


@transaction.atomic
def send_some(circular_id: int, *, by: Actor, now: datetime) -> bool:
    """Write to the next; whether there are more. Who rests or has left since it was sent is left out."""
    one = Circular.objects.get(pk=circular_id)
    turn = list(next_to_write_to(one).values_list("pk", "member__person_id")[:BATCH])
    lock_people(person_id for _pk, person_id in turn)
    one = lock(one)
    if one.stage != Stage.SENDING:
        return False
    # Looked at once more under the locks.
    rows = list(next_to_write_to(one).filter(pk__in=[pk for pk, _person_id in turn]).select_related("member"))
    members = Member.objects.filter(pk__in=[row.member_id for row in rows])
    still = set(can_be_written_to(members).values_list("pk", flat=True))
    gets = [row for row in rows if row.member_id in still]
    for row in gets:
        _write(one, row, now=now)
    Addressee.objects.filter(pk__in=[row.pk for row in gets]).update(written_at=now)
    left_out = [row.pk for row in rows if row.member_id not in still]
    Addressee.objects.filter(pk__in=left_out).update(is_left_out=True)
    if gets:
        record("circulars.written_to", by=by, at=now, on=one, member_ids=[row.member_id for row in gets])
    if next_to_write_to(one).exists():
        return True
    one.stage, one.done_at = Stage.SENT, now
    one.save(update_fields=["stage", "done_at"])
    record("circulars.done", by=by, at=now, on=one)
    return False


def _write(one: Circular, row: Addressee, *, now: datetime) -> None:
    """One mail, which waits for the person's digest, or is kept for their page where they want no mail of the kind."""
    queue_mail(
        "circulars/letter",
        to=row.member.person_id,
        key=f"circulars.letter-{row.pk}",
        now=now,
        matter=f"circulars.circular:{one.pk}",
        title=one.title,
        text=one.text,
        group=one.group.name,
        group_id=one.group_id,
        place=one.group.node.name,
        path=reverse("circulars:letter", args=[one.pk]),
    )
