"""What is to be registered, and the files for it."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samskapa.ground.people.access import PersonRequest, signed_in

from .. import access, queries, services
from ..domain import NothingNew, as_csv, as_json
from ..forms import DiaryForm

#: Rows on a page.
MANY = 50


@signed_in
@require_http_methods(["GET", "POST"])
def diary(request: PersonRequest) -> HttpResponse:
    """What waits, and a button that makes a list of it."""
    node, now = access.public_body_of(request.actor), timezone.now()
    form = DiaryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        until = queries.until_day(form.cleaned_data["until"], now=now)
        try:
            export = services.export_to_diary(node, until=until, by=request.actor, now=now)
        except NothingNew:
            form.add_error("until", _("There is nothing new until then."))
        else:
            messages.success(request, _("The list is made. Here are the files."))
            return redirect("records:export", pk=export.pk)
    _since, waiting = queries.new_documents(node, until=queries.until_day(None, now=now))
    context = {
        "form": form,
        "node": node,
        "count": len(waiting),
        "lines": [queries.line_of(each) for each in waiting[:MANY]],
        "page": Paginator(queries.exports_at(node), MANY).get_page(request.GET.get("page")),
    }
    return render(request, "records/diary.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in
def export(request: PersonRequest, pk: int) -> HttpResponse:
    """One list, its rows, and whether it still says what it said."""
    found = access.export_for(request.actor, pk)
    lines = queries.lines_of(found, now=timezone.now())
    context = {
        "export": found,
        "page": Paginator(lines, MANY).get_page(request.GET.get("page")),
        "is_changed": hashlib.sha256(as_csv(lines)).hexdigest() != found.digest,
    }
    return render(request, "records/export.html", context)


@never_cache
@require_safe
@signed_in
def export_csv(request: PersonRequest, pk: int) -> HttpResponse:
    """The file for a spreadsheet."""
    found = access.export_for(request.actor, pk)
    services.note_export_read(found, by=request.actor, now=timezone.now())
    content = as_csv(queries.lines_of(found, now=timezone.now()))
    return _file(content, "text/csv; charset=utf-8", f"diarium-{found.pk}.csv")


@never_cache
@require_safe
@signed_in
def export_json(request: PersonRequest, pk: int) -> HttpResponse:
    """The file for a program."""
    found = access.export_for(request.actor, pk)
    services.note_export_read(found, by=request.actor, now=timezone.now())
    content = as_json(queries.lines_of(found, now=timezone.now()))
    return _file(content, "application/json", f"diarium-{found.pk}.json")


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
