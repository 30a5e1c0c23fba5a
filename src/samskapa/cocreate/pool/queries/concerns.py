"""Where something was written, for whoever reads when it speaks of danger or harm (config/concerns.py)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from samskapa.ground.concerns.domain import Place

from ..models import Agreement, Group


def place_of_member(kwargs: dict[str, Any]) -> Place | None:
    """In an answer of somebody's own. The sentence is all that is read of it: the form may not be sent yet."""
    node_id = kwargs.get("pk", 0)
    return Place(node_id) if Group.objects.filter(node=node_id).exists() else None


def place_of_agreement(kwargs: dict[str, Any]) -> Place | None:
    """In a joining agreement."""
    found = Agreement.objects.filter(pk=kwargs.get("pk", 0)).values_list("root__group__node_id", flat=True).first()
    return None if found is None else Place(found, reverse("pool:agreement", args=[kwargs["pk"]]))
