"""One's own facts, capacity and language; where one is logged in."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .. import services
from ..access import ActorRequest, PersonRequest, safe_path, session_of, signed_in, strengthen_first
from ..adapter import keep_language
from ..domain import CAPACITY, NotYourCapacity
from ..forms import CapacityForm, LanguageForm, ProfileForm
from ..queries import capacities_of, display_name, sessions_of

#: The places that a list of them shows; whoever has more logs out everywhere.
PLACES_SHOWN = 50


@signed_in
@require_http_methods(["GET", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    """One's own facts."""
    person = request.user
    initial = {"name": person.name, "phone": person.phone, "language": person.language}
    form = ProfileForm(request.POST or None, initial=initial, is_protected=person.protected_tag is not None)
    if request.method == "POST" and form.is_valid():
        services.change_profile(person, **(initial | form.cleaned_data), by=request.actor, now=timezone.now())
        with override(form.cleaned_data["language"]):
            messages.success(request, _("Saved."))
        response = redirect("people:profile")
        keep_language(response, form.cleaned_data["language"])
        return response
    context = {"form": form, "person": person, "name": display_name(person), "more": settings.PROFILE}
    return render(request, "people/profile.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def capacity(request: PersonRequest) -> HttpResponse:
    """Choose in which capacity to go on: as oneself, or in one of one's roles."""
    next_path = safe_path(request, request.POST.get("next") or request.GET.get("next"))
    choices = capacities_of(request.user.pk)
    if request.method == "POST":
        form = CapacityForm(request.POST)
        if form.is_valid():
            chosen = form.cleaned_data["capacity"]
            try:
                services.note_capacity(request.user, chosen, by=request.actor, now=timezone.now())
            except NotYourCapacity:
                messages.error(request, _("You no longer have that role."))
            else:
                request.session[CAPACITY] = chosen
                onward = next_path or resolve_url(settings.LOGIN_REDIRECT_URL)
                if any(choice.id == chosen and choice.needs_strong for choice in choices):
                    return redirect(onward) if request.actor.strength.is_strong else strengthen_first(request, onward)
                return redirect(onward)
    context = {
        "choices": choices,
        "current": request.session.get(CAPACITY, 0),
        "next_path": next_path,
    }
    return render(request, "people/capacity.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def language(request: ActorRequest) -> HttpResponse:
    """Change the language, for a visitor in a cookie, for a person in the profile too."""
    response = redirect(safe_path(request, request.POST.get("next")) or "/")
    form = LanguageForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        keep_language(response, chosen)
        if request.user.is_authenticated:
            services.choose_language(request.user, chosen, by=request.actor, now=timezone.now())
    return response


@signed_in
@require_GET
def sessions(request: PersonRequest) -> HttpResponse:
    """Where one is logged in."""
    places = sessions_of(request.user.pk, now=timezone.now())[:PLACES_SHOWN]
    context = {"places": places, "this_one": request.session.session_key}
    return render(request, "people/sessions.html", context)


@signed_in
@require_POST
def end_session(request: PersonRequest, handle: UUID) -> HttpResponse:
    """Log out one place; where it is this one, one is a visitor afterwards."""
    now = timezone.now()
    place = session_of(request.actor, handle, now=now)
    services.end_session(place, by=request.actor, now=now)
    if place.session_key == request.session.session_key:
        logout(request)
        return redirect(settings.LOGOUT_REDIRECT_URL)
    messages.success(request, _("Logged out there."))
    return redirect("people:sessions")


@signed_in
@require_POST
def end_other_sessions(request: PersonRequest) -> HttpResponse:
    """Log out everywhere but here."""
    key = request.session.session_key or ""
    ended = services.end_other_sessions(request.user, but=key, by=request.actor, now=timezone.now())
    messages.success(
        request,
        ngettext("Logged out in one other place.", "Logged out in %(count)s other places.", ended) % {"count": ended}
        if ended
        else _("You are logged in only here."),
    )
    return redirect("people:sessions")
