"""The doorways: a group's plan and its channels for the coordinators who run it, and a short link for everybody."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.cocreate.pool.access import group_to_run, may_run
from samskapa.cocreate.pool.models import Group
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.models import Node
from samskapa.ground.organisations.queries import municipalities

from .domain import Audience, Use, read_code
from .models import Channel, Sought


def group_to_recruit_to(actor: Actor, node_pk: int) -> Group:
    """A group, for its coordinators. Raises Http404."""
    return group_to_run(actor, node_pk)


def sought_to_run(actor: Actor, pk: int) -> Sought:
    """A row of the plan, for the coordinators of its group. Raises Http404."""
    row = get_object_or_404(Sought.objects.select_related("group__node", "municipality", "doer"), pk=pk)
    if not may_run(actor, row.group.node):
        raise Http404
    return row


def channel_to_run(actor: Actor, pk: int) -> Channel:
    """A channel, for the coordinators of its group. Raises Http404."""
    channel = get_object_or_404(Channel.objects.select_related("group__node", "municipality", "contact"), pk=pk)
    if not may_run(actor, channel.group.node):
        raise Http404
    return channel


def audience_of(key: str) -> Audience:
    """Raises Http404."""
    if key not in set(Audience):
        raise Http404
    return Audience(key)


def municipality_or_none(pk: str, whom: Audience) -> Node | None:
    """The municipality of that number, where one looks for those who live in one."""
    if whom is not Audience.MUNICIPALITY or not (pk.isascii() and pk.isdecimal() and len(pk) < 16):
        return None
    return municipalities().filter(pk=int(pk)).first()


def use_of(key: str) -> Use:
    """Raises Http404."""
    if key not in set(Use):
        raise Http404
    return Use(key)


def channel_of_link(typed: str) -> Channel:
    """The channel that a short link leads to, for everybody: a closed one too. Raises Http404, also where the group's
    place is closed."""
    code = read_code(typed)
    if not code:
        raise Http404
    found = Channel.objects.select_related("group__node").filter(group__node__closed_at=None)
    return get_object_or_404(found, code=code)
