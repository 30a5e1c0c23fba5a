"""Telling what it led to, confirming it, and whether one's name may stand there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samskapa.ground.organisations.domain import Role
from samskapa.ground.people.access import signed_in

from .. import access
from ..domain import NO_ANSWER, Kind, NotNow, SaidAlready, Side, Stage
from ..forms import ConfirmForm, TellForm
from ..models import Telling
from ..queries import kind_to_tell, taking_part
from ..queries.closing import comes_first
from ..services import closing


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """What it led to: at the end, and half a year later. Host; the coordinator for one who tells it otherwise."""
    work = access.work_to_tell(request.actor, pk)
    kind = kind_to_tell(work, today=timezone.localdate())
    is_host = request.actor.acts_as(Role.HOST)
    is_step = request.method != "POST" and kind is Kind.CLOSING and is_host
    if is_step and comes_first(work, request.actor.whose, Side.HOST):
        return redirect("underway:questions", pk)
    form = TellForm(request.POST if request.method == "POST" else None, initial={"kind": kind})
    if form.is_valid():
        try:
            given = form.cleaned_data["kind"]
            closing.tell_what_it_led_to(
                work,
                kind=given if given in set(Kind) else Kind.CLOSING,
                text=form.cleaned_data["text"],
                by=request.actor,
                now=timezone.now(),
            )
        except SaidAlready:
            form.add_error(None, _("Somebody has told already, and you see it below. Your text is still here."))
        except NotNow:
            form.add_error(None, _("It is not time to tell. Nothing was sent. Your text is still here."))
        else:
            messages.success(request, _("Thank you. The representatives are asked whether it is so."))
            return redirect("underway:work", pk)
    context = {
        "assignment": work.assignment,
        "work": work,
        "kind": kind,
        "is_later": kind is Kind.LATER,
        "has_questions": kind is Kind.CLOSING and is_host,
        "waiting": work.contributions.filter(outcomes=None, taken_back_at=None).count(),
        "people": taking_part(pk).count(),
        "told": Telling.objects.filter(work=work).select_related("told_back").order_by("-told_at", "-pk"),
        "form": form,
    }
    return render(request, "underway/tell.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Is it as the unit has told? One's own answer, which can be given late and anew."""
    found = access.confirmation_for(request.actor, pk)
    work, is_closing = found.telling.work, found.telling.kind == Kind.CLOSING
    is_step = request.method != "POST" and is_closing and found.answer in ("", NO_ANSWER)
    if is_step and comes_first(work, request.actor.whose, Side.PERSON):
        return redirect("underway:questions", work.assignment_id)
    said = found.answer if found.answer in ("yes", "partly", "no") else None
    form = ConfirmForm(request.POST if request.method == "POST" else None, initial={"answer": said, "word": found.word})
    if form.is_valid():
        try:
            closing.confirm_telling(
                found,
                answer=form.cleaned_data["answer"],
                word=form.cleaned_data["word"],
                by=request.actor,
                now=timezone.now(),
            )
        except NotNow:
            form.add_error(None, _("The assignment is called off, or you have withdrawn. Nothing was sent."))
        else:
            messages.success(request, _("Thank you. The unit sees what you have answered."))
            return redirect("underway:work", work.assignment_id)
    context = {
        "confirmation": found,
        "telling": found.telling,
        "assignment": work.assignment,
        "has_questions": is_closing and work.stage == Stage.CLOSING,
        "said": said,
        "form": form,
    }
    return render(request, "underway/confirm.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def credit(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether one's name may stand on the public page. Can be changed at any time."""
    agreement = access.own_agreement(request.actor, pk)
    wants = request.POST.get("wants") == "yes"
    closing.say_credit(agreement, wants=wants, by=request.actor, now=timezone.now())
    messages.success(
        request,
        _("Your name stands on the page of what it led to.") if wants else _("Your name does not stand on the page."),
    )
    return redirect("underway:work", agreement.root_id)
