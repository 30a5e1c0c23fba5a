"""Material of an assignment: what stands there; adding, changing, moving and taking away; fetching."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.ground.core.domain import Actor
from samskapa.ground.documents.access import link_to
from samskapa.ground.documents.domain import NotClean
from samskapa.ground.documents.forms import said_of
from samskapa.ground.people.access import PersonRequest, signed_in
from samskapa.ground.people.models import display_name

from ..access import material as access
from ..domain import NotThatState, State
from ..domain.material import MOST, Audience, Gone, TooMany
from ..forms.material import ChangeMaterialForm, MaterialForm, RemoveMaterialForm
from ..models import Material
from ..queries import material as queries
from ..queries.agreements import BEING_WRITTEN
from ..services import material as services


def not_now() -> str:
    return _("The assignment has come so far, or lies with the coordinator, that its material is not changed now.")


def gone() -> str:
    return _("It has been taken away already.")


@signed_in
@require_safe
def materials(request: PersonRequest, pk: int) -> HttpResponse:
    """All that stands with an assignment, for whom, and who put it there."""
    assignment = access.assignment_with_material(request.actor, pk)
    found = list(queries.material_with_names(assignment))
    may_put = access.may_put(request.actor, assignment)
    context = {
        "assignment": assignment,
        "material": found,
        "rows": [
            (each, display_name(each.added_by), before) for each, before in zip(found, [None, *found], strict=False)
        ],
        "may_put": may_put,
        "are_chosen": State(assignment.state) in BEING_WRITTEN,
        "has_room": len(found) < MOST,
        "most": MOST,
    }
    return render(request, "assignments/material/materials.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def material_add(request: PersonRequest, pk: int) -> HttpResponse:
    """One file at a time."""
    assignment = access.assignment_with_material(request.actor, pk)
    if request.method != "POST" and not access.may_put(request.actor, assignment):
        messages.warning(request, not_now())
        return redirect("assignments:materials", pk)
    is_sent = request.method == "POST"
    form = MaterialForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial={"audience": Audience.CHOSEN},
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.add_material(
                assignment,
                title=given["title"],
                audience=given["audience"],
                file=given["file"],
                by=request.actor,
                now=timezone.now(),
            )
        except NotClean as problem:
            form.add_error("file", said_of(problem))
        except TooMany:
            form.add_error(None, _("There are %(most)s files already. Take one away first.") % {"most": MOST})
        except NotThatState:
            form.add_error(None, not_now())
        else:
            messages.success(request, _("The file is there."))
            return redirect("assignments:materials", pk)
    context = {"assignment": assignment, "form": form}
    return render(request, "assignments/material/add.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def material_change(request: PersonRequest, pk: int) -> HttpResponse:
    """What it is called and for whom it is. Another file is another material."""
    material = access.material_to_run(request.actor, pk)
    if material.removed_at or (request.method != "POST" and not access.may_put(request.actor, material.assignment)):
        return _to_list(request, material, gone() if material.removed_at else not_now())
    form = ChangeMaterialForm(
        request.POST if request.method == "POST" else None,
        initial={"title": material.title, "audience": material.audience},
    )
    if form.is_valid():
        try:
            services.change_material(material, **form.cleaned_data, by=request.actor, now=timezone.now())
        except NotThatState:
            form.add_error(None, not_now())
        except Gone:
            return _to_list(request, material, gone())
        else:
            messages.success(request, _("Your change is saved."))
            return redirect("assignments:materials", material.assignment_id)
    context = {"assignment": material.assignment, "material": material, "form": form}
    return render(request, "assignments/material/change.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def material_up(request: PersonRequest, pk: int) -> HttpResponse:
    """It changes places with the one before it."""
    material = access.material_to_run(request.actor, pk)
    try:
        services.move_up(material, past=_number(request.POST.get("past")), by=request.actor, now=timezone.now())
    except Gone:
        messages.warning(request, gone())
    except NotThatState:
        messages.warning(request, not_now())
    return redirect("assignments:materials", material.assignment_id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def material_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """One page to be sure on, which asks why."""
    material = access.material_to_run(request.actor, pk)
    if request.method != "POST" and material.removed_at:
        return _to_list(request, material, gone())
    form = RemoveMaterialForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.remove_material(material, reason=form.cleaned_data["reason"], by=request.actor, now=timezone.now())
        except Gone:
            messages.warning(request, gone())
        else:
            messages.success(request, _("The file is taken away."))
        return redirect("assignments:materials", material.assignment_id)
    context = {"assignment": material.assignment, "material": material, "form": form}
    return render(request, "assignments/material/remove.html", context, status=422 if form.errors else 200)


def _number(text: str | None) -> int:
    """The id that the page sent; 0, which is nobody's, for what is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0


def _to_list(request: PersonRequest, material: Material, why: str) -> HttpResponse:
    messages.warning(request, why)
    return redirect("assignments:materials", material.assignment_id)


@never_cache
@require_safe
def material_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Fetch what is for everybody: on by a link that is nobody's, and holds some minutes."""
    material = access.public_material(pk)
    return _fetch(link_to(material.upload, by=Actor(), for_anybody=True))


@never_cache
@signed_in
@require_safe
def material(request: PersonRequest, pk: int) -> HttpResponse:
    """Fetch it as one who is chosen, as host or as coordinator: on by a link of one's own, which leaves a trace."""
    return _fetch(link_to(access.material_for(request.actor, pk).upload, by=request.actor))


def _fetch(link: str) -> HttpResponse:
    if not link:  # taken away a moment ago
        raise Http404
    return redirect(link)
