"""Pages on which a need goes on: look it through, send, send back, publish, find the unit, give it up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samskapa.ground.people.access import PersonRequest, signed_in

from ..access import need as access
from ..domain import (
    AnswersTooEarly,
    ClosesTooEarly,
    NothingWritten,
    NotReady,
    NotThatState,
    NoUnit,
    State,
    WrongUnit,
)
from ..domain.moving import publishing_days
from ..forms import need as forms
from ..forms import wording
from ..queries import need as queries
from ..services import need as services
from ..services import publishing
from .need import need_context


@signed_in
@require_GET
def need_review(request: PersonRequest, pk: int) -> HttpResponse:
    """All answers on one page, each with a link to change it."""
    assignment = access.need_for(request.actor, pk)
    return render(request, "assignments/need/review.html", need_context(request.actor, assignment))


@signed_in
@require_POST
def need_send(request: PersonRequest, pk: int) -> HttpResponse:
    """Hand the need to the coordinator."""
    assignment = access.need_for(request.actor, pk, may=access.can_write)
    try:
        publishing.send_need(assignment, by=request.actor, now=timezone.now())
    except NothingWritten:
        messages.error(request, _("Answer at least one question first."))
    except NotThatState:
        messages.info(request, _("It has already gone on: %(state)s.") % {"state": _state_now(assignment.pk)})
    else:
        messages.success(request, _("Sent. The coordinator reads it and gets back to you."))
    return redirect("assignments:need", pk)


@signed_in
@require_POST
def need_take_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Go on writing before the coordinator has answered."""
    assignment = access.need_for(request.actor, pk, may=access.can_write)
    try:
        publishing.take_back(assignment, by=request.actor, now=timezone.now())
    except NotThatState:
        messages.info(request, _("It has already gone on: %(state)s.") % {"state": _state_now(assignment.pk)})
    else:
        messages.success(request, _("You can go on writing. Send it again when you are done."))
    return redirect("assignments:need", pk)


@signed_in
@require_http_methods(["GET", "POST"])
def need_send_back(request: PersonRequest, pk: int) -> HttpResponse:
    """The coordinator asks for more, with a reason."""
    assignment = access.need_for(request.actor, pk, may=access.can_coordinate)
    form = forms.ReasonForm(
        request.POST or None,
        label=_("What do you want them to add or think about?"),
        help_text=_("Begin with what is good. Your open comments go with it in the same mail."),
    )
    if request.method == "POST" and form.is_valid():
        try:
            publishing.send_back(assignment, form.cleaned_data["reason"], by=request.actor, now=timezone.now())
        except NotThatState:
            form.add_error(None, _("It has already gone on: %(state)s.") % {"state": _state_now(assignment.pk)})
        else:
            messages.success(request, _("Sent back. Those who write have got a mail."))
            return redirect("assignments:need", pk)
    comments = [(c, wording.name_of(c.key)) for c in queries.open_comments(assignment)]
    context = {"need": assignment, "form": form, "comments": comments}
    return render(request, "assignments/need/send_back.html", context, status=422 if request.method == "POST" else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def need_publish(request: PersonRequest, pk: int) -> HttpResponse:
    """The coordinator opens the assignment to everybody."""
    assignment = access.need_for(request.actor, pk, may=access.can_coordinate)
    if request.method == "GET" and "publish" not in access.steps_for(request.actor, assignment):
        messages.info(request, _("It cannot be published now: %(state)s.") % {"state": _state_now(assignment.pk)})
        return redirect("assignments:need", pk)
    start = assignment.starts_on if assignment.starts_on and assignment.starts_on > timezone.localdate() else None
    closes_on, answer_by = publishing_days(today=timezone.localdate(), starts_on=start)
    form = forms.PublishForm(request.POST or None, initial={"closes_on": closes_on, "answer_by": answer_by})
    if request.method == "POST" and form.is_valid():
        try:
            publishing.publish(assignment, **form.cleaned_data, by=request.actor, now=timezone.now())
        except NotReady:
            form.add_error(None, _("Something must be mended before it can be published. It is listed below."))
        except NoUnit:
            form.add_error(None, _("Find the unit that has the need first."))
        except ClosesTooEarly:
            form.add_error("closes_on", _("Choose a day from today on, before the work begins and within a year."))
        except AnswersTooEarly:
            form.add_error("answer_by", wording.ANSWERS_TOO_EARLY)
        except NotThatState:
            form.add_error(None, _("It has already gone on: %(state)s.") % {"state": _state_now(assignment.pk)})
        else:
            messages.success(request, _("Published. Everybody can see it now."))
            return redirect("assignments:need", pk)
    readiness = queries.readiness_of(assignment, timezone.localdate())
    context = {
        "need": assignment,
        "form": form,
        "readiness": readiness,
        "blocking": [wording.say(f) for f in readiness.blocking],
        "advice": [wording.say(f) for f in readiness.advice],
    }
    return render(request, "assignments/need/publish.html", context, status=422 if request.method == "POST" else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def need_unit(request: PersonRequest, pk: int) -> HttpResponse:
    """The coordinator finds the unit that has the need."""
    assignment = access.need_for(request.actor, pk, may=access.can_coordinate)
    form = forms.UnitForm(
        request.POST or None, units=queries.units_for(request.actor), initial={"unit": assignment.unit_id}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.assign_unit(assignment, form.cleaned_data["unit"], by=request.actor, now=timezone.now())
        except WrongUnit:
            form.add_error("unit", _("That unit cannot have the need. Choose another one."))
        except NotThatState:
            form.add_error(None, _("The unit cannot be changed once the assignment is published."))
        else:
            messages.success(request, _("The unit has been told, and now writes along."))
            return redirect("assignments:need", pk)
    context = {"need": assignment, "form": form}
    return render(request, "assignments/need/unit.html", context, status=422 if request.method == "POST" else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def need_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Give up what is not published, with a reason that everybody who wrote is told."""
    assignment = access.need_for(request.actor, pk, may=access.can_write)
    if "cancel" not in access.steps_for(request.actor, assignment):
        messages.info(request, _("It has already gone on: %(state)s.") % {"state": _state_now(pk)})
        return redirect("assignments:need", pk)
    form = forms.ReasonForm(
        request.POST or None,
        label=_("Why is it called off?"),
        help_text=_("Everybody who wrote reads this. Write as you would say it to them."),
    )
    if request.method == "POST" and form.is_valid():
        try:
            publishing.cancel(assignment, form.cleaned_data["reason"], by=request.actor, now=timezone.now())
        except NotThatState:
            form.add_error(None, _("It has already gone on: %(state)s.") % {"state": _state_now(assignment.pk)})
        else:
            messages.success(request, _("Called off. Everybody concerned has been told."))
            return redirect("assignments:need", pk)
    context = {"need": assignment, "form": form}
    return render(request, "assignments/need/cancel.html", context, status=422 if request.method == "POST" else 200)


def _state_now(pk: int) -> str:
    return str(wording.STATES[State(queries.state_of(pk))]).lower()
