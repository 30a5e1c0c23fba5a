"""The agreement: reading it, answering line by line, its history, its versions, on paper; and the list of all."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samskapa.ground.agreements import forms
from samskapa.ground.agreements.views import paper_response, take_answer
from samskapa.ground.people.access import signed_in

from ..access import agreements as access
from ..access.applications import is_coordinator
from ..domain import State
from ..models import TABLES, Agreement
from ..queries import agreements as queries
from ..queries import beyond, paper, standing
from ..queries.agreements import Seat
from ..queries.material import material_shown_at
from ..services import agreeing as services


def _page(
    request: HttpRequest, agreement: Agreement, seat: Seat, *, refused: forms.Answer | None = None, status: int = 200
) -> HttpResponse:
    services.note_agreement_read(agreement, seat, by=request.actor, now=timezone.now())
    versions = list(queries.versions_of(agreement))
    has_left = queries.is_over(agreement) and not queries.term_is_over(agreement) and not versions
    is_hidden = has_left and not seat.is_representative
    pk = agreement.pk
    context = {
        "agreement": agreement,
        "assignment": agreement.root,
        "seat": seat,
        "page": forms.page(
            queries.sheet_for(agreement, seat),
            refused,
            may_act=queries.may_write(agreement, seat),
            opened=request.GET.get(forms.OPEN, ""),
        ),
        "urls": {
            "page": reverse("assignments:agreement", args=[pk]),
            "answer": reverse("assignments:agreement_answer", args=[pk]),
            "history": "" if is_hidden else reverse("assignments:agreement_history", args=[pk]),
        },
        "versions": versions,
        "material": material_shown_at(agreement, seat),
        "runs_material": not seat.is_representative,
        "standing": standing.standing_of(agreement, seat, timezone.localdate()),
        "term_is_over": queries.term_is_over(agreement),
        "is_hidden": is_hidden,
        "is_over": queries.is_over(agreement),
        "representative": queries.called(agreement.application)
        if is_hidden
        else queries.name_of_representative(agreement),
        "is_called_off": agreement.root.state == State.CANCELLED,
        "is_done": agreement.root.state == State.DONE,
        "has_work": bool(versions) and agreement.application.state == "chosen" and beyond.has_work(agreement.root),
    }
    return render(request, "assignments/agree/agreement.html", context, status=status)


@signed_in
@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """All points on one page, the next step first."""
    return _page(request, *access.agreement_for(request.actor, pk))


@signed_in
@require_POST
def agreement_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One address takes every answer; the button says which it is. Refused, the page comes back with what was typed."""
    found, seat, party = access.agreement_to_answer(request.actor, pk)
    page = reverse("assignments:agreement", args=[pk])
    return take_answer(
        request,
        found,
        party,
        tables=TABLES,
        take_part=services.take_part,
        refused=lambda given: _page(request, found, seat, refused=given, status=422),
        settled=_("Everything is settled. You find the agreement as a PDF on this page."),
        page=page,
        ended=page,
    )


@signed_in
@require_safe
def agreement_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What has happened, as sentences."""
    found, seat = access.whole_agreement_for(request.actor, pk)
    services.note_agreement_read(found, seat, by=request.actor, now=timezone.now())
    context = {"agreement": found, "assignment": found.root, "moments": queries.history_for(found, seat)}
    return render(request, "assignments/agree/history.html", context)


@signed_in
@require_safe
def agreement_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A fixed version as it reads for ever."""
    found, seat, version = access.version_for(request.actor, pk, number)
    services.note_agreement_read(found, seat, by=request.actor, now=timezone.now())
    context = {
        "agreement": found,
        "assignment": found.root,
        "fixed": paper.fixed_version(found, version),
        "newest": queries.versions_of(found).first(),
        "reading_key": paper.reading_key(found),
        "representative": queries.name_of_representative(found),
    }
    return render(request, "assignments/agree/version.html", context)


@signed_in
@require_safe
def agreement_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The version that is valid, or, before the first, a draft that says so."""
    found, seat = access.whole_agreement_for(request.actor, pk)
    now = timezone.now()
    version = queries.versions_of(found).first()
    services.note_agreement_read(found, seat, by=request.actor, now=now)
    return paper_response(paper.paper_of_version(found, version) if version else paper.paper_of_draft(found, now))


@signed_in
@require_safe
def agreement_version_pdf(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The paper of one version."""
    found, seat, version = access.version_for(request.actor, pk, number)
    services.note_agreement_read(found, seat, by=request.actor, now=timezone.now())
    return paper_response(paper.paper_of_version(found, version))


@signed_in
@require_safe
def agreements(request: HttpRequest, pk: int) -> HttpResponse:
    """The assignment's agreements: whose turn it is in each, and since when. For host and coordinator."""
    assignment = access.assignment_with_agreements(request.actor, pk)
    page = Paginator(queries.agreement_list(assignment), 20).get_page(request.GET.get("page"))
    today = timezone.localdate()
    terms = standing.valid_terms_of([row.pk for row in page]) if assignment.is_standing else {}
    rows = [queries.list_row(row, term=terms.get(row.pk), today=today) for row in page]
    services.note_agreements_read(assignment, rows, by=request.actor, now=timezone.now())
    context = {
        "assignment": assignment,
        "page_obj": page,
        "rows": rows,
        "missing": list(queries.missing_agreements(assignment)[:100]),
        "is_coordinator": is_coordinator(request.actor),
        "has_work": beyond.has_work(assignment),
        "telling": standing.telling_of(assignment, today) if assignment.is_standing else None,
    }
    return render(request, "assignments/agree/list.html", context)
