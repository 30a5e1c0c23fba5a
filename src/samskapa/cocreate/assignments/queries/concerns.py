"""Where something was written, for whoever reads when it speaks of danger or harm (config/concerns.py)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from samskapa.ground.concerns.domain import Place

from ..models import Agreement, Application, Assignment


def place_of_assignment(kwargs: dict[str, Any]) -> Place | None:
    """On the page that everybody reads."""
    return _of(kwargs.get("pk", 0), "assignments:assignment")


def place_of_applicants(kwargs: dict[str, Any]) -> Place | None:
    """In an application that has just been made."""
    return _of(kwargs.get("pk", 0), "assignments:applicants")


def place_of_need(kwargs: dict[str, Any]) -> Place | None:
    """In a need, or in what was said of it."""
    return _of(kwargs.get("pk", 0), "assignments:need")


def place_of_application(kwargs: dict[str, Any]) -> Place | None:
    """In somebody's own application."""
    found = Application.objects.filter(pk=kwargs.get("pk", 0)).values_list("assignment_id", flat=True).first()
    return _of(found, "assignments:applicants")


def place_of_agreement(kwargs: dict[str, Any]) -> Place | None:
    """In an agreement, which the coordinator is no party of: the sentence is all that she reads."""
    found = Agreement.objects.filter(pk=kwargs.get("pk", 0)).values_list("root_id", flat=True).first()
    return _of(found, "")


def _of(assignment_id: int | None, page: str) -> Place | None:
    node_id = Assignment.objects.filter(pk=assignment_id or 0).values_list("area_id", flat=True).first()
    if node_id is None:
        return None
    return Place(node_id, reverse(page, args=[assignment_id]) if page else "")
