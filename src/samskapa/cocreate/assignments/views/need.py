"""Pages on which a need is described: begin, the task list, one question a page, what was said and by whom."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role
from samskapa.ground.people.access import PersonRequest, signed_in
from samskapa.ground.people.models import display_name

from ..access import need as access
from ..domain import PARTS, ChangedMeanwhile, Finding, Locked, NotThatState, Readiness, State
from ..domain.parts import BY_KEY, from_json, next_key
from ..forms import need as forms
from ..forms import wording
from ..forms.reading import lines_of
from ..forms.wording import Said, Wording
from ..models import Assignment, Part, PartComment
from ..queries import need as queries
from ..services import need as services

PER_PAGE = 25


def language() -> str:
    return (get_language() or "sv").split("-")[0]


@dataclass(frozen=True)
class PartRow:
    """One question on the task list or the review page."""

    key: str
    wording: Wording
    state: str
    is_done: bool
    lines: list[str]
    findings: list[Said]
    comments: list[Any]
    may_change: bool


@signed_in
@require_GET
def needs(request: PersonRequest) -> HttpResponse:
    """The needs and assignments one sees in the capacity chosen."""
    page = Paginator(queries.need_list(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        (a, queries.readiness_of(a, timezone.localdate()) if a.state in (State.NEED, State.SENT) else None)
        for a in page
    ]
    return render(
        request,
        "assignments/need/list.html",
        {"page": page, "rows": rows, "may_begin": access.can_begin(request.actor)},
    )


@signed_in
@require_http_methods(["GET", "POST"])
def need_new(request: PersonRequest) -> HttpResponse:
    """What will happen, and three ways to begin: step by step, a short version, a call."""
    access.begin_for(request.actor)
    form = forms.BeginForm(request.POST or None, initial={"form_key": uuid.uuid4()}, **_begin(request.actor))
    if request.method == "POST" and form.is_valid():
        need = services.create_need(
            title=form.cleaned_data["title"], by=request.actor, now=timezone.now(), **form.beginning()
        )
        return redirect("assignments:need_part", need.pk, "why")
    return render(
        request,
        "assignments/need/new.html",
        {"form": form, "coordinators": _coordinators(request.actor), "is_coordinator": _coordinates(request.actor)},
        status=422 if request.method == "POST" else 200,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def need_quick(request: PersonRequest) -> HttpResponse:
    """The five-minute version: the important questions on one page."""
    access.begin_for(request.actor)
    form = forms.QuickForm(
        request.POST or None, initial={"form_key": uuid.uuid4()}, today=timezone.localdate(), **_begin(request.actor)
    )
    if request.method == "POST" and form.is_valid():
        need = services.quick_need(
            form.answers(),
            together_by=form.cleaned_data["together_by"],
            by=request.actor,
            now=timezone.now(),
            **form.beginning(),
        )
        messages.success(request, _("Saved. Here you see what is answered and what is left."))
        return redirect("assignments:need", need.pk)
    return render(
        request,
        "assignments/need/quick.html",
        {"form": form, "is_coordinator": _coordinates(request.actor)},
        status=422 if request.method == "POST" else 200,
    )


@signed_in
@require_GET
def need(request: PersonRequest, pk: int) -> HttpResponse:
    """The task list: each question and its state, how ready the need is, and the next step."""
    assignment = access.need_for(request.actor, pk)
    return render(request, "assignments/need/need.html", need_context(request.actor, assignment))


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
            return _onwards(request, assignment, key)
    return render(request, "assignments/need/part.html", _part_context(request, assignment, part, form), status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def need_comment(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """What has been said of one question, and a place to say more."""
    if key not in BY_KEY:
        raise Http404
    assignment = access.need_for(request.actor, pk, may=access.can_write)
    form = forms.CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.comment_part(assignment, key, form.cleaned_data["text"], by=request.actor, now=timezone.now())
        except NotThatState:
            form.add_error(None, _("The assignment is published. Comments belong to the time before that."))
        else:
            messages.success(request, _("Your comment is saved."))
            return redirect("assignments:need_comment", pk, key)
    return render(
        request,
        "assignments/need/comment.html",
        {
            "need": assignment,
            "key": key,
            "wording": wording.QUESTIONS[key],
            "lines": _lines(assignment, key, queries.parts_of(assignment)[key]),
            "comments": [(c, display_name(c.written_by)) for c in queries.comments_on(assignment, key)],
            "form": form,
            "may_comment": "comment" in access.steps_for(request.actor, assignment),
        },
        status=422 if request.method == "POST" else 200,
    )


@signed_in
@require_POST
def need_comment_done(request: PersonRequest, pk: int, comment_pk: int) -> HttpResponse:
    """The comment is taken care of."""
    comment = access.comment_for(request.actor, pk, comment_pk)
    services.mark_comment_done(comment, by=request.actor, now=timezone.now())
    messages.success(request, _("The comment is marked as taken care of."))
    return redirect("assignments:need", pk)


@signed_in
@require_GET
def need_history(request: PersonRequest, pk: int) -> HttpResponse:
    """Who wrote what and when, the newest first; and what was unclear and became clear."""
    assignment = access.need_for(request.actor, pk)
    page = Paginator(queries.revisions_of(assignment), PER_PAGE).get_page(request.GET.get("page"))
    names = _names(page)
    moments = [
        {
            "revision": revision,
            "who": display_name(revision.saved_by),
            "name": wording.name_of(revision.part.key),
            "lines": lines_of(
                revision.part.key,
                from_json(revision.values),
                together_by=revision.together_by,
                names=names,
                lang=language(),
                today=timezone.localdate(),
            ),
        }
        for revision in page
    ]
    context = {"need": assignment, "page": page, "moments": moments, "clarified": _clarified(assignment)}
    return render(request, "assignments/need/history.html", context)


# --- what pages share -----------------------------------------------------------------------------


def need_context(actor: Actor, assignment: Assignment) -> dict[str, Any]:
    """What the task list and the review page show."""
    readiness = queries.readiness_of(assignment, timezone.localdate())
    rows = part_rows(actor, assignment, readiness)
    groups = [
        (heading, [row for row in rows if BY_KEY[row.key].group is group]) for group, heading in wording.GROUPS.items()
    ]
    steps = access.steps_for(actor, assignment)
    return {
        "need": assignment,
        "groups": groups,
        "readiness": readiness,
        "blocking": [wording.say(f) for f in readiness.blocking],
        "advice": [wording.say(f) for f in readiness.advice],
        "steps": steps,
        "runs": access.can_answer_for(actor, assignment),
        "is_coordinator": _coordinates(actor),
        "first_open": next((f.part for f in readiness.blocking if f.part in BY_KEY), None),
        "comments": [row for row in rows if row.comments],
        "clarified": _clarified(assignment),
        "raiser": display_name(assignment.raised_by) if assignment.raised_by else "",
        "state": wording.STATES[State(assignment.state)],
        "door": wording.DOOR[assignment.came_by] if assignment.came_by != "web" else "",
        "changed": [
            (wording.name_of(key), part.saved_at) for key, part in queries.changed_while_open(assignment).items()
        ],
    }


def part_rows(actor: Actor, assignment: Assignment, readiness: Readiness) -> list[PartRow]:
    """The questions in order, each with its state, text, findings and open comments."""
    parts = queries.parts_of(assignment)
    comments: dict[str, list[tuple[PartComment, str]]] = {}
    for comment in queries.open_comments(assignment):
        comments.setdefault(comment.key, []).append((comment, display_name(comment.written_by)))
    return [
        PartRow(
            key=q.key,
            wording=wording.QUESTIONS[q.key],
            state=_state(parts[q.key], readiness.of(q.key)),
            is_done=parts[q.key].version > 0 and not any(f in readiness.blocking for f in readiness.of(q.key)),
            lines=_lines(assignment, q.key, parts[q.key]),
            findings=[wording.say(f) for f in readiness.of(q.key)],
            comments=comments.get(q.key, []),
            may_change=access.may_change_part(actor, assignment, q.key),
        )
        for q in PARTS
    ]


def _state(part: Part, findings: tuple[Finding, ...]) -> str:
    """The state of one question, in words."""
    blocking = [f for f in findings if f.severity == "blocking"]
    if part.version == 0:
        return _("Not answered") if BY_KEY[part.key].is_important else _("Not answered, can wait")
    if blocking:
        return _("Something to mend")
    if part.together_by:
        return _("Decided together")
    if findings:
        return _("Answered, with advice")
    return _("Answered")


def _lines(assignment: Assignment, key: str, part: Part) -> list[str]:
    if part.version == 0:
        return []
    names = {}
    if key == "place" and assignment.municipality:
        names = {assignment.municipality.pk: assignment.municipality.name}
    return lines_of(
        key,
        queries.values_of(assignment, key),
        together_by=part.together_by,
        names=names,
        lang=language(),
        today=timezone.localdate(),
    )


def _clarified(assignment: Assignment) -> list[dict[str, Any]]:
    return [
        {
            "name": wording.name_of(row.key),
            "what": wording.what_was_unclear(row.key, row.code),
            "found_at": row.found_at,
            "cleared_at": row.cleared_at,
        }
        for row in queries.clarified(assignment)
    ]


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


def _onwards(request: PersonRequest, assignment: Assignment, key: str) -> HttpResponse:
    """After saving: on to the next question, or back to the list."""
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
    names = _names([theirs]) if key == "place" else {}
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
        "theirs_lines": lines_of(
            key,
            from_json(theirs.values),
            together_by=theirs.together_by,
            names=names,
            lang=language(),
            today=timezone.localdate(),
        ),
        "own_lines": lines_of(
            key,
            {**queries.values_of(assignment, key), **own},
            together_by=form.cleaned_data.get("together_by"),
            names=names,
            lang=language(),
            today=timezone.localdate(),
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
        "own_lines": lines_of(
            key,
            {**queries.values_of(assignment, key), **own},
            together_by=form.cleaned_data.get("together_by"),
            names=names,
            lang=language(),
            today=timezone.localdate(),
        ),
    }
    return render(request, "assignments/need/too_late.html", context, status=409)


def _names(revisions: Any) -> dict[int, str]:
    """Names of the municipalities in these revisions, in one query at most."""
    ids = {revision.values.get("municipality_id") for revision in revisions} - {None}
    return {node.pk: node.name for node in queries.municipalities().filter(pk__in=ids)} if ids else {}


def _municipalities(key: str) -> Any:
    return queries.municipalities() if key == "place" else None


def _coordinates(actor: Actor) -> bool:
    return actor.acts_as(Role.COORDINATOR)


def _begin(actor: Actor) -> dict[str, Any]:
    """What the form for a new need has to offer this actor."""
    raises = not actor.acts_as(Role.HOST, Role.COORDINATOR)
    return {
        "units": queries.units_for(actor),
        "areas": queries.areas_for(actor),
        "raises": raises,
        "coordinates": _coordinates(actor),
    }


def _coordinators(actor: Actor) -> list[Any]:
    """Whom to call, where the capacity says which area it is."""
    area = queries.area_above(actor.node_path)
    return queries.coordinators_at(area) if area else []
