"""For the coordinator: why somebody is, or is not, asked to an assignment. Looked up by name, and answered in words."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samskapa.cocreate.pool.queries.members import called
from samskapa.cocreate.pool.services.naming import make_sheets
from samskapa.cocreate.pool.services.running import note_member_read, note_members_read
from samskapa.ground.people.access import PersonRequest, signed_in

from .. import access
from ..forms.looking_up import LookUpForm
from ..queries import looking_up, waves
from ..queries.filling import fillings_of, open_to_fill
from ..queries.why import why as answer_of
from .asking import fits_url, kept_of, sought_of

PER_PAGE = 25


@never_cache
@signed_in
@require_safe
def look_up(request: PersonRequest, pk: int) -> HttpResponse:
    """Members by name, in any status that coordinators see, each with whether they can be asked to the assignment."""
    asked_for = request.GET.get("group", "")
    filling = access.assignment_to_fill(request.actor, pk, asked_for)
    group, _groups = access.group_to_ask(filling, asked_for)
    form, now = LookUpForm(request.GET if "name" in request.GET else None), timezone.now()
    name, found = form.said(), None
    if name and group is not None:
        make_sheets(group)
        found = looking_up.look_up(group, name, filling, sought_of(request, waves.latest_wave(filling)), now)
        note_members_read(group, [row.member for row in found.rows], by=request.actor, now=now)
    context = {
        "assignment": filling.assignment,
        "fits_url": fits_url(filling),
        "group": group,
        "kept": kept_of(request),
        "form": form,
        "name": name,
        "found": found,
    }
    return render(request, "matching/look_up.html", context)


@never_cache
@signed_in
@require_safe
def why(request: PersonRequest, pk: int, member_pk: int) -> HttpResponse:
    """Why somebody is, or is not, proposed to an assignment, in plain words."""
    filling = access.assignment_to_fill(request.actor, pk, request.GET.get("group", ""))
    member, now = access.member_to_ask(filling, member_pk), timezone.now()
    note_member_read(member, by=request.actor, now=now)
    context = {
        "assignment": filling.assignment,
        "fits_url": fits_url(filling),
        "member": member,
        "why": answer_of(member, filling, sought_of(request, waves.latest_wave(filling)), now),
    }
    return render(request, "matching/why.html", context)


@never_cache
@signed_in
@require_safe
def of_member(request: PersonRequest, pk: int) -> HttpResponse:
    """The open assignments for which the coordinator finds people, each with why the member is, or is not, asked."""
    member, now = access.member_asked_about(request.actor, pk), timezone.now()
    note_member_read(member, by=request.actor, now=now)
    found = open_to_fill(request.actor, member.group, timezone.localdate(now))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "member": member,
        "name": called(member),
        "page": page,
        "rows": looking_up.answers_for(member, fillings_of(request.actor, member.group, page), now),
    }
    return render(request, "matching/of_member.html", context)
