"""Where an answer is read when it speaks of danger or harm (config/concerns.py)."""

from __future__ import annotations

from typing import Any

from samskapa.ground.concerns.domain import Place

from ..domain import Mode
from ..models import AskedLink
from .answers import digest


def place_of_sheet(kwargs: dict[str, Any]) -> Place | None:
    """Answers by name are read by whoever is named to read. Of an anonymous round None: help is shown and nothing is
    noted, for when somebody wrote would tell who it was (decision 18)."""
    link = (
        AskedLink.objects.filter(token_digest=digest(kwargs.get("token", ""))).select_related("asked__asking").first()
    )
    if link is None or link.asked.asking.mode != Mode.NAMED:
        return None
    return Place(link.asked.asking.node_id, person_id=link.asked.person_id)
