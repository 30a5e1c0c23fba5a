"""What is held of whoever handles an organisation's documents: what they noted, decided and made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from samskapa.ground.people.domain.my_data import Fact, Row

from ..models import DiaryExport, DisclosureDocument, DisclosureRequest, DisposalDecision


def rows_of(person_id: int) -> list[Row]:
    """Decisions that the person noted, lists they made, requests they noted or answered, documents they decided of."""
    rows = [
        _row(gettext_lazy("Decision of disposal"), decision.reference, decision.noted_at)
        for decision in DisposalDecision.objects.filter(noted_by=person_id).order_by("pk")
    ]
    rows += [
        _row(gettext_lazy("A list for the diary"), str(export.pk), export.made_at)
        for export in DiaryExport.objects.filter(made_by=person_id).order_by("pk")
    ]
    for request in DisclosureRequest.objects.filter(noted_by=person_id).order_by("pk"):
        rows.append(_row(gettext_lazy("Request to read public documents"), str(request.pk), request.noted_at))
    for request in DisclosureRequest.objects.filter(answered_by=person_id).order_by("pk"):
        title = gettext_lazy("Answer to a request to read public documents")
        rows.append(_row(title, str(request.pk), request.answered_at))
    for document in DisclosureDocument.objects.filter(decided_by=person_id).order_by("pk"):
        rows.append(_row(gettext_lazy("Your decision"), document.number, document.decided_at))
    return rows


def _row(title: Any, number: str, at: datetime | None) -> Row:
    return Row(title, (Fact("number", gettext_lazy("Number"), number), Fact("at", gettext_lazy("When"), at)))
