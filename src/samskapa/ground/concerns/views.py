"""Help now; what waits to be read; the routine."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samskapa.ground.core.services import record_look
from samskapa.ground.organisations.queries import coordinators_around
from samskapa.ground.people.access import ActorRequest, PersonRequest, safe_path, signed_in
from samskapa.ground.people.models import display_name

from . import access, queries, services
from .domain import Handled, Sign
from .forms import OutcomeForm, RoutineForm

PER_PAGE = 50


@require_safe
def help_now(request: ActorRequest) -> HttpResponse:
    """Whom one calls, and how one complains. Leads on to where one was going."""
    return render(
        request,
        "concerns/help_now.html",
        {"onward": safe_path(request, request.GET.get("next")), "is_read": "last" in request.GET},
    )


@never_cache
@signed_in
@require_safe
def concerns(request: PersonRequest) -> HttpResponse:
    """What waits to be read, and what has been done."""
    node = access.node_to_decide_for(request.actor)
    page = Paginator(queries.concerns_for(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(each, queries.SIGNS_IN_WORDS[Sign(each.sign)]) for each in page]
    context = {"page": page, "rows": rows, "routine": queries.routine_of(node), "node": node}
    return render(request, "concerns/concerns.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def concern(request: PersonRequest, pk: int) -> HttpResponse:
    """What somebody wrote, the routine, and what has been done."""
    found, now = access.concern_for(request.actor, pk), timezone.now()
    form, theirs = OutcomeForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            services.handle_concern(found, outcome=form.cleaned_data["outcome"], by=request.actor, now=now)
        except Handled as handled:
            theirs = handled.outcome
            form.add_error(None, _("Somebody else has written what was done. Your text is still here."))
        else:
            messages.success(request, _("Saved."))
            return redirect("concerns:concerns")
    if found.person_id:
        record_look(found.person_id, by=request.actor, at=now, what="concerns.concern")
    context = {
        "concern": found,
        "sign": queries.SIGNS_IN_WORDS[Sign(found.sign)],
        "is_danger": found.sign == Sign.DANGER,
        "person": found.person,
        "name": display_name(found.person) if found.person else "",
        "handler": display_name(found.handled_by) if found.handled_by else "",
        "routine": queries.routine_of(found.node),
        "form": form,
        "theirs": theirs,
    }
    return render(request, "concerns/concern.html", context, status=422 if form.is_bound else 200)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def routine(request: PersonRequest) -> HttpResponse:
    """Who reads at the organisation, and what they do."""
    node = access.node_to_decide_for(request.actor)
    known = queries.routine_of(node)
    initial = {"text": known.text, "readers": list(known.readers.values_list("pk", flat=True))} if known else {}
    form = RoutineForm(request.POST or None, among=coordinators_around(node.path), initial=initial)
    if request.method == "POST" and form.is_valid():
        services.set_routine(node, **form.cleaned_data, by=request.actor, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("concerns:concerns")
    return render(request, "concerns/routine.html", {"form": form, "node": node}, status=422 if form.is_bound else 200)
