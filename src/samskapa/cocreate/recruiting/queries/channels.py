"""A group's posters and links, and what each has brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.urls import reverse

from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.pool.queries.came_by import Brought, brought
from samskapa.cocreate.pool.queries.members import coordinators_of
from samskapa.ground.people.models import Person

from ..domain import Kind
from ..models import Channel, Opened
from .plan import whom
from .wording import KIND


def channels_of(group: Group) -> QuerySet[Channel]:
    """All of them with how often they were opened (`times`): those that are used first, the newest first."""
    each = Opened.objects.filter(channel=OuterRef("pk")).order_by().values("channel")
    times = Subquery(each.annotate(total=Sum("number")).values("total"))
    found = Channel.objects.filter(group=group).select_related("municipality").annotate(times=times)
    return found.order_by(F("closed_at").desc(nulls_first=True), "-made_at", "-pk")


def link_of(channel: Channel) -> str:
    """The whole address, as a browser takes it."""
    return settings.SITE_URL + reverse("recruiting:arrive", args=[channel.code])


def short_link(channel: Channel) -> str:
    """The address as one reads and types it: without what the browser adds itself."""
    return link_of(channel).partition("://")[2]


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel as the list shows it. times: how often its link was opened."""

    channel: Channel
    kind: Any
    whom: str
    link: str
    times: int
    brought: Brought


def channel_rows(group: Group, shown: Sequence[Any]) -> list[ChannelRow]:
    """The channels of `channels_of` with what they have brought. One query for all of them."""
    counts = brought(group, [channel.code for channel in shown])
    return [
        ChannelRow(
            channel,
            KIND[Kind(channel.kind)],
            whom(channel.audience, channel.municipality),
            short_link(channel),
            channel.times or 0,
            counts[channel.code],
        )
        for channel in shown
    ]


def opened_by_day(channel: Channel, since: date) -> list[Opened]:
    """How often it was opened, day by day, the latest first; days without are left out."""
    return list(Opened.objects.filter(channel=channel, day__gte=since).order_by("-day"))


def times_opened(channel: Channel) -> int:
    """In all."""
    return Opened.objects.filter(channel=channel).aggregate(total=Sum("number"))["total"] or 0


def contact_of(channel: Channel) -> Person | None:
    """Whom one calls: the chosen one while they run the group, else the first of those who do; None where nobody
    does."""
    people = coordinators_of(channel.group)
    return next((person for person in people if person.pk == channel.contact_id), next(iter(people), None))
