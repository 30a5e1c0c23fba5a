"""An organisation nominates, and the nominated person answers."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.ground.people.access import is_within_limits, signed_in

from ..access import applications as access
from ..domain import ApplicationState
from ..domain.applying import AlreadyNominated, CannotChange, NotOpen, NotWaitingForAnswer
from ..forms.apply import ApplyForm, NominateForm
from ..queries import beyond
from ..queries import open as queries
from ..queries.applications import nominations_by
from ..services import nominating as services
from .apply import closed_while_writing, write_and_send


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def nominate(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = access.public_assignment(pk)
    organisation = access.nominating_organisation(request.actor)
    form = NominateForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and not is_within_limits(request, "nominate"):
        form.add_error(None, _("That was many nominations in a short time. Wait an hour. Your text is still here."))
    elif form.is_valid():
        try:
            services.nominate(
                assignment, organisation=organisation, **form.cleaned_data, by=request.actor, now=timezone.now()
            )
        except NotOpen:
            form.add_error(None, closed_while_writing())
        except AlreadyNominated:
            form.add_error("email", _("You have nominated this person already, and are waiting for an answer."))
        else:
            messages.success(request, _("We have written to the person and asked. You see the answer here."))
            return redirect("assignments:nominations")
    status = 422 if form.errors else 200
    context = {"assignment": assignment, "organisation": organisation, "form": form}
    return render(request, "assignments/apply/nominate.html", context, status=status)


@signed_in
@require_safe
def nominations(request: HttpRequest) -> HttpResponse:
    """What one's organisation has nominated, how it went, and what it is asked for."""
    access.check_may_nominate(request.actor)
    page = Paginator(nominations_by(request.actor), queries.PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "asked": beyond.asked_to_nominate(request.actor)}
    return render(request, "assignments/apply/nominations.html", context)


@signed_in
@require_safe
def nomination(request: HttpRequest, pk: int) -> HttpResponse:
    """What one is nominated to, by whom and why: yes or no."""
    found = access.nomination_to(request.actor, pk)
    mine = queries.own_application(found.assignment, request.actor.whose)
    return render(
        request,
        "assignments/apply/nomination.html",
        {
            "nomination": found,
            "assignment": found.assignment,
            "facts": queries.facts_of(found.assignment, timezone.localdate()),
            "mine": mine if mine and mine.state != ApplicationState.WITHDRAWN else None,
        },
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def accept_nomination(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes: complete the application. One who has applied already only says for whom."""
    found = access.nomination_to(request.actor, pk)
    assignment = found.assignment
    mine = queries.own_application(assignment, request.actor.whose)
    if mine and mine.state != ApplicationState.WITHDRAWN:
        return _join(request, found, mine.pk)
    form = ApplyForm(
        request.POST if request.method == "POST" else None,
        assignment=assignment,
        questions=queries.applicant_questions(assignment),
        by_nomination=True,
    )
    context = {
        "assignment": assignment,
        "nomination": found,
        "form": form,
        "facts": queries.facts_of(assignment, timezone.localdate()),
    }
    return write_and_send(
        request,
        context,
        lambda given: services.accept_nomination(found, given=given, by=request.actor, now=timezone.now()),
    )


def _join(request: HttpRequest, found, own_pk: int) -> HttpResponse:
    if request.method == "POST":
        try:
            services.join_nomination(found, by=request.actor, now=timezone.now())
        except (CannotChange, NotWaitingForAnswer):
            messages.warning(request, _("Your application stays as it is."))
        else:
            messages.success(request, _("Your application now says that you speak for the organisation."))
        return redirect("assignments:my_application", own_pk)
    return redirect("assignments:nomination", found.pk)


@signed_in
@require_POST
def decline_nomination(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.nomination_to(request.actor, pk)
    try:
        services.decline_nomination(found, by=request.actor, now=timezone.now())
    except NotWaitingForAnswer:
        messages.info(request, _("You have answered already."))
    else:
        messages.success(
            request, _("Thank you for answering. Your name and address are taken away from the nomination.")
        )
    return redirect("assignments:assignment", found.assignment_id)
