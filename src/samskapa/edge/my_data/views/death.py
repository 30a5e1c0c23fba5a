"""Somebody has died: find them, note it, and take it back if it was a mistake."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.ground.people.access import PersonRequest, signed_in
from samskapa.ground.people.domain import swedish_sort_key
from samskapa.ground.people.domain.my_data import DEATH_TAKEN_BACK, GoneAlready, TooLate
from samskapa.ground.people.queries import display_name

from .. import access, queries, services
from ..forms import DeathForm, PersonSearchForm

#: How many persons a search shows; with more, one writes more of the name.
MOST = 20


@require_safe
@signed_in
def deaths(request: PersonRequest) -> HttpResponse:
    """Find the person."""
    within = access.people_within(request.actor)
    form = PersonSearchForm(request.GET or None)
    found = []
    if form.is_bound and form.is_valid():
        words = form.cleaned_data["name"]
        found = list(
            within.filter(Q(sort_key__contains=swedish_sort_key(words)) | Q(email__icontains=words))[: MOST + 1]
        )
    context = {"form": form, "found": found[:MOST], "has_more": len(found) > MOST}
    return render(request, "my_data/deaths.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def note_death(request: PersonRequest, pk: int) -> HttpResponse:
    """What stops and ends, and the day."""
    person = access.person_within(request.actor, pk)
    form = DeathForm(request.POST or None, initial={"died_on": person.died_on})
    if request.method == "POST" and form.is_valid():
        try:
            services.note_death(person, on=form.cleaned_data["died_on"], by=request.actor, now=timezone.now())
        except GoneAlready:
            form.add_error(None, _("The account is blanked already: nothing is sent to it."))
        else:
            messages.success(
                request, _("It is noted. Nothing more is sent to %(name)s.") % {"name": display_name(person)}
            )
            return redirect("my_data:note_death", pk=person.pk)
    may_undo = bool(person.death_noted_at and timezone.now() - person.death_noted_at <= DEATH_TAKEN_BACK)
    context = {
        "form": form,
        "person": person,
        "name": display_name(person),
        "matters": queries.matters_of(person.pk),
        "may_undo": may_undo,
        "days": DEATH_TAKEN_BACK.days,
    }
    return render(request, "my_data/note_death.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def undo_death(request: PersonRequest, pk: int) -> HttpResponse:
    """It was a mistake."""
    person = access.person_within(request.actor, pk)
    try:
        services.undo_death(person, by=request.actor, now=timezone.now())
    except (GoneAlready, TooLate):
        messages.error(request, _("It can no longer be taken back here. Ask whoever runs the service."))
    else:
        messages.success(request, _("It is taken back. The person can log in and gets mail again."))
    return redirect("my_data:note_death", pk=person.pk)
