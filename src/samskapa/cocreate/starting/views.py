"""Starting a resource group: the steps, one step, and what has become of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samskapa.cocreate.pool.domain import GroupChangedMeanwhile
from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.pool.queries.wording import DEFAULT_NAME
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.access import PersonRequest, signed_in

from . import access, queries, services
from .domain import ChangedMeanwhile, Finished, PurposeFirst, Step, Unwritten, step_after, unwritten
from .forms import FORMS, StepForm
from .models import Start
from .queries.wording import STEP


def _made_another_way(node: Node, begun: Start | None) -> bool:
    """There is a group that nobody made by these steps: its own pages take over."""
    return not (begun and begun.finished_at) and Group.objects.filter(node=node).exists()


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: PersonRequest, pk: int) -> HttpResponse:
    """All steps on one page, with what is worth a thought; making the group; and once it is made, what there is now."""
    node = access.place_to_start(request.actor, pk)
    begun = queries.start_of(node)
    if _made_another_way(node, begun):
        messages.info(request, _("There is a resource group here already."))
        return redirect("pool:group", pk)
    missing: list[str] = []
    if request.method == "POST":
        try:
            services.finish(node, by=request.actor, now=timezone.now())
        except Unwritten as error:
            missing = error.args[0]
        except GroupChangedMeanwhile:
            messages.info(request, _("There is a resource group here already."))
            return redirect("pool:group", pk)
        else:
            messages.success(request, _("The group is made."))
            return redirect("starting:start", pk)
    if begun and begun.finished_at:
        return render(request, "starting/done.html", {"node": node, "start": begun, "rows": queries.step_rows(begun)})
    rows = queries.step_rows(begun)
    left = unwritten(queries.values_of(begun))
    context = {
        "node": node,
        "rows": rows,
        "saved": sum(row.is_saved for row in rows),
        "of": len(rows),
        "next_row": next((row for row in rows if not row.is_saved and not row.is_closed), None),
        "is_ready": not left,
        "missing": [(key, STEP[key].name) for key in missing],
        "thoughts": queries.thought_rows(begun, timezone.localdate()) if begun and not left else [],
    }
    return render(request, "starting/start.html", context, status=422 if missing else 200)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """One step: why, an example, and what you write. Saved, one comes to the next."""
    node, spec = access.place_to_start(request.actor, pk), access.step_of(key)
    begun = queries.start_of(node)
    if (begun and begun.finished_at) or _made_another_way(node, begun):
        return redirect("starting:start", pk)
    version = queries.versions_of(begun).get(key, 0)
    initial: dict[str, Any] = {"name": DEFAULT_NAME, "lowest_age": 18} if not version else {}
    initial |= (queries.values_of(begun, spec) if version else {}) | {"version": version}
    form = FORMS[key](request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_step(node, key, form.values(), based_on=form.based_on, by=request.actor, now=timezone.now())
        except ChangedMeanwhile as meanwhile:
            return _both(request, node, spec, form, meanwhile)
        except PurposeFirst:
            messages.info(request, _("First write what the group is for."))
            return redirect("starting:step", pk, "purpose")
        except Finished:
            return redirect("starting:start", pk)
        return _onwards(request, node, spec, form)
    return render(
        request, "starting/step.html", _context(node, spec, form, begun), status=422 if form.is_bound else 200
    )


def _onwards(request: PersonRequest, node: Node, spec: Step, form: StepForm) -> HttpResponse:
    """To the next step, or back to all of them; a text that can be plainer is shown once more with what was found."""
    if spec.key == "words" and "onwards" in request.POST and queries.plain_lines(form.values()["about"]):
        messages.success(request, _("Saved. Here is what can be plainer."))
        return redirect("starting:step", node.pk, spec.key)
    messages.success(request, _("Saved."))
    following = step_after(spec.key)
    if "onwards" in request.POST and following:
        return redirect("starting:step", node.pk, following)
    return redirect("starting:start", node.pk)


def _context(node: Node, spec: Step, form: StepForm, begun: Start | None) -> dict[str, Any]:
    keys = list(STEP)
    values = queries.values_of(begun)
    return {
        "node": node,
        "form": form,
        "key": spec.key,
        "said": STEP[spec.key],
        "number": keys.index(spec.key) + 1,
        "of": len(keys),
        "following": step_after(spec.key),
        "purpose": values.get("purpose", "") if spec.after else "",
        "is_closed": bool(spec.after) and not values.get("purpose"),
        "plain": queries.plain_lines(values["about"]) if spec.key == "words" and values.get("about") else [],
    }


def _both(request: PersonRequest, node: Node, spec: Step, form: StepForm, meanwhile: ChangedMeanwhile) -> HttpResponse:
    """The other coordinator saved something else meanwhile: both are shown."""
    now = queries.start_of(node)
    data = request.POST.copy()
    data["version"] = str(meanwhile.version)
    again = type(form)(data, initial=form.initial)
    again.is_valid()
    context = _context(node, spec, again, now) | {
        "theirs": queries.lines(spec, queries.values_of(now, spec)),
        "own": queries.lines(spec, form.values()),
    }
    return render(request, "starting/conflict.html", context, status=409)
