"""Beginning a need: step by step, or the five-minute version."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role
from samskapa.ground.people.access import PersonRequest, signed_in

from ...access import need as access
from ...forms import need as forms
from ...queries import need as queries
from ...services import need as services


@signed_in
@require_http_methods(["GET", "POST"])
def need_new(request: PersonRequest) -> HttpResponse:
    """What will happen, and three ways to begin: step by step, a short version, a call."""
    access.begin_for(request.actor)
    form = forms.BeginForm(request.POST or None, initial={"form_key": uuid.uuid4()}, **_begin(request.actor))
    if request.method == "POST" and form.is_valid():
        need = services.create_need(
            title=form.cleaned_data["title"], by=request.actor, now=timezone.now(), **form.beginning()
        )
        return redirect("assignments:need_part", need.pk, "why")
    return render(
        request,
        "assignments/need/new.html",
        {"form": form, "coordinators": _coordinators(request.actor), "is_coordinator": _coordinates(request.actor)},
        status=422 if request.method == "POST" else 200,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def need_quick(request: PersonRequest) -> HttpResponse:
    """The five-minute version: the important questions on one page."""
    access.begin_for(request.actor)
    form = forms.QuickForm(
        request.POST or None, initial={"form_key": uuid.uuid4()}, today=timezone.localdate(), **_begin(request.actor)
    )
    if request.method == "POST" and form.is_valid():
        need = services.quick_need(
            form.answers(),
            together_by=form.cleaned_data["together_by"],
            by=request.actor,
            now=timezone.now(),
            **form.beginning(),
        )
        messages.success(request, _("Saved. Here you see what is answered and what is left."))
        return redirect("assignments:need", need.pk)
    return render(
        request,
        "assignments/need/quick.html",
        {"form": form, "is_coordinator": _coordinates(request.actor)},
        status=422 if request.method == "POST" else 200,
    )


def _begin(actor: Actor) -> dict[str, Any]:
    """What the form for a new need has to offer this actor."""
    raises = not actor.acts_as(Role.HOST, Role.COORDINATOR)
    return {
        "units": queries.units_for(actor),
        "areas": queries.areas_for(actor),
        "raises": raises,
        "coordinates": _coordinates(actor),
    }


def _coordinators(actor: Actor) -> list[Any]:
    """Whom to call, where the capacity says which area it is."""
    area = queries.area_above(actor.node_path)
    return queries.coordinators_at(area) if area else []


def _coordinates(actor: Actor) -> bool:
    return actor.acts_as(Role.COORDINATOR)
