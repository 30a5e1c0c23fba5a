"""Everything about oneself: to read, take along, take back, and be forgotten."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.ground.people.access import (
    PersonRequest,
    freshly_shown,
    is_freshly_shown,
    is_within_limits,
    signed_in,
    strengthen_first,
)
from samskapa.ground.people.domain.my_data import NotGiven, StillOpen

from .. import queries, services
from ..forms import ConsentForm, ForgetForm


@require_safe
@signed_in
def mine(request: PersonRequest) -> HttpResponse:
    """What is kept, how long and why; and what one can do about it."""
    return _page(request)


def _page(request: PersonRequest, *, status: int = 200) -> HttpResponse:
    context = {
        "kinds": [(kind, queries.how_long(kind)) for kind in queries.kinds()],
        "coming": queries.coming_for(request.user.pk),
        "consents": queries.consents_of(request.user.pk),
        "person": request.user,
    }
    return render(request, "my_data/mine.html", context, status=status)


@never_cache
@signed_in
@require_POST
def take_along(request: PersonRequest) -> HttpResponse:
    """All of it, in one archive; who has a strong way in shows it first, and comes back to the page with the button."""
    if not is_freshly_shown(request):
        return strengthen_first(request, reverse("my_data:mine"))
    if not is_within_limits(request, "take_along"):
        messages.error(request, _("That was many times in a short while. Try again in an hour."))
        return redirect("my_data:mine")
    archive = services.take_along(request.user, by=request.actor, now=timezone.now())
    name = _("my-data") + f"-{timezone.localdate():%Y-%m-%d}.zip"
    return HttpResponse(
        archive,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@signed_in
@require_POST
def take_back(request: PersonRequest) -> HttpResponse:
    """Take back one yes."""
    form = ConsentForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.take_back_consent(
                data["kind"],
                request.user,
                key=data["key"],
                thing_id=data["thing"],
                by=request.actor,
                now=timezone.now(),
            )
        except NotGiven:
            pass
        else:
            messages.success(request, _("You have taken it back."))
            return redirect("my_data:mine")
    messages.error(request, _("There was nothing to take back. Perhaps you have done it already."))
    return redirect("my_data:mine")


@never_cache
@freshly_shown
@require_http_methods(["GET", "POST"])
def forget(request: PersonRequest) -> HttpResponse:
    """What is blanked, what is kept, what ends; then typed words, and it is done."""
    form = ForgetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.forget_person(request.user, by=request.actor, now=timezone.now())
        except StillOpen:
            form.add_error(None, _("Something must be settled first. It stands under “Before you go”."))
        else:
            logout(request)
            messages.success(request, _("You are forgotten. Thank you for what you have given."))
            return redirect("pages:start")
    context = {
        "form": form,
        "matters": queries.matters_of(request.user.pk),
        "kept": [kind for kind in queries.kinds() if kind.kept],
        "blanked": [kind for kind in queries.kinds() if kind.blank],
    }
    context["is_blocked"] = any(matter.blocks for matter in context["matters"])
    return render(request, "my_data/forget.html", context, status=422 if form.is_bound else 200)
