"""For the coordinators of a group: a letter to those whom a search found. And for a member: to read it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.cocreate.pool.access import group_to_run
from samskapa.cocreate.pool.forms.finding import FindForm
from samskapa.cocreate.pool.queries.finding import address_of
from samskapa.cocreate.pool.queries.members import called, listed
from samskapa.cocreate.pool.services.running import note_members_read, note_words_searched
from samskapa.ground.people.access import PersonRequest, signed_in
from samskapa.ground.people.models import display_name

from . import access
from .domain import ChangedMeanwhile, Nobody, NotNow, OthersNow, Stage
from .forms import LetterForm, SendForm
from .models import Circular
from .queries import letters as queries
from .services import writing

PER_PAGE = 50


@never_cache
@signed_in
@require_safe
def circulars(request: PersonRequest, pk: int) -> HttpResponse:
    """The group's letters: drafts, those on their way, and those that were sent."""
    group = group_to_run(request.actor, pk)
    page = Paginator(queries.circulars_of(group), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "circulars/circulars.html", {"group": group, "page": page})


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest, pk: int) -> HttpResponse:
    """Write to those whom the list of members was narrowed to; the address says what that is."""
    group = group_to_run(request.actor, pk)
    find = FindForm(request.GET, group=group)
    wanted = find.wanted()
    form = LetterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        one = writing.write(
            group,
            title=given["title"],
            text=given["text"],
            wanted=wanted,
            by=request.actor,
            now=timezone.now(),
        )
        return redirect("circulars:circular", one.pk)
    reach = queries.reach_of(group, wanted, timezone.localdate())
    if reach.looked:
        note_words_searched(group, [], by=request.actor, now=timezone.now())
    context = {
        "group": group,
        "form": form,
        "asked_for": address_of(wanted),
        "sought": find.in_words(),
        "number": reach.number,
        "resting": reach.resting,
    }
    return render(request, "circulars/new.html", context, status=422 if form.is_bound else 200)


@never_cache
@signed_in
@require_safe
def circular(request: PersonRequest, pk: int) -> HttpResponse:
    """A draft with whom it goes to and how; then how far it has come; then what was sent."""
    return _page(request, access.circular_to_run(request.actor, pk))


def _page(request: PersonRequest, one: Circular, *, told: str = "", status: int = 200) -> HttpResponse:
    sought = FindForm(one.wanted, group=one.group).in_words()
    context: dict[str, Any] = {
        "one": one,
        "group": one.group,
        "told": told,
        "sought": sought,
        "is_lost": len(sought) < len(one.wanted),  # a label or a place that is gone since
        "asked_for": address_of(one.wanted),
        "made_by": display_name(one.made_by),
        "sent_by": display_name(one.sent_by) if one.sent_by else "",
    }
    if one.stage == Stage.DRAFT:
        reach = queries.reach_of(one.group, one.wanted, timezone.localdate())
        page = Paginator(reach.members.values_list("pk", flat=True), PER_PAGE).get_page(request.GET.get("page"))
        shown = listed(page)
        by_own = reach.looked.by_own_words(shown) if reach.looked else []
        note_members_read(one.group, set(shown) - set(by_own), by=request.actor, now=timezone.now())
        if reach.looked:
            note_words_searched(one.group, by_own, by=request.actor, now=timezone.now())
        context |= {
            "reach": reach,
            "page": page,
            "names": [(member, called(member)) for member in shown],
            "send_form": SendForm(initial={"version": one.version, "mark": reach.mark}),
        }
    else:
        context["progress"] = queries.progress_of(one)
    return render(request, "circulars/circular.html", context, status=status)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PersonRequest, pk: int) -> HttpResponse:
    """Other words, before it is sent. Of two who change it the second sees what the first wrote."""
    one = access.draft_to_write(request.actor, pk)
    initial = {"title": one.title, "text": one.text, "version": one.version}
    form, theirs = LetterForm(request.POST if request.method == "POST" else None, initial=initial), None
    if form.is_valid():
        given = form.cleaned_data
        try:
            writing.change(
                one,
                title=given["title"],
                text=given["text"],
                based_on=given["version"] or 0,
                by=request.actor,
                now=timezone.now(),
            )
        except NotNow:
            return _not_now(request, pk)
        except ChangedMeanwhile as meanwhile:
            theirs = access.draft_to_write(request.actor, pk)
            data = request.POST.copy()
            data["version"] = str(meanwhile.version)
            form = LetterForm(data, initial=initial)
            form.is_valid()
        else:
            messages.success(request, _("Saved."))
            return redirect("circulars:circular", pk)
    status = 409 if theirs else 422 if form.is_bound else 200
    context = {"one": one, "group": one.group, "form": form, "theirs": theirs}
    return render(request, "circulars/change.html", context, status=status)


@never_cache
@signed_in
@require_POST
def send(request: PersonRequest, pk: int) -> HttpResponse:
    """Send what was looked at to those who were looked at."""
    one, form = access.circular_to_run(request.actor, pk), SendForm(request.POST)
    told = _("Look through it once more, and then send it.")
    if form.is_valid():
        given = form.cleaned_data
        try:
            writing.send(one, based_on=given["version"], mark=given["mark"], by=request.actor, now=timezone.now())
        except ChangedMeanwhile:
            told = _("Somebody has changed the text since you looked. Read it once more, and then send it.")
        except OthersNow:
            told = _("Those who get it are not the same as when you looked. Look once more, and then send it.")
        except Nobody:
            told = _("Nobody gets it as it is now.")
        else:
            return redirect("circulars:circular", pk)
    one = access.circular_to_run(request.actor, pk)
    return _page(request, one, told=told, status=409)


@signed_in
@require_POST
def go_on(request: PersonRequest, pk: int) -> HttpResponse:
    """A letter that seems to stand still goes on from where it was."""
    one = access.circular_to_run(request.actor, pk)
    if one.stage == Stage.SENDING:
        writing.go_on(one, by=request.actor, now=timezone.now())
    return redirect("circulars:circular", pk)


@never_cache
@signed_in
@require_POST
def throw_away(request: PersonRequest, pk: int) -> HttpResponse:
    """A draft that nobody needs."""
    one = access.circular_to_run(request.actor, pk)
    try:
        writing.throw_away(one, by=request.actor, now=timezone.now())
    except NotNow:
        return _not_now(request, pk)
    messages.success(request, _("The draft is thrown away."))
    return redirect("circulars:circulars", one.group.node_id)


def _not_now(request: PersonRequest, pk: int) -> HttpResponse:
    messages.info(request, _("The letter has been sent meanwhile."))
    return redirect("circulars:circular", pk)


@never_cache
@signed_in
@require_safe
def letter(request: PersonRequest, pk: int) -> HttpResponse:
    """What was written to oneself and others in the group."""
    found = access.own_letter(request.actor, pk)
    one = found.circular
    who = display_name(one.sent_by) if one.sent_by else ""
    return render(
        request, "circulars/letter.html", {"one": one, "group": one.group, "at": found.written_at, "who": who}
    )
