"""Posters and links: made, changed, closed, written on, and counted."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from samskapa.cocreate.pool.access import may_run
from samskapa.cocreate.pool.models import Group
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain import ChangedMeanwhile, NameTaken, Use, new_code
from ..models import Channel, Opened, Text

#: What a coordinator writes of a channel.
FIELDS = ("name", "kind", "audience", "municipality_id", "contact_id")


@transaction.atomic
def make_channel(group: Group, values: Mapping[str, Any], *, by: Actor, now: datetime) -> Channel:
    """Make a channel with a short link of its own. The same again is the one that is there: two clicks make one.

    values: each of FIELDS. Raises NameTaken where the group has another of that name.
    """
    Group.objects.select_for_update(of=("self",)).get(pk=group.pk)  # the lock
    said = {name: values[name] for name in FIELDS}
    if known := Channel.objects.filter(group=group, name=said["name"]).first():
        if all(getattr(known, name) == value for name, value in said.items()):
            return known
        raise NameTaken(said["name"])
    channel = Channel.objects.create(group=group, code=_free_code(), made_at=now, changed_at=now, **said)
    record("recruiting.channel_made", by=by, at=now, on=channel, group_id=group.pk)
    return channel


def _free_code() -> str:
    """A code that no channel has. Of two that get the same at the same moment the table refuses one."""
    while True:
        code = new_code(secrets.choice)
        if not Channel.objects.filter(code=code).exists():
            return code


def _lock(channel: Channel) -> Channel:
    """The group first, as when one is made: of two names that become the same the second is told."""
    Group.objects.select_for_update(of=("self",)).get(pk=channel.group_id)
    return Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)


@transaction.atomic
def change_channel(channel: Channel, values: Mapping[str, Any], *, based_on: int, by: Actor, now: datetime) -> Channel:
    """Call it something else, or say anew for whom it is and whom one calls. The code and what is written stay. The
    same again changes nothing. based_on: the version that the page showed. Raises ChangedMeanwhile, NameTaken."""
    held = _lock(channel)
    if all(getattr(held, name) == values[name] for name in FIELDS):
        return held
    if held.version != based_on:
        raise ChangedMeanwhile(held.version)
    if Channel.objects.filter(group=held.group_id, name=values["name"]).exclude(pk=held.pk).exists():
        raise NameTaken(values["name"])
    for name in FIELDS:
        setattr(held, name, values[name])
    held.version += 1
    held.changed_at = now
    held.save()
    record("recruiting.channel_changed", by=by, at=now, on=held, version=held.version)
    return held


@transaction.atomic
def close_channel(channel: Channel, *, is_closed: bool, by: Actor, now: datetime) -> Channel:
    """It is not put up any more, or is so again. The link leads on either way. Twice is once."""
    held = _lock(channel)
    if (held.closed_at is not None) == is_closed:
        return held
    held.closed_at = now if is_closed else None
    held.save(update_fields=["closed_at"])
    record("recruiting.channel_closed", by=by, at=now, on=held, is_closed=is_closed)
    return held


@transaction.atomic
def save_text(channel: Channel, use: Use, *, heading: str, body: str, based_on: int, by: Actor, now: datetime) -> Text:
    """Keep what is written on a channel. The same again changes nothing. based_on: the version that the page showed, 0
    where it was what is proposed. Raises ChangedMeanwhile."""
    _lock(channel)
    text = Text.objects.filter(channel=channel, use=use).first() or Text(channel=channel, use=use, version=0)
    if text.version and (text.heading, text.body) == (heading, body):
        return text
    if text.version != based_on:
        raise ChangedMeanwhile(text.version)
    text.heading, text.body, text.changed_at = heading, body, now
    text.version += 1
    text.save()
    record("recruiting.text_saved", by=by, at=now, on=channel, use=use.value, version=text.version)
    return text


@transaction.atomic
def count_opened(channel: Channel, *, by: Actor, now: datetime) -> None:
    """One more has opened the link today. Who runs the group looks at their own poster, and is not counted. It is a
    number and tells of nobody, so the trail has no row of it."""
    if may_run(by, channel.group.node):
        return
    day = timezone.localdate(now)
    row, is_new = Opened.objects.get_or_create(channel=channel, day=day, defaults={"number": 1})
    if not is_new:
        Opened.objects.filter(pk=row.pk).update(number=F("number") + 1)
