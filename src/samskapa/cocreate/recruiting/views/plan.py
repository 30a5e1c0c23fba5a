"""The recruitment plan: whom the group looks for, where and how, who does it and by when."""

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

from samskapa.cocreate.pool.models import Group
from samskapa.ground.people.access import PersonRequest, signed_in

from .. import access
from ..domain import Audience, ChangedMeanwhile, Use
from ..forms import SoughtForm, sought_start
from ..models import Channel, Sought
from ..queries import plan as queries
from ..queries.missing import missing_rows
from ..queries.texts import proposed
from ..queries.wording import AUDIENCE, USE
from ..services import planning

PER_PAGE = 50


@never_cache
@signed_in
@require_safe
def plan(request: PersonRequest, pk: int) -> HttpResponse:
    """What is to be done first, every row, and whom one can look for."""
    group = access.group_to_recruit_to(request.actor, pk)
    today = timezone.localdate()
    page = Paginator(queries.plan_of(group), PER_PAGE).get_page(request.GET.get("page"))
    first = queries.next_of(group)
    context = {
        "group": group,
        "page": page,
        "rows": [queries.plan_row(row, today) for row in page],
        "first": queries.plan_row(first, today) if first else None,
        "missing": missing_rows(group),
        "audiences": queries.audiences(),
        "has_channels": Channel.objects.filter(group=group).exists(),
    }
    return render(request, "recruiting/plan.html", context)


@never_cache
@signed_in
@require_safe
def audience(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """Where and how one looks for those, and what one may write to them."""
    group, whom = access.group_to_recruit_to(request.actor, pk), access.audience_of(key)
    place = access.municipality_or_none(request.GET.get("municipality", ""), whom)
    context = {
        "group": group,
        "whom": whom,
        "said": AUDIENCE[whom],
        "spots": queries.spots_for(whom),
        "place": place,
        "texts": [(USE[use], proposed(group, whom, place.name if place else "", use)) for use in Use],
        "is_too_young": whom is Audience.YOUNG and group.lowest_age >= 18,
    }
    return render(request, "recruiting/audience.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PersonRequest, pk: int) -> HttpResponse:
    """Put a row in the plan."""
    group = access.group_to_recruit_to(request.actor, pk)
    said = request.GET
    start = sought_start(said.get("audience", ""), said.get("place", ""), said.get("municipality", ""))
    form = SoughtForm(request.POST or None, initial=start, group=group)
    if request.method == "POST" and form.is_valid():
        planning.add_sought(group, form.said(), by=request.actor, now=timezone.now())
        messages.success(request, _("It is in the plan."))
        return redirect("recruiting:plan", pk)
    return _page(request, group, form, None)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a row of the plan."""
    row = access.sought_to_run(request.actor, pk)
    form = SoughtForm(request.POST or None, initial=_values(row), group=row.group, chosen=row.doer)
    if request.method == "POST" and form.is_valid():
        try:
            planning.change_sought(row, form.said(), based_on=form.based_on, by=request.actor, now=timezone.now())
        except ChangedMeanwhile as meanwhile:
            data = request.POST.copy()
            data["version"] = str(meanwhile.version)
            now = access.sought_to_run(request.actor, pk)
            again = SoughtForm(data, initial=_values(now), group=now.group, chosen=now.doer)
            again.is_valid()
            return _page(request, now.group, again, now, theirs=queries.plan_row(now, timezone.localdate()), status=409)
        messages.success(request, _("Saved."))
        return redirect("recruiting:plan", row.group.node_id)
    return _page(request, row.group, form, row)


def _values(row: Sought) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*planning.FIELDS, "version")}


def _page(
    request: PersonRequest,
    group: Group,
    form: SoughtForm,
    row: Sought | None,
    *,
    theirs: queries.PlanRow | None = None,
    status: int = 0,
) -> HttpResponse:
    context = {"group": group, "form": form, "row": row, "theirs": theirs}
    return render(request, "recruiting/sought.html", context, status=status or (422 if form.is_bound else 200))


@signed_in
@require_POST
def done(request: PersonRequest, pk: int) -> HttpResponse:
    """A row is done today; or, with "undo", after all it is not."""
    row = access.sought_to_run(request.actor, pk)
    now = timezone.now()
    day = None if "undo" in request.POST else timezone.localdate(now)
    planning.set_done(row, day, by=request.actor, now=now)
    messages.success(request, _("Marked as done.") if day else _("It stands as not done again."))
    return redirect("recruiting:plan", row.group.node_id)


@signed_in
@require_POST
def remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a row out of the plan."""
    row = access.sought_to_run(request.actor, pk)
    planning.remove_sought(row, by=request.actor, now=timezone.now())
    messages.success(request, _("The row is taken out of the plan."))
    return redirect("recruiting:plan", row.group.node_id)
