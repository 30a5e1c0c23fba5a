"""Who is in a group and who is missing: for everybody, for its coordinators; and the tables of the population."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.ground.core.domain import Actor
from samskapa.ground.documents.domain import NotClean
from samskapa.ground.documents.forms import said_of
from samskapa.ground.people.access import ActorRequest, PersonRequest, signed_in

from . import access, services
from .domain import ChangedMeanwhile, Fault, NothingRead, NotPopulation
from .forms import MeasureForm, PopulationForm, file_problem
from .queries import page as queries
from .queries.measured import measured_of
from .queries.population import population_tables
from .queries.wording import FEATURE, WHY, gap_rows

#: So many rows with faults are shown; the rest are counted.
MOST_FAULTS = 40


@require_safe
def told(request: ActorRequest, pk: int, month: str = "") -> HttpResponse:
    """What everybody is told of a group, beside the population: the latest month, or the one in the address."""
    group = access.group_told(pk)
    months = queries.snapshots_told(group)
    snapshot = access.month_told(months, month) if month else next(iter(months), None)
    context = {
        "group": group,
        "page": queries.page_told(group, snapshot) if snapshot else None,
        "shown": snapshot,
        "months": months,
        "runs": access.runs(request.actor, group),
    }
    return render(request, "coverage/told.html", context)


@never_cache
@signed_in
@require_safe
def now(request: PersonRequest, pk: int) -> HttpResponse:
    """The group as it stands now, exactly, for its coordinators; and who is missing."""
    group = access.group_counted(request.actor, pk)
    page = queries.page_now(group, timezone.now())
    context = {
        "group": group,
        "page": page,
        "missing": gap_rows(page.gaps),
    }
    return render(request, "coverage/now.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose what the group measures."""
    group = access.group_counted(request.actor, pk)
    chosen, version = measured_of(group)
    form = MeasureForm(request.POST or None, initial={"features": chosen, "version": version})
    theirs: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.choose_measured(
                group,
                form.cleaned_data["features"],
                based_on=form.based_on,
                by=request.actor,
                now=timezone.now(),
            )
        except ChangedMeanwhile:
            chosen, version = measured_of(group)
            theirs = [FEATURE[feature] for feature in chosen] or [_("Nothing more")]
            data = request.POST.copy()
            data["version"] = str(version)
            form = MeasureForm(data)
            form.is_valid()
        else:
            messages.success(request, _("Saved."))
            return redirect("coverage:now", pk)
    status = 409 if theirs else 422 if form.is_bound else 200
    return render(request, "coverage/measure.html", {"group": group, "form": form, "theirs": theirs}, status=status)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def population(request: PersonRequest) -> HttpResponse:
    """The tables of the population that there are, and a new one."""
    within = access.area_to_fill(request.actor)
    is_sent = request.method == "POST"
    form = PopulationForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    faults: list[Fault] = []
    if is_sent and form.is_valid():
        faults = _take_in(request, form, within)
        if not form.errors:
            return redirect("coverage:population")
    context = {
        "form": form,
        "tables": list(population_tables(within)),
        "within": within,
        "faults": [(fault.line, WHY[fault.why] % {"said": fault.said}) for fault in faults[:MOST_FAULTS]],
        "more_faults": max(0, len(faults) - MOST_FAULTS),
    }
    return render(request, "coverage/population.html", context, status=422 if form.errors else 200)


def _take_in(request: PersonRequest, form: PopulationForm, within: str) -> list[Fault]:
    """Take the file in and say what came of it; the faults, where there are any."""
    by: Actor = request.actor
    try:
        tables, parsed = services.take_in_file(
            form.cleaned_data["file"], source=form.cleaned_data["source"], within=within, by=by, now=timezone.now()
        )
    except NotPopulation as problem:
        form.add_error("file", file_problem(problem))
    except NotClean as problem:
        form.add_error("file", said_of(problem))
    except NothingRead as problem:
        parsed = problem.args[0]
        if parsed.faults:
            form.add_error("file", _("Some rows are wrong, so nothing of the file was taken in. They stand below."))
        else:
            form.add_error("file", _("There is nothing in the file about the places you may take in."))
        return list(parsed.faults)
    else:
        if not tables:
            messages.info(request, _("These figures are here already."))
            return []
        years = ", ".join(str(table.year) for table in tables)
        said = _("The population is taken in, for %(years)s.") % {"years": years}
        if parsed.left_out:
            left_out = ngettext("%(n)s row was not needed.", "%(n)s rows were not needed.", parsed.left_out)
            said = f"{said} {left_out % {'n': parsed.left_out}}"
        messages.success(request, said)
    return []


@signed_in
@require_POST
def remove_table(request: PersonRequest, pk: int) -> HttpResponse:
    """A table that should not have come in."""
    services.remove_table(access.table_to_remove(request.actor, pk), by=request.actor, now=timezone.now())
    messages.success(request, _("Removed. What older tables say is used again."))
    return redirect("coverage:population")
