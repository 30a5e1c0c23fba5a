"""One question a page: why it is asked, examples, the answer; and what happens when two write at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samskapa.ground.core.domain import Actor
from samskapa.ground.people.access import PersonRequest, signed_in
from samskapa.ground.people.models import display_name

from ...access import need as access
from ...domain import PARTS, ChangedMeanwhile, Locked, State
from ...domain.parts import BY_KEY, from_json, next_key
from ...forms import need as forms
from ...forms import wording
from ...models import Assignment, Part
from ...queries import need as queries
from ...services import need as services
from .answers import lines, names_in


@signed_in
@require_http_methods(["GET", "POST"])
def need_part(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """One question: why it is asked, examples, the answer."""
    if key not in BY_KEY:
        raise Http404
    assignment = access.need_for(request.actor, pk, may=access.can_write)
    part = queries.parts_of(assignment)[key]
    if request.method == "GET" and not access.may_change_part(request.actor, assignment, key):
        messages.info(request, _("That question can no longer be changed."))
        return redirect("assignments:need", pk)
    initial = queries.values_of(assignment, key) | {"version": part.version, "together_by": part.together_by}
    form = forms.PART_FORMS[key](
        request.POST or None, initial=initial, today=timezone.localdate(), municipalities=_municipalities(key)
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if not access.may_change_part(request.actor, assignment, key):
                return _too_late(request, assignment, key, form)
            try:
                services.save_part(
                    assignment,
                    key,
                    form.values(),
                    together_by=form.cleaned_data.get("together_by"),
                    based_on=form.based_on,
                    by=request.actor,
                    now=timezone.now(),
                )
            except ChangedMeanwhile as meanwhile:
                return _both_texts(request, assignment, part, form, meanwhile)
            except Locked:
                return _too_late(request, assignment, key, form)
            return _onwards(request, assignment, key, form)
    return render(request, "assignments/need/part.html", _part_context(request, assignment, part, form), status=status)


def _part_context(request: PersonRequest, assignment: Assignment, part: Part, form: forms.PartForm) -> dict[str, Any]:
    readiness = queries.readiness_of(assignment, timezone.localdate())
    keys = [q.key for q in PARTS]
    return {
        "need": assignment,
        "part": part,
        "key": part.key,
        "wording": wording.QUESTIONS[part.key],
        "number": keys.index(part.key) + 1,
        "of": len(keys),
        "form": form,
        "findings": [wording.say(f) for f in readiness.of(part.key)] if part.version else [],
        "comments": [(c, display_name(c.written_by)) for c in queries.open_comments(assignment) if c.key == part.key],
        "following": _following(request.actor, assignment, part.key),
        "saved_by": display_name(part.saved_by) if part.saved_by else "",
        "is_open": assignment.published_at is not None,
    }


def _following(actor: Actor, assignment: Assignment, key: str) -> str | None:
    """The next question that this actor may change now."""
    return next_key(key, [q.key for q in PARTS if access.may_change_part(actor, assignment, q.key) or q.key == key])


def _onwards(request: PersonRequest, assignment: Assignment, key: str, form: forms.PartForm) -> HttpResponse:
    """After saving: on to the next question, or back to the list. How days were read is said: a year may be guessed."""
    if days := getattr(form, "understood", None):
        messages.info(request, _("So we read your days: %(days)s.") % {"days": ", ".join(days)})
    following = _following(request.actor, assignment, key)
    if "back" in request.POST or following is None:
        messages.success(request, _("Saved."))
        return redirect("assignments:need", assignment.pk)
    return redirect("assignments:need_part", assignment.pk, following)


def _both_texts(
    request: PersonRequest, assignment: Assignment, part: Part, form: forms.PartForm, meanwhile: ChangedMeanwhile
) -> HttpResponse:
    """Somebody saved another answer meanwhile: both are shown, and one chooses or writes them together."""
    theirs, key = meanwhile.theirs, part.key
    names = names_in([theirs]) if key == "place" else {}
    data = request.POST.copy()
    data["version"] = str(theirs.version)
    again = type(form)(data, initial=form.initial, today=timezone.localdate(), municipalities=_municipalities(key))
    again.is_valid()
    own = form.values()
    if own.get("municipality_id"):
        names |= {node.pk: node.name for node in queries.municipalities().filter(pk=own["municipality_id"])}
    context = _part_context(request, assignment, part, again) | {
        "theirs": theirs,
        "theirs_by": display_name(theirs.saved_by),
        "theirs_lines": lines(key, from_json(theirs.values), together_by=theirs.together_by, names=names),
        "own_lines": lines(
            key,
            {**queries.values_of(assignment, key), **own},
            together_by=form.cleaned_data.get("together_by"),
            names=names,
        ),
    }
    return render(request, "assignments/need/conflict.html", context, status=409)


def _too_late(request: PersonRequest, assignment: Assignment, key: str, form: forms.PartForm) -> HttpResponse:
    """The need went on while one was writing. What was typed is shown, to be copied or said to the coordinator."""
    names = {}
    own = form.values()
    if own.get("municipality_id"):
        names = {node.pk: node.name for node in queries.municipalities().filter(pk=own["municipality_id"])}
    context = {
        "need": assignment,
        "wording": wording.QUESTIONS[key],
        "state": wording.STATES[State(assignment.state)],
        "own_lines": lines(
            key,
            {**queries.values_of(assignment, key), **own},
            together_by=form.cleaned_data.get("together_by"),
            names=names,
        ),
    }
    return render(request, "assignments/need/too_late.html", context, status=409)


def _municipalities(key: str) -> Any:
    return queries.municipalities() if key == "place" else None
