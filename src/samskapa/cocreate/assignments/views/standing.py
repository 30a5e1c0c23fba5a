"""Standing assignments: proposing a term, letting one end, handing over, and telling back each year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samskapa.ground.agreements.domain import ChangedMeanwhile, NothingChanged
from samskapa.ground.people.access import signed_in

from ..access import agreements as access
from ..domain.standing import AlreadyHandedOver, BadTerm, NotASuccessor, NotDue, NoTerm, last_day
from ..forms.standing import AS_DEPUTY, AS_ORDINARY, HandOverForm, TermForm, ToldBackForm
from ..models import Agreement
from ..queries import agreements as queries
from ..queries import standing
from ..queries.agreements import Seat
from ..services import agreeing, handing_over, telling_back
from ..services import standing as services


def _context(request: HttpRequest, agreement: Agreement, seat: Seat) -> dict[str, Any]:
    agreeing.note_agreement_read(agreement, seat, by=request.actor, now=timezone.now())
    return {
        "agreement": agreement,
        "assignment": agreement.root,
        "seat": seat,
        "representative": queries.name_of_representative(agreement),
        "standing": standing.standing_of(agreement, seat, timezone.localdate()),
    }


def _first_proposal(agreement: Agreement, today: date) -> dict[str, Any]:
    """What the form begins with: the term after the valid one, or the first."""
    asked, valid = standing.terms_asked_of(agreement.root), standing.valid_term(agreement)
    months = (asked.term_months if asked else None) or 12
    starts_on = valid.ends_on + timedelta(days=1) if valid else (agreement.root.starts_on or today)
    newest = standing.newest_wording(agreement)
    return {
        "starts_on": starts_on,
        "ends_on": last_day(starts_on, months),
        "takes_part": AS_DEPUTY if standing.is_deputy_in(agreement, valid) else AS_ORDINARY,
        "based_on": newest.pk if newest else 0,
    }


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_term(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a term: the first, another one, or as ordinary instead of deputy. It counts when both have confirmed."""
    agreement, seat = access.standing_agreement_for(request.actor, pk)
    initial = _first_proposal(agreement, timezone.localdate())
    asked = standing.terms_asked_of(agreement.root)
    form = TermForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        with_deputies=bool(asked and asked.deputies) or initial["takes_part"] == AS_DEPUTY,
    )
    theirs = None
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.propose_term(
                agreement,
                starts_on=given["starts_on"],
                ends_on=given["ends_on"],
                is_deputy=form.is_deputy,
                reason=given["reason"],
                based_on=given["based_on"],
                party=seat.party,
                by=request.actor,
                now=timezone.now(),
            )
        except BadTerm:
            form.add_error("ends_on", _("The last day must lie ahead, and at most ten years after the first one."))
        except NothingChanged:
            form.add_error(None, _("This is what the point says already, so there is nothing to propose."))
        except ChangedMeanwhile as changed:
            theirs = changed.theirs
            data = request.POST.copy()
            data["based_on"] = str(theirs.pk)  # sending once more is then a choice
            form.data = data
            form.add_error(
                None,
                _(
                    "The point was changed while you were writing. Below you see what it says now. "
                    "Send once more to propose your days instead."
                ),
            )
        except services.NotBeingWritten:
            messages.warning(request, _("The agreement has ended, so nothing more can be written in it."))
            return redirect("assignments:agreement", pk)
        else:
            messages.success(request, _("The term is proposed. It counts when both have confirmed it."))
            return redirect("assignments:agreement", pk)
    context = {**_context(request, agreement, seat), "form": form, "theirs": theirs, "asked": asked}
    return render(request, "assignments/standing/term.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_term_end(request: HttpRequest, pk: int) -> HttpResponse:
    """One page to be sure on: the term is not renewed."""
    agreement, seat = access.standing_agreement_for(request.actor, pk)
    if request.method == "POST":
        try:
            services.let_term_end(agreement, by=request.actor, now=timezone.now())
        except services.NotBeingWritten:
            messages.warning(request, _("The agreement has ended, so nothing more can be written in it."))
        except NoTerm:
            messages.warning(request, _("Both have not confirmed any term yet, so there is none to end."))
        else:
            messages.success(request, _("It is noted that the term is not renewed, and the others are told."))
        return redirect("assignments:agreement", pk)
    context = _context(request, agreement, seat)
    if not context["standing"].may_end:
        return redirect("assignments:agreement", pk)
    return render(request, "assignments/standing/term_end.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who takes over, what is handed over and by when. Host or coordinator."""
    agreement, seat = access.agreement_to_hand_over(request.actor, pk)
    context = _context(request, agreement, seat)
    before, valid = standing.hand_over_of(agreement), context["standing"].valid
    successors = standing.possible_successors(agreement)
    asked = standing.terms_asked_of(agreement.root)
    form = HandOverForm(
        request.POST if request.method == "POST" else None,
        successors=[(str(one.pk), queries.name_of_representative(one)) for one in successors],
        initial={
            "successor": before.successor_id if before else None,
            "by_day": before.by_day if before else valid.ends_on if valid else None,
            "what": before.what if before else asked.hand_over if asked else "",
        },
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            handing_over.name_successor(
                agreement,
                successor_id=int(given["successor"]),
                by_day=given["by_day"],
                what=given["what"],
                by=request.actor,
                now=timezone.now(),
            )
        except NotASuccessor:
            form.add_error("successor", _("The one you chose does not take part any more. Choose somebody else."))
        except NoTerm:
            form.add_error(None, _("Both have not confirmed any term yet, so there is nothing to hand over."))
        except AlreadyHandedOver:
            form.add_error(None, _("The hand-over is done already, and is kept as it was."))
        else:
            messages.success(request, _("The hand-over is saved, and both are told."))
            return redirect("assignments:agreement", pk)
    context |= {"form": form, "successors": successors}
    return render(request, "assignments/standing/hand_over.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def hand_over_done(request: HttpRequest, pk: int) -> HttpResponse:
    """The hand-over is done: said by either of the two, the host or the coordinator."""
    hand_over = access.hand_over_for(request.actor, pk)
    handing_over.hand_over_done(hand_over, by=request.actor, now=timezone.now())
    messages.success(request, _("Good, the hand-over is done."))
    takes_over = hand_over.successor.application.person_id == request.actor.whose
    return redirect("assignments:agreement", hand_over.successor_id if takes_over else hand_over.agreement_id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def tell_back(request: HttpRequest, pk: int) -> HttpResponse:
    """What the group has led to, once a year. Host; also the coordinator, for one who tells it on the telephone."""
    assignment = access.standing_assignment(request.actor, pk)
    form = ToldBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            telling_back.tell_back(assignment, text=form.cleaned_data["text"], by=request.actor, now=timezone.now())
        except NotDue:
            form.add_error(None, _("It has been told already, or it is not time yet. Nothing was sent."))
        else:
            messages.success(request, _("Thank you. It is sent to the representatives and stands on the page."))
            return redirect("assignments:agreements", pk)
    context = {"assignment": assignment, "telling": standing.telling_of(assignment, timezone.localdate()), "form": form}
    return render(request, "assignments/standing/tell_back.html", context, status=422 if form.errors else 200)
