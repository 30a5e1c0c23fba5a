"""The page where coordinators write the starting text of their group's joining agreements."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samskapa.ground.people.access import PersonRequest, signed_in

from .. import access
from ..domain import GroupChangedMeanwhile
from ..domain.agreement import Worded
from ..forms.starting_text import StartingTextForm, initial_of
from ..models import Group
from ..queries import starting_text as queries
from ..queries.agreement_words import POINTS
from ..services.starting_text import save_starting_text
from .group import with_version


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def starting_text(request: PersonRequest, pk: int) -> HttpResponse:
    """The points that a new agreement starts from. Saved, they count for who is welcomed from now on."""
    group = access.group_to_run(request.actor, pk)
    if request.method != "POST":
        return _page(request, group, None)
    form = StartingTextForm(request.POST)
    if not form.is_valid():
        return _page(request, group, form, status=422)
    try:
        save_starting_text(
            group,
            form.points(),
            based_on=form.cleaned_data["version"] or 0,
            by=request.actor,
            now=timezone.now(),
        )
    except GroupChangedMeanwhile:
        return _meanwhile(request, group, form)
    messages.success(request, _("Saved. It counts for those who are welcomed from now on."))
    return redirect("pool:group", pk)


def _meanwhile(request: PersonRequest, group: Group, form: StartingTextForm) -> HttpResponse:
    """Somebody saved first: where the two differ, theirs is shown, and what was typed stays in the fields."""
    newest = queries.newest(group)
    theirs = {point.key: point.text for point in queries.points_of(newest)}
    mine = {point.key: point.text.strip() for point in form.points()}
    differs = [(POINTS[key], theirs.get(key, "")) for key in POINTS if theirs.get(key, "") != mine.get(key, "")]
    again = StartingTextForm(with_version(request, newest.number if newest else 0))
    again.is_valid()
    return _page(request, group, again, differs=differs, status=409)


def _page(
    request: PersonRequest,
    group: Group,
    form: StartingTextForm | None,
    *,
    differs: list[tuple[Any, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    newest = queries.newest(group)
    points: list[Worded] = queries.points_of(newest)
    context = {
        "group": group,
        "form": form or StartingTextForm(initial=initial_of(points, newest.number if newest else 0)),
        "newest": newest,
        "earlier": queries.earlier_versions(group),
        "differs": differs or [],
    }
    return render(request, "pool/starting_text.html", context, status=status)
