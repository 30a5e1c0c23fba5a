"""A letter is written, looked at, changed, sent or thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from samskapa.cocreate.pool.models import Group
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import publish, record

from ..domain import ChangedMeanwhile, Nobody, NotNow, OthersNow, Stage
from ..models import Addressee, Circular
from ..queries.letters import reach_of


def lock(one: Circular) -> Circular:
    """The letter as it is now, and nobody else's until we are done."""
    return Circular.objects.select_for_update(of=("self",)).select_related("group__node").get(pk=one.pk)


@transaction.atomic
def write(group: Group, *, title: str, text: str, wanted: Mapping[str, Any], by: Actor, now: datetime) -> Circular:
    """A draft for those whom the search finds. Nobody is written to. The same words by the
    same person are one draft."""
    Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    title, text = title.strip(), text.strip()
    for known in Circular.objects.filter(group=group, stage=Stage.DRAFT, made_by=by.person_id):
        if (known.title, known.text, known.wanted) == (title, text, dict(wanted)):
            return known
    one = Circular(group=group, title=title, text=text, wanted=dict(wanted), made_at=now)
    one.made_by_id = by.person_id or 0
    one.save()
    record("circulars.written", by=by, at=now, on=one, group=group.pk)
    return one


@transaction.atomic
def change(one: Circular, *, title: str, text: str, based_on: int, by: Actor, now: datetime) -> Circular:
    """Other words, before it is sent. The same again changes nothing. Raises ChangedMeanwhile, NotNow."""
    one = lock(one)
    if one.stage != Stage.DRAFT:
        raise NotNow(one.stage)
    title, text = title.strip(), text.strip()
    if (one.title, one.text) == (title, text):
        return one
    if one.version != based_on:
        raise ChangedMeanwhile(one.version)
    one.title, one.text = title, text
    one.version += 1
    one.save(update_fields=["title", "text", "version"])
    record("circulars.changed", by=by, at=now, on=one)
    return one


@transaction.atomic
def send(one: Circular, *, based_on: int, mark: str, by: Actor, now: datetime) -> Circular:
    """Send it to those who were looked at: they are noted now, and the worker writes to one after the other. Twice is
    once.

    based_on, mark: the version and the people that the page showed. Raises ChangedMeanwhile, OthersNow, Nobody.
    """
    one = lock(one)
    if one.stage != Stage.DRAFT:
        return one
    if one.version != based_on:
        raise ChangedMeanwhile(one.version)
    reach = reach_of(one.group, one.wanted, timezone.localdate(now))
    if not reach.number:
        raise Nobody
    if reach.mark != mark:
        raise OthersNow
    ids = reach.members.order_by("pk").values_list("pk", flat=True)
    made = Addressee.objects.bulk_create([Addressee(circular=one, member_id=pk) for pk in ids], batch_size=500)
    one.stage, one.sent_at, one.sent_by_id, one.size = Stage.SENDING, now, by.person_id, len(made)
    one.save(update_fields=["stage", "sent_at", "sent_by", "size"])
    # The letter's own row says whom it went to; in the trail a word that was looked for would stand for ever.
    wanted = one.wanted | ({"words": True} if one.wanted.get("words") else {})
    record("circulars.sent", by=by, at=now, on=one, group=one.group_id, size=one.size, wanted=wanted)
    publish("circulars.goes_on", now=now, circular_id=one.pk)
    return one


@transaction.atomic
def go_on(one: Circular, *, by: Actor, now: datetime) -> None:
    """A letter that stands still goes on from where it was. Pressed while it goes on, nobody gets it twice."""
    publish("circulars.goes_on", now=now, circular_id=one.pk)
    record("circulars.gone_on", by=by, at=now, on=one)


@transaction.atomic
def throw_away(one: Circular, *, by: Actor, now: datetime) -> None:
    """A draft that nobody needs. Twice is once. Raises NotNow where it has been sent."""
    held = Circular.objects.select_for_update(of=("self",)).filter(pk=one.pk).first()
    if held is None:
        return
    if held.stage != Stage.DRAFT:
        raise NotNow(held.stage)
    record("circulars.thrown_away", by=by, at=now, on=held)
    held.delete()
