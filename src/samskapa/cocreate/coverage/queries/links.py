"""Links on the pages of a group. Fills rows of the slots "tools_of_group" and "open_tools_of_group"."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.pool.queries.tools import Tool


def tools_of(group: Group) -> list[Tool]:
    return [Tool(_("Who is in it, who is missing"), reverse("coverage:now", args=[group.node_id]))]


def open_tools_of(group: Group) -> list[Tool]:
    return [Tool(_("Who is in the group"), reverse("coverage:told", args=[group.node_id]))]
