"""Protect oneself or somebody, see and change what is hidden, lift the protection."""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samskapa.ground.people.access import PersonRequest, freshly_shown, signed_in
from samskapa.ground.people.domain import AddressTaken, AlreadyProtected, NotProtected
from samskapa.ground.people.models import ProtectedDetails, display_name

from . import access, services
from .forms import CoordinatorsDetailsForm, CoordinatorsForm, DetailsForm, ProtectForm
from .queries import details_named_for, details_nobody_opens, written_in_clear

PEOPLE_PER_PAGE = 50


@never_cache
@freshly_shown
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: PersonRequest) -> HttpResponse:
    """Protect oneself; or, where one is protected, what is hidden and who may see it."""
    details = access.own_details(request.user)
    if details is not None:
        return _change(request, details, page="protection/own_details.html", back="protection:own")
    form = ProtectForm(request.POST or None, among=access.coordinators_to_name(request.actor))
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            services.protect(request.user, **form.cleaned_data, by=request.actor, now=now)
        except AlreadyProtected:
            return redirect("protection:own")
        logout(request)
        messages.success(request, _("Your identity is protected. Log in again, as before."))
        return redirect("account_login")
    return render(request, "protection/own.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@freshly_shown
@require_http_methods(["GET", "HEAD", "POST"])
def own_lift(request: PersonRequest) -> HttpResponse:
    """Stop protecting oneself, after a question."""
    details = access.own_details(request.user)
    if details is None:
        return redirect("protection:own")
    return _lift(request, details, back=reverse("protection:own"), onward=reverse("people:profile"))


@signed_in
@require_safe
def people(request: PersonRequest) -> HttpResponse:
    """The people of one's area: to find whom to protect, and those whose details one may open."""
    words = request.GET.get("q", "")[:100]
    page = Paginator(access.people_for(request.actor, words), PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    ids = [person.pk for person in page]
    named = set(details_named_for(request.actor).filter(person__in=ids).values_list("person_id", flat=True))
    alone = set(details_nobody_opens().filter(person__in=ids).values_list("person_id", flat=True))
    rows = [(person, display_name(person), person.pk in named, person.pk in alone) for person in page]
    return render(request, "protection/people.html", {"page": page, "rows": rows, "q": words})


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def protect(request: PersonRequest, pk: int) -> HttpResponse:
    """Protect somebody, for them."""
    person = access.person_to_protect(request.actor, pk)
    form = ProtectForm(
        request.POST or None,
        among=access.coordinators_to_name(request.actor),
        initial={"coordinators": [request.actor.person_id]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.protect(person, **form.cleaned_data, by=request.actor, now=timezone.now())
        except AlreadyProtected:
            messages.info(request, _("The identity is protected already."))
            return redirect("protection:people")
        messages.success(request, _("The identity is protected."))
        named = details_named_for(request.actor).filter(person_id=pk).exists()
        return redirect("protection:person", pk=pk) if named else redirect("protection:people")
    context = {"form": form, "person": person, "name": display_name(person)}
    return render(request, "protection/protect.html", context, status=422 if form.is_bound else 200)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: PersonRequest, pk: int) -> HttpResponse:
    """A protected person's details, for a coordinator who is named."""
    details = access.details_for(request.actor, pk, now=timezone.now())
    return _change(request, details, page="protection/person.html", back="protection:person")


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: PersonRequest, pk: int) -> HttpResponse:
    """Stop protecting somebody, after a question."""
    details = access.details_for(request.actor, pk, now=timezone.now())
    return _lift(request, details, back=reverse("protection:person", args=[pk]), onward=reverse("protection:people"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose who may open the details of somebody whose named coordinators have all gone; nothing is shown of them."""
    details = access.details_nobody_opens(request.actor, pk)
    form = CoordinatorsForm(request.POST or None, among=access.coordinators_to_name(request.actor))
    if request.method == "POST" and form.is_valid():
        services.name_anew(details, form.cleaned_data["coordinators"], by=request.actor, now=timezone.now())
        messages.success(request, _("Saved. The person has been told."))
        return redirect("protection:people")
    context = {"form": form, "person": details.person, "name": display_name(details.person)}
    return render(request, "protection/name.html", context, status=422 if form.is_bound else 200)


def _change(request: PersonRequest, details: ProtectedDetails, *, page: str, back: str) -> HttpResponse:
    """Show what is hidden, with a form to change it; where it was written in clear is for coordinators."""
    hidden, named = details.person, list(details.named.values_list("coordinator_id", flat=True))
    initial = {field: getattr(details, field) for field in ("name", "email", "phone", "place")}
    form = (DetailsForm if back == "protection:own" else CoordinatorsDetailsForm)(
        request.POST or None,
        among=access.coordinators_to_name(request.actor, also=named),
        initial={**initial, "coordinators": named},
    )
    if request.method == "POST" and form.is_valid():
        now, given = timezone.now(), form.cleaned_data
        coordinators = given.pop("coordinators")
        try:
            services.change(details, coordinators=coordinators, **given, by=request.actor, now=now)
        except NotProtected:
            messages.info(request, _("The identity is no longer protected."))
            return redirect("protection:people" if back == "protection:person" else back)
        except AddressTaken:
            form.add_error("email", _("Another account has that address."))
        else:
            messages.success(request, _("Saved."))
            if back == "protection:own":
                return redirect(back)
            if request.actor.person_id in {each.pk for each in coordinators}:
                return redirect(back, pk=hidden.pk)
            return redirect("protection:people")
    context = {
        "form": form,
        "details": details,
        "name": display_name(hidden),
        "found": written_in_clear(details) if back == "protection:person" else [],
    }
    return render(request, page, context, status=422 if form.is_bound else 200)


def _lift(request: PersonRequest, details: ProtectedDetails, *, back: str, onward: str) -> HttpResponse:
    if request.method == "POST":
        with suppress(NotProtected):  # somebody else was first: it is as one wished
            services.lift(details, by=request.actor, now=timezone.now())
        messages.success(request, _("The identity is no longer protected."))
        return redirect(onward)
    return render(request, "protection/lift.html", {"name": display_name(details.person), "back": back})
