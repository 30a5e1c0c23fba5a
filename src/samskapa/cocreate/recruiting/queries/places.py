"""What other apps' pages show of recruiting. Fills "tools_of_group" and "came_by_in_words"."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.pool.queries.tools import Tool

from ..domain import read_code
from ..models import Channel


def tools_of(group: Group) -> list[Tool]:
    """The way to the plan, for those who run the group."""
    return [
        Tool(_("Find those who are missing: plan, posters and links"), reverse("recruiting:plan", args=[group.node_id]))
    ]


def came_by_in_words(group: Group, code: str) -> str:
    """What the group's poster or link of that code is called; "" where there is none."""
    if read_code(code) != code:
        return ""
    return Channel.objects.filter(group=group, code=code).values_list("name", flat=True).first() or ""
