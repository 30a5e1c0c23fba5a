"""When somebody was proposed to an assignment, for their own page in a resource group."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from samskapa.cocreate.pool.queries.asked import AskedRow

from ..models import Application
from .my_data import nominations_waiting


def proposed_to(person_id: int) -> list[AskedRow]:
    """Every nomination of the person, answered or not. Fills a row of the slot "asked_or_proposed"."""
    answered = Application.objects.filter(person_id=person_id, nominated_at__isnull=False)
    found = (answered | nominations_waiting(person_id)).select_related("assignment", "organisation")
    return [
        AskedRow(
            row.nominated_at,
            _("%(organisation)s proposed you to “%(title)s”")
            % {"organisation": row.organisation.name if row.organisation else "", "title": row.assignment.title},
            reverse("assignments:assignment", args=[row.assignment_id]),
        )
        for row in found.order_by("pk")
        if row.nominated_at
    ]
