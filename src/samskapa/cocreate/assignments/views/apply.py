"""Applying, one's own applications, withdrawing."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.ground.people.access import is_within_limits, signed_in

from ..access import applications as access
from ..domain import ApplicationState, State
from ..domain.applying import (
    AlreadyApplied,
    CannotChange,
    CannotWithdraw,
    ChangedMeanwhile,
    Given,
    Incomplete,
    NotOpen,
    NotWaitingForAnswer,
    OnlyByNomination,
    can_change,
    can_withdraw,
)
from ..forms.apply import ApplyForm, ChangeForm, written
from ..models import Application
from ..queries import open as queries
from ..queries.applications import own_applications
from ..queries.material import material_of, takes_part
from ..services import applying as services


def closed_while_writing() -> str:
    return _("The assignment closed while you were writing. Nothing was sent. Your text is still here.")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, look through, send: nothing counts before it has been looked through."""
    assignment = access.public_assignment(pk)
    mine = queries.own_application(assignment, request.actor.whose)
    if mine and mine.state != ApplicationState.WITHDRAWN:
        return redirect("assignments:my_application", mine.pk)
    if not access.may_apply(request.actor):
        return render(request, "assignments/apply/as_oneself.html", {"assignment": assignment}, status=403)
    facts = queries.facts_of(assignment, timezone.localdate())
    if request.method != "POST" and (not facts.is_open or (facts.standing and facts.standing.by_nomination)):
        return redirect("assignments:assignment", pk)
    form = ApplyForm(
        request.POST if request.method == "POST" else None,
        assignment=assignment,
        questions=queries.applicant_questions(assignment),
    )
    context = {"assignment": assignment, "facts": facts, "form": form}
    return write_and_send(
        request,
        context,
        lambda given: services.apply(assignment, given=given, by=request.actor, now=timezone.now()),
    )


def write_and_send(request: HttpRequest, context: dict, send: Callable[[Given], Application]) -> HttpResponse:
    """Write, look through, send. context: with the `form`. send: the service, called once all is looked through."""
    form = context["form"]
    if request.method != "POST" or request.POST.get("step") == "edit":
        if form.is_bound:
            # With what was typed, before anything is called wrong.
            form.full_clean()
            form.errors.clear()
        return render(request, "assignments/apply/form.html", context)
    if form.is_valid():
        if request.POST.get("step") != "send":
            return render(request, "assignments/apply/check.html", context)
        if not is_within_limits(request, "apply"):
            form.add_error(
                None, _("That was many applications in a short time. Wait an hour. Your text is still here.")
            )
            return render(request, "assignments/apply/form.html", context, status=422)
        try:
            application = send(form.given())
        except AlreadyApplied as first:
            return redirect("assignments:my_application", first.application_id)
        except (NotOpen, OnlyByNomination, NotWaitingForAnswer):
            form.add_error(None, closed_while_writing())
        except Incomplete:
            form.add_error(None, _("The questions have changed since you began. Look through your answers."))
        else:
            return redirect("assignments:applied", application.pk)
    return render(request, "assignments/apply/form.html", context, status=422)


@signed_in
@require_safe
def applied(request: HttpRequest, pk: int) -> HttpResponse:
    """What happens next, and by when."""
    application = access.own_application(request.actor, pk)
    return render(
        request,
        "assignments/apply/applied.html",
        {"application": application, "assignment": application.assignment},
    )


@signed_in
@require_safe
def my_applications(request: HttpRequest) -> HttpResponse:
    return render(request, "assignments/apply/mine.html", {"applications": own_applications(request.actor)})


@signed_in
@require_safe
def my_application(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one's application has come, what happens next and when."""
    application = access.own_application(request.actor, pk)
    assignment = application.assignment
    facts = queries.facts_of(assignment, timezone.localdate())
    return render(
        request,
        "assignments/apply/my_application.html",
        {
            "application": application,
            "assignment": assignment,
            "facts": facts,
            "material": material_of(assignment) if takes_part(application) else [],
            "answers": application.answers.select_related("question").order_by("question__position"),
            "can_change": can_change(application.state, assignment.state, assignment.closes_on, timezone.localdate()),
            "can_withdraw": can_withdraw(application.state, assignment.state),
            "can_apply_again": application.state == ApplicationState.WITHDRAWN and facts.is_open,
        },
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change_application(request: HttpRequest, pk: int) -> HttpResponse:
    application = access.own_application(request.actor, pk)
    assignment = application.assignment
    if (
        not can_change(application.state, assignment.state, assignment.closes_on, timezone.localdate())
        and request.method != "POST"
    ):
        return redirect("assignments:my_application", pk)
    form = ChangeForm(
        request.POST if request.method == "POST" else None,
        initial=written(application),
        assignment=assignment,
        questions=queries.applicant_questions(assignment),
        by_nomination=application.nominated_by_id is not None,
    )
    context = {"assignment": assignment, "application": application, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            services.change_application(
                application,
                given=form.given(),
                expected_version=form.cleaned_data["version"],
                by=request.actor,
                now=timezone.now(),
            )
        except CannotChange:
            form.add_error(None, closed_while_writing())
        except ChangedMeanwhile as meanwhile:
            application.refresh_from_db()
            context["theirs"] = application
            data = request.POST.copy()
            data["version"] = str(meanwhile.newest)  # sending once more is then a choice
            form.data = data
            form.add_error(
                None,
                _(
                    "It was changed in another window. Below you see what is saved. "
                    "Send once more to save what you wrote now."
                ),
            )
        except Incomplete:
            form.add_error(None, _("The questions have changed since you began. Look through your answers."))
        else:
            messages.success(request, _("Your change is saved."))
            return redirect("assignments:my_application", pk)
    status = 422 if form.errors else 200
    return render(request, "assignments/apply/change.html", context, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """One page to be sure on, one button, no question why."""
    application = access.own_application(request.actor, pk)
    if request.method == "POST":
        try:
            services.withdraw(application, by=request.actor, now=timezone.now())
        except CannotWithdraw:
            messages.warning(request, _("It can no longer be withdrawn here. Turn to your contact person."))
        else:
            messages.success(request, _("Your application is withdrawn."))
        return redirect("assignments:my_application", pk)
    if not can_withdraw(application.state, application.assignment.state):
        return redirect("assignments:my_application", pk)
    return render(
        request,
        "assignments/apply/withdraw.html",
        {
            "application": application,
            "assignment": application.assignment,
            "is_agreed": application.assignment.state == State.AGREED,
        },
    )


@signed_in
@require_POST
def present(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes, the host may see my name."""
    application = access.own_application(request.actor, pk)
    try:
        services.say_yes_to_being_presented(application, by=request.actor, now=timezone.now())
    except CannotChange:
        messages.warning(request, _("Your application is no longer under way, so your name is not shown."))
    else:
        messages.success(request, _("The unit now sees your name."))
    return redirect("assignments:my_application", pk)
