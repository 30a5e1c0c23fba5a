"""For coordinators: a list comes in, step by step, and the members go out as one. For everybody: a no by a link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskapa.cocreate.pool.access import group_to_run
from samskapa.cocreate.pool.services.running import note_members_read
from samskapa.ground.core.domain import Actor, Strength
from samskapa.ground.documents.domain import NotClean
from samskapa.ground.documents.forms import said_of
from samskapa.ground.people.access import PersonRequest, signed_in
from samskapa.ground.people.models import display_name

from . import access, forms
from .domain import NotNow, Stage
from .models import Import
from .queries import lists as queries
from .queries.words import names_of_questions, words_for
from .services import close_import, exporting, lifting, making, receiving, telling

PER_PAGE = 50


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: PersonRequest, pk: int) -> HttpResponse:
    """Take in a list, or take the members out as one; and the lists that have come in."""
    group = group_to_run(request.actor, pk)
    is_sent = request.method == "POST"
    form = forms.FileForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        try:
            one = receiving.receive(group, file=form.cleaned_data["file"], by=request.actor, now=timezone.now())
        except NotClean as problem:
            form.add_error("file", said_of(problem))
        else:
            return redirect("importing:progress", one.pk)
    page = Paginator(queries.imports_of(group), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "group": group,
        "form": form,
        "page": page,
        "rows": [(one, display_name(one.made_by)) for one in page],
        "asked": names_of_questions(),
    }
    return render(request, "importing/start.html", context, status=422 if form.errors else 200)


@never_cache
@signed_in
@require_safe
def progress(request: PersonRequest, pk: int) -> HttpResponse:
    """How far the list has come, and the next step. While the worker is at it the page is opened anew to see more."""
    one = access.import_to_run(request.actor, pk)
    counts = queries.counts_of(one)
    is_telling = queries.is_telling(one, counts)
    context = {
        "one": one,
        "group": one.group,
        "counts": counts,
        "is_busy": queries.is_busy(one, counts),
        "is_telling": is_telling,
        "broken": forms.BROKEN.get(one.trouble, ""),
        "columns": [
            (heading, name) for heading, name in zip(one.headings, queries.names_by_column(one.mapping), strict=False)
        ],
        "left": max(one.rows_read - counts.new, 0),
    }
    return render(request, "importing/progress.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: PersonRequest, pk: int) -> HttpResponse:
    """What each column is, and where the list comes from."""
    one = access.import_to_run(request.actor, pk)
    if one.stage not in (Stage.MAPPING, Stage.CHECKING, Stage.CHECKED):
        return _not_now(request, one)
    form = forms.ColumnsForm(
        request.POST if request.method == "POST" else None,
        headings=one.headings,
        examples=[cells for _heading, cells in queries.examples_by_column(one)],
        mapping=one.mapping,
        initial={"source": one.source},
    )
    if form.is_valid():
        try:
            receiving.say_columns(
                one,
                mapping=form.mapping,
                source=form.cleaned_data["source"],
                by=request.actor,
                now=timezone.now(),
            )
        except NotNow:
            return _not_now(request, one)
        return redirect("importing:progress", pk)
    context = {"one": one, "group": one.group, "form": form}
    return render(request, "importing/columns.html", context, status=422 if form.is_bound else 200)


@never_cache
@signed_in
@require_safe
def rows(request: PersonRequest, pk: int, kind: str) -> HttpResponse:
    """Rows of one kind: those that come in, those in which something is left out, those that cannot come in."""
    one = access.import_to_run(request.actor, pk)
    if kind not in ("good", "told", "bad"):
        raise Http404
    page = Paginator(queries.rows_of(one, kind), PER_PAGE).get_page(request.GET.get("page"))
    words = words_for(one.group, timezone.localdate())
    context = {
        "one": one,
        "group": one.group,
        "kind": kind,
        "page": page,
        "rows": [queries.shown(row, one, words) for row in page],
    }
    return render(request, "importing/rows.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def twins(request: PersonRequest, pk: int) -> HttpResponse:
    """Rows that may be somebody who is there already: the same, somebody else, or left out."""
    one = access.import_to_run(request.actor, pk)
    if one.stage not in (Stage.CHECKED, Stage.MADE):
        return _not_now(request, one)
    page = Paginator(queries.rows_of(one, "twins"), PER_PAGE).get_page(request.GET.get("page"))
    form = forms.ChoicesForm(request.POST if request.method == "POST" else None, rows=list(page))
    if form.is_valid():
        try:
            making.choose(one, form.choices, by=request.actor, now=timezone.now())
        except NotNow:
            return _not_now(request, one)
        messages.success(request, _("Saved."))
        if page.has_next():
            return redirect(f"{request.path}?page={page.next_page_number()}")
        return redirect("importing:progress", pk)
    words = words_for(one.group, timezone.localdate())
    note_members_read(one.group, [row.twin for row in page if row.twin], by=request.actor, now=timezone.now())
    context = {
        "one": one,
        "group": one.group,
        "page": page,
        "form": form,
        "rows": [(queries.shown(row, one, words), queries.beside(row), form[f"row_{row.number}"]) for row in page],
    }
    return render(request, "importing/twins.html", context, status=422 if form.is_bound else 200)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: PersonRequest, pk: int) -> HttpResponse:
    """Those who were chosen come in, by the coordinator's word that they have said yes."""
    one = access.import_to_run(request.actor, pk)
    counts = queries.counts_of(one)
    if one.stage not in (Stage.CHECKED, Stage.MADE) or not counts.comes_in:
        return _not_now(request, one)
    form = forms.ConsentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            making.begin_to_make(one, **form.said, by=request.actor, now=timezone.now())
        except NotNow:
            return _not_now(request, one)
        return redirect("importing:progress", pk)
    context = {"one": one, "group": one.group, "counts": counts, "form": form}
    return render(request, "importing/take_in.html", context, status=422 if form.is_bound else 200)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: PersonRequest, pk: int) -> HttpResponse:
    """What those who came in are written; and then they are."""
    one = access.import_to_run(request.actor, pk)
    counts = queries.counts_of(one)
    if request.method == "POST":
        try:
            telling.begin_to_tell(one, by=request.actor, now=timezone.now())
        except NotNow:
            return _not_now(request, one)
        messages.success(request, _("They are written to now. Whoever has no e-mail gets it by letter or phone."))
        return redirect("importing:progress", pk)
    if one.stage not in (Stage.MADE, Stage.CLOSED):
        return _not_now(request, one)
    context: dict[str, Any] = {"one": one, "group": one.group, "number": counts.made - counts.told}
    return render(request, "importing/tell.html", context)


@signed_in
@require_POST
def go_on(request: PersonRequest, pk: int) -> HttpResponse:
    """A list that seems to stand still goes on from where it was."""
    lifting.go_on(access.import_to_run(request.actor, pk), by=request.actor, now=timezone.now())
    return redirect("importing:progress", pk)


@signed_in
@require_POST
def close(request: PersonRequest, pk: int) -> HttpResponse:
    """What was not taken in goes."""
    one = access.import_to_run(request.actor, pk)
    if one.stage in (Stage.READING, Stage.CHECKING, Stage.MAKING):
        return _not_now(request, one)
    close_import(one, by=request.actor, now=timezone.now())
    messages.success(request, _("The rest of the list is removed."))
    return redirect("importing:start", one.group.node_id)


def _not_now(request: HttpRequest, one: Import) -> HttpResponse:
    messages.info(request, _("The list has come to another step meanwhile. Look at where it stands now."))
    return redirect("importing:progress", one.pk)


@never_cache
@signed_in
@require_safe
def export(request: PersonRequest, pk: int, kind: str) -> HttpResponse:
    """The members as a file that a spreadsheet opens, and that comes back in unchanged."""
    group = group_to_run(request.actor, pk)
    if kind not in exporting.MEDIA:
        raise Http404
    content = exporting.export_members(group, kind, by=request.actor, now=timezone.now())
    name = _("Members of %(group)s") % {"group": group.name}
    return HttpResponse(
        content,
        content_type=exporting.MEDIA[kind],
        headers={
            "Content-Disposition": content_disposition_header(True, f"{name}.{kind}") or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def no(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody who was taken in from a list says no. Opening it changes nothing: mail scanners open it too."""
    member = access.member_of_no(token)
    is_late = False
    if request.method == "POST":
        by = Actor(person_id=member.person_id, strength=Strength.LINK)
        try:
            member = telling.say_no(member, by=by, now=timezone.now())
        except NotNow:
            is_late = True
    context = {
        "group": member.group,
        "token": token,
        "has_left": member.status == "left",
        "is_late": is_late or not (member.status == "left" or telling.may_say_no(member)),
    }
    return render(request, "importing/no.html", context)
