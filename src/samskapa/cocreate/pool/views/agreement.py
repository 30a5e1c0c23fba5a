"""The joining agreement: the same page for the member and for the group's coordinators, each on their own side."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samskapa.ground.agreements import forms
from samskapa.ground.agreements.views import paper_response, take_answer
from samskapa.ground.people.access import PersonRequest, signed_in

from .. import access
from ..domain import NotThatMove
from ..models import TABLES, Agreement, Party
from ..queries import agreement as queries
from ..queries import agreement_paper as paper
from ..queries.members import called
from ..services import agreeing as services


def _page(
    request: PersonRequest,
    agreement: Agreement,
    party: Party,
    *,
    refused: forms.Answer | None = None,
    status: int = 200,
) -> HttpResponse:
    services.note_agreement_read(agreement, party, by=request.actor, now=timezone.now())
    sheet = queries.sheet_for(agreement, party)
    context = {
        "agreement": agreement,
        "member": agreement.root,
        "group": agreement.root.group,
        "is_own": party.side == "person",
        "name": called(agreement.root),
        "page": forms.page(sheet, refused, opened=request.GET.get(forms.OPEN, "")),
        "urls": {
            "page": reverse("pool:agreement", args=[agreement.pk]),
            "answer": reverse("pool:agreement_answer", args=[agreement.pk]),
            "history": reverse("pool:agreement_history", args=[agreement.pk]),
        },
        "helpers": queries.helpers_of(agreement),
        "versions": list(paper.versions_of(agreement)),
    }
    return render(request, "pool/agreement.html", context, status=status)


@never_cache
@signed_in
@require_safe
def agreement(request: PersonRequest, pk: int) -> HttpResponse:
    """All points on one page, the next step first."""
    return _page(request, *access.agreement_for(request.actor, pk))


@signed_in
@require_POST
def agreement_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """One address takes every answer; the button says which it is. Refused, the page comes back with what was typed."""
    found, party = access.agreement_for(request.actor, pk)
    return take_answer(
        request,
        found,
        party,
        tables=TABLES,
        take_part=services.take_part,
        refused=lambda given: _page(request, found, party, refused=given, status=422),
        settled=_("Everything is settled between you. You find the agreement as a PDF on this page."),
        page=reverse("pool:agreement", args=[pk]),
        ended=reverse("pool:group", args=[found.root.group.node_id]),
    )


@never_cache
@signed_in
@require_safe
def agreement_history(request: PersonRequest, pk: int) -> HttpResponse:
    """What has happened, as sentences."""
    found, party = access.agreement_for(request.actor, pk)
    services.note_agreement_read(found, party, by=request.actor, now=timezone.now())
    context = {"agreement": found, "group": found.root.group, "moments": queries.history_for(found, party)}
    return render(request, "pool/agreement_history.html", context)


@never_cache
@signed_in
@require_safe
def agreement_pdf(request: PersonRequest, pk: int, number: int | None = None) -> HttpResponse:
    """A version on paper, the newest where no number is given; before the first, a draft that says so. Of an agreement
    that has ended: that it was there, and when."""
    found, version, party = access.agreement_on_paper(request.actor, pk, number)
    now = timezone.now()
    services.note_agreement_read(found, party, by=request.actor, now=now)
    return paper_response(paper.paper_of(found, version, is_own=party.side == "person", now=now))


@signed_in
@require_POST
def draft_agreement(request: PersonRequest, pk: int) -> HttpResponse:
    """For a member who was welcomed before there were any agreements: draft one."""
    found = access.member_to_run(request.actor, pk)
    try:
        drafted = services.draft_agreement(found, by=request.actor, now=timezone.now())
    except NotThatMove:
        messages.info(request, _("Something has happened meanwhile. Look at where it stands now."))
        return redirect("pool:member", pk)
    return redirect("pool:agreement", drafted.pk)
