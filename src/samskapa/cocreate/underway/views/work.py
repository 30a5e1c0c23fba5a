"""The shared page, and what is contributed and becomes of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samskapa.cocreate.assignments.models import Agreement
from samskapa.ground.people.access import signed_in

from .. import access
from ..domain import NotNow, SaidAlready
from ..forms import ContributionForm, OutcomeForm
from ..models import Contribution
from ..queries import taking_part
from ..queries.page import page_of, who_is
from ..services import contributing, reading


@signed_in
@require_safe
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """The one page that host and representatives share."""
    found, reader = access.work_for(request.actor, pk)
    page = page_of(found, reader, timezone.localdate(), person_id=request.actor.whose)
    reading.note_work_read(found, page.shows_names_of, by=request.actor, now=timezone.now())
    return render(request, "underway/work.html", {"page": page, "assignment": found.assignment, "reader": reader})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def contribute(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what a representative has contributed: herself, or the host for something that was said."""
    found, reader, side = access.work_to_contribute(request.actor, pk)
    people: dict[str, Agreement] = {}
    if reader.agreement is None:
        people = {str(each.pk): each for each in taking_part(pk).filter(ended_at=None)}
        reading.note_work_read(found, _people(people), by=request.actor, now=timezone.now())
    form = ContributionForm(
        request.POST if request.method == "POST" else None,
        representatives=None if reader.agreement else [(key, who_is(each, reader)) for key, each in people.items()],
    )
    if form.is_valid():
        agreement = reader.agreement or people[form.cleaned_data["agreement"]]
        try:
            contributing.add_contribution(
                found,
                agreement=agreement,
                text=form.cleaned_data["text"],
                side=side,
                by=request.actor,
                now=timezone.now(),
            )
        except NotNow:
            form.add_error(None, _("The work is over, so nothing more can be added. Your text is still here."))
        else:
            messages.success(request, _("It is noted, and the other side is told."))
            return redirect("underway:work", pk)
    context = {"assignment": found.assignment, "reader": reader, "form": form}
    return render(request, "underway/contribute.html", context, status=422 if form.errors else 200)


def _people(agreements: dict[str, Agreement]) -> list[int]:
    return sorted(pk for each in agreements.values() if (pk := each.application.person_id) is not None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of a contribution. Host; the coordinator where nobody is host."""
    found, work = access.contribution_to_answer(request.actor, pk)
    before = found.outcomes.order_by("-pk").first()
    initial: dict[str, Any] = {"based_on": before.pk if before else None}
    if before:
        initial |= {"became": before.became, "reason": before.reason}
    form = OutcomeForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        try:
            contributing.say_outcome(
                found,
                became=given["became"],
                reason=given["reason"],
                based_on=given["based_on"],
                by=request.actor,
                now=timezone.now(),
            )
        except SaidAlready:
            data = request.POST.copy()
            data["based_on"] = str(before.pk) if before else ""
            form.data = data
            form.add_error(
                None,
                _("Somebody else answered while you were writing. You see it below. Send once more to say yours."),
            )
        except NotNow:
            form.add_error(None, _("It is taken back, or the assignment is called off. Nothing was sent."))
        else:
            messages.success(request, _("It is noted, and the representative is told."))
            return redirect("underway:work", work.assignment_id)
    reader = access.work_for(request.actor, work.assignment_id)[1]
    reading.note_work_read(work, [found.agreement.application.person_id], by=request.actor, now=timezone.now())
    context = {
        "assignment": work.assignment,
        "contribution": found,
        "who": who_is(found.agreement, reader),
        "before": before,
        "form": form,
    }
    return render(request, "underway/outcome.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """One page to be sure on: the words go."""
    found: Contribution = access.own_contribution(request.actor, pk)
    if request.method == "POST":
        contributing.take_back_contribution(found, by=request.actor, now=timezone.now())
        messages.success(request, _("It is taken back, and your words are gone."))
        is_in = found.agreement.application.state == "chosen"
        return redirect("underway:work", found.work.assignment_id) if is_in else redirect("assignments:my_applications")
    return render(request, "underway/take_back.html", {"contribution": found})
