"""The steps that the page of every agreement takes. The address and its doorway are the using app's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from samskapa.ground.core.domain import Actor
from samskapa.ground.documents.services import pdf_response

from . import forms, services
from .domain import NotBeingWritten
from .models import Tables
from .queries.paper import Paper
from .services.printing import print_agreement


class TakePart(Protocol):
    """The using app's service: it locks the agreement, gives it to `give`, and does all that follows of what `done`
    finds in the answer. Raises NotBeingWritten."""

    def __call__(
        self,
        agreement: Any,
        give: Callable[[Any], forms.Answer],
        *,
        done: Callable[[forms.Answer], services.Done | None],
        party: Any,
        by: Actor,
        now: datetime,
    ) -> forms.Answer: ...


def take_answer(
    request: HttpRequest,
    agreement: Any,
    party: Any,
    *,
    tables: Tables,
    take_part: TakePart,
    refused: Callable[[forms.Answer], HttpResponse],
    settled: str,
    page: str,
    ended: str,
) -> HttpResponse:
    """One address takes every answer; the button says which it is.

    refused: shows the page again, with what was typed. settled: the sentence when everything is confirmed. page: where
    one goes afterwards; ended: where one goes when the agreement has ended meanwhile.
    """
    now = timezone.now()
    try:
        given = take_part(
            agreement,
            lambda held: forms.answer(tables, held, data=request.POST, party=party, by=request.actor, now=now),
            done=lambda answer: answer.done,
            party=party,
            by=request.actor,
            now=now,
        )
    except NotBeingWritten:
        messages.warning(request, _("The agreement has ended, so nothing more can be written in it."))
        return redirect(ended)
    if given.done is None:
        return refused(given)
    messages.success(request, given.message)
    if given.done.versions:
        messages.success(request, settled)
    return redirect(page)


def paper_response(sheet: Paper) -> HttpResponse:
    """Hand over the paper as a PDF."""
    return pdf_response(print_agreement(sheet), sheet.filename)
