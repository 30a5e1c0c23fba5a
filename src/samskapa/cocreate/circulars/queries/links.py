"""Links that other apps' pages show. Fills rows of the slot "tools_of_group"."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.pool.queries.tools import Tool


def tools_of(group: Group) -> list[Tool]:
    """To write to those whom the list shows, and what was written before."""
    return [
        Tool(_("Write to those you see here"), reverse("circulars:new", args=[group.node_id]), takes_choice=True),
        Tool(_("Letters to the members"), reverse("circulars:circulars", args=[group.node_id])),
    ]
