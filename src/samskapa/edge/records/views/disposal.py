"""How each kind of document is handled, what is decided of it, and what will be disposed of."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samskapa.ground.people.access import PersonRequest, signed_in

from .. import access, queries, services
from ..forms import DecisionForm


@require_safe
@signed_in
def home(request: PersonRequest) -> HttpResponse:
    """Every kind, and what goes within 30 days."""
    node, now = access.public_body_of(request.actor), timezone.now()
    in_force = queries.decisions_in_force(node, on=timezone.localdate(now))
    context = {
        "node": node,
        "kinds": [(kind, in_force.get(kind.key)) for kind in queries.kinds()],
        "plans": queries.plans(node, now=now),
    }
    return render(request, "records/home.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def decide(request: PersonRequest, key: str) -> HttpResponse:
    """Note a decision of disposal of one kind."""
    node, kind = access.public_body_of(request.actor), access.kind_that_is_decided(key)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        services.note_decision(
            node,
            kind,
            keep_months=data["keep_months"],
            decided_on=data["decided_on"],
            applies_from=data["applies_from"],
            reference=data["reference"],
            by=request.actor,
            now=timezone.now(),
        )
        messages.success(request, _("The decision is noted."))
        return redirect("records:home")
    context = {"form": form, "kind": kind, "node": node, "decisions": queries.decided_at(node, kind)}
    return render(request, "records/decide.html", context, status=422 if form.is_bound else 200)
