"""Where something was written, for whoever reads when it speaks of danger or harm (config/concerns.py)."""

from __future__ import annotations

from typing import Any

from samskapa.ground.concerns.domain import Place

from ..models import Group


def place_of_member(kwargs: dict[str, Any]) -> Place | None:
    """In an answer of somebody's own. The sentence is all that is read of it: the form may not be sent yet."""
    node_id = kwargs.get("pk", 0)
    return Place(node_id) if Group.objects.filter(node=node_id).exists() else None
