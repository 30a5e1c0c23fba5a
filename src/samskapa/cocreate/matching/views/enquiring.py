"""Asking others to ask: for the coordinator who needs people, and for the group or organisation that is asked."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.cocreate.assignments.domain.applying import NotOpen, OnlyByNomination
from samskapa.cocreate.assignments.queries.open import facts_of
from samskapa.ground.people.access import PersonRequest, signed_in
from samskapa.ground.people.models import display_name

from .. import access
from ..domain import CannotEnquire, EnquiredAlready, EnquiryAnswered, NobodyThere, Said, WrongDay
from ..forms.enquiries import EnquiryForm, chosen_in
from ..queries import whom as queries
from ..services import enquiring as services

#: So many places a page shows.
PAGE = 30


@never_cache
@signed_in
@require_safe
def whom(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose whom to ask. What is ticked goes along in the address when one searches for others."""
    assignment = access.assignment_to_run(request.actor, pk)
    if not services.is_open_now(assignment, timezone.now()):
        return _closed(request, assignment)
    places = queries.places_to_ask(assignment, request.actor)
    words, chosen = request.GET.get("q", "").strip(), chosen_in(request.GET)
    ticked = queries.rows_of(assignment, places.filter(pk__in=chosen)) if chosen else []
    found = queries.found_by(places, words).exclude(pk__in=chosen)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "assignment": assignment,
        "q": words,
        "ticked": [row for row in ticked if row.can_be_asked],
        "page": page,
        "rows": queries.rows_of(assignment, page),
        "only_organisations": queries.is_by_nomination(assignment),
    }
    return render(request, "matching/whom.html", context)


def _closed(request: PersonRequest, assignment) -> HttpResponse:
    return render(request, "matching/whom_closed.html", {"assignment": assignment})


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def enquire(request: PersonRequest, pk: int) -> HttpResponse:
    """Look through whom one has chosen, write, and ask."""
    assignment = access.assignment_to_run(request.actor, pk)
    now = timezone.now()
    if assignment.closes_on is None or not services.is_open_now(assignment, now):
        return _closed(request, assignment)
    chosen = chosen_in(request.POST if request.method == "POST" else request.GET)
    form = EnquiryForm(
        request.POST if request.method == "POST" else None, closes_on=assignment.closes_on, chosen=chosen
    )
    if request.method == "POST" and form.is_valid():
        try:
            sent = services.send_enquiries(assignment, chosen, **form.cleaned_data, by=request.actor, now=now)
        except (NotOpen, WrongDay):
            form.add_error(None, _("The assignment closed, or its days were moved, while you were choosing."))
        except (CannotEnquire, EnquiredAlready, NobodyThere):
            form.add_error(
                None,
                _("Some of them have just been asked, or can no longer be asked. Nobody was asked now. Look below."),
            )
        else:
            said = ngettext("%(n)s question is sent.", "%(n)s questions are sent.", len(sent)) % {"n": len(sent)}
            messages.success(request, said)
            return redirect("matching:waves", pk)
    places = queries.places_to_ask(assignment, request.actor).filter(pk__in=chosen)
    rows = queries.rows_of(assignment, places)
    ready = [row for row in rows if row.can_be_asked]
    if not ready and not form.is_bound:
        messages.info(request, _("Choose whom to ask."))
        return redirect("matching:whom", pk)
    context = {
        "assignment": assignment,
        "form": form,
        "rows": ready,
        "left_out": [row for row in rows if not row.can_be_asked],
    }
    return render(request, "matching/enquire.html", context, status=422 if form.errors else 200)


@never_cache
@signed_in
@require_safe
def enquiry(request: PersonRequest, pk: int) -> HttpResponse:
    """For who is asked: what it is, by when, and the answer. Of the assignment what everybody may read."""
    found = access.enquiry_to_answer(request.actor, pk)
    today = timezone.localdate()
    facts = facts_of(found.assignment, today)
    is_over = found.answer_by < today or not facts.is_open
    context = {
        "enquiry": found,
        "assignment": found.assignment,
        "facts": facts,
        "sender": display_name(found.sent_by),
        "may_answer": found.answer in ("", Said.NO) and not is_over,
        "is_over": is_over,
    }
    return render(request, "matching/enquiry.html", context)


@signed_in
@require_POST
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Yes leads to those who fit; an organisation's yes is that it nominates. "Not this time" needs no reason."""
    found = access.enquiry_to_answer(request.actor, pk)
    said = request.POST.get("answer", "")
    if said not in ((Said.YES, Said.NO) if found.group_id else (Said.NO,)):
        return redirect("matching:enquiry", pk)
    try:
        services.answer_enquiry(found, Said(said), by=request.actor, now=timezone.now())
    except (EnquiryAnswered, NotOpen, OnlyByNomination):
        messages.info(request, _("It was answered already, or is no longer asked. See below."))
        return redirect("matching:enquiry", pk)
    if said == Said.YES:
        url = reverse("matching:fits", args=[found.assignment_id])
        return redirect(f"{url}?group={found.group_id}")
    messages.success(request, _("Thank you for answering. They know that it is not this time."))
    return redirect("matching:enquiry", pk)


@signed_in
@require_POST
def take_back(request: PersonRequest, pk: int) -> HttpResponse:
    """The question no longer waits; those who were asked are told."""
    found = access.enquiry_to_run(request.actor, pk)
    try:
        services.take_back_enquiry(found, by=request.actor, now=timezone.now())
    except EnquiryAnswered:
        messages.info(request, _("There is an answer already. Look at it below."))
    else:
        messages.success(request, _("The question is taken back, and they are told so."))
    return redirect("matching:waves", found.assignment_id)
