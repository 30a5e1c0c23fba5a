"""Where something was written in the work, for whoever reads when it speaks of danger or harm (config/concerns.py)."""

from __future__ import annotations

from typing import Any

from samskapa.cocreate.assignments.queries.concerns import place_of_agreement
from samskapa.ground.concerns.domain import Place

from ..models import CheckIn, Confirmation


def place_of_check_in(kwargs: dict[str, Any]) -> Place | None:
    """In what was noted of a check-in: the sentence is all that the coordinator reads."""
    found = CheckIn.objects.filter(pk=kwargs.get("pk", 0)).values_list("agreement_id", flat=True).first()
    return place_of_agreement({"pk": found or 0})


def place_of_confirmation(kwargs: dict[str, Any]) -> Place | None:
    """In what a representative answered when it was told what the work led to."""
    found = Confirmation.objects.filter(pk=kwargs.get("pk", 0)).values_list("agreement_id", flat=True).first()
    return place_of_agreement({"pk": found or 0})
